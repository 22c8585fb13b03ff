"""After submitting: rating last time again, as the person sees it today."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import answering
from assessments.forms.then_test import ThenForm
from assessments.pages import questionnaire
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def last_time(request: UserRequest, pk: UUID, key: str = "") -> HttpResponse:
    """Show one pillar's questions of last time, without the earlier answers; POST stores the ratings."""
    submission = access.submission_for(request.user, pk)
    asked = results.questions_of_last_time(submission)
    pillars = [p for p in questionnaire.bank_for(submission).pillars if any(q.key in asked for q in p.questions)]
    if not pillars:
        return redirect("overview", pk=pk)
    place = next((n for n, pillar in enumerate(pillars) if pillar.key == key), 0 if not key else None)
    if place is None:
        raise Http404
    pillar = pillars[place]
    questions = {question.key: question for question in pillar.questions if question.key in asked}
    form = ThenForm(request.POST or None, questions=questions, initial=results.ratings_of_last_time(submission))
    if request.method == "POST" and form.is_valid():
        rows = questionnaire.rows_of(submission)
        levels = {rows[name]: level for name, level in form.cleaned_data.items() if level}
        answering.rate_last_time(submission=submission, levels=levels)
        if place + 1 < len(pillars):
            return redirect("last_time_pillar", pk=pk, key=pillars[place + 1].key)
        messages.success(request, _("Thank you. The result will say how people see last time today."))
        return redirect("overview", pk=pk)
    context = {
        "assessment": submission.participant.assessment,
        "pillar": pillar,
        "number": place + 1,
        "total": len(pillars),
        "form": form,
    }
    return render(request, "assessments/answering/last_time.html", context, status=422 if form.errors else 200)

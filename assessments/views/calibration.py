"""Practising on three examples before the first question. Nothing of it is stored but that it was done."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import answering
from assessments.forms.calibration import Asked, CalibrationForm
from assessments.pages import calibration as pages, questionnaire


@signed_in("GET, POST")
def calibration(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show three organisations to place; POST shows what the authors of the questions chose, and why."""
    submission = access.submission_for(request.user, pk)
    assessment = submission.participant.assessment
    if submission.is_submitted or not assessment.is_open or not pages.is_offered(submission):
        return redirect("overview", pk=pk)
    examples = pages.examples_for(submission)
    vignettes = ((each.question, each.vignette) for each in examples)
    asked = [Asked(own.key, question, own.organisation, own.sector, own.text) for question, own in vignettes]
    form = CalibrationForm(request.POST or None, examples=asked)
    placed = None
    if request.method == "POST" and form.is_valid():
        answering.note_calibration(submission=submission)
        placed = [replace(each, chosen=form.cleaned_data[each.vignette.key]) for each in examples]
    context = {
        "assessment": assessment,
        "form": form,
        "placed": placed,
        "agreed": sum(each.agrees for each in placed or ()),
        "first": questionnaire.bank_for(submission).pillars[0],
    }
    status = 422 if request.method == "POST" and placed is None else 200
    return render(request, "assessments/answering/calibration.html", context, status=status)

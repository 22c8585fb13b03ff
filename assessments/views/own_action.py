"""The page of an action for its owner, who says how far it is without running the assessment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments import access
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import roadmap as actions
from assessments.forms.roadmap import ProgressForm
from assessments.results import decisions
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def own_action(request: UserRequest, pk: UUID, action: UUID) -> HttpResponse:
    """Show an action to the person who owns it; POST sets its state and adds a note."""
    row = access.own_action_for(request.user, pk, action)
    form = ProgressForm(request.POST or None, action=row, address="own_action")
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_progress(action=row, by=request.user, **form.cleaned_data)
        except actions.ActionGoneError:
            messages.warning(request, _("Someone else has removed this action. Nothing was saved."))
            return redirect("roadmap_status", pk=pk)
        messages.success(request, _("Saved. Whoever manages the roadmap sees it there."))
        return redirect("own_action", pk=pk, action=action)
    context = {
        "assessment": row.assessment,
        "action": row,
        "is_late": row.is_late(row.assessment.organisation.today),
        "progress_form": form,
        "progress": decisions.progress_of(row),
    }
    return render(request, "assessments/roadmap/own.html", context, status=422 if form.errors else 200)

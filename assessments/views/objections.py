"""Central questions of an assessment by unit: what units object to, and what those who manage it decide."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import objections
from assessments.actions.assessments import WrongStateError
from assessments.forms.objections import ObjectionForm
from assessments.models import Assessment, Unit
from assessments.pages.central import central_page
from assessments.pages.units import part_choices
from assessments.reader_language import language
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def central_questions(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the central questions with the objections of the reader's units; POST objects."""
    grant = access.require_objections(request.user, pk)
    assessment = grant.assessment
    among = None if grant.part is None else set(map(str, grant.part))
    page = central_page(assessment, language(), among=among)
    if page is None:
        raise Http404
    units = results.units_asked(assessment) if grant.part is None else grant.part
    texts = [(line.question.key, str(line.question.text)) for line in page.questions]
    form = ObjectionForm(request.POST or None, questions=texts, units=part_choices(units))
    if request.method == "POST" and form.is_valid():
        _object(request, assessment, units[form.cleaned_data["unit"]], form)
        return redirect("central_questions", pk=pk)
    context = {"assessment": assessment, "page": page, "form": form, "runs": grant.part is None, "back": grant.home}
    return render(request, "assessments/units/central.html", context)


def _object(request: UserRequest, assessment: Assessment, unit: Unit, form: ObjectionForm) -> None:
    question = results.question_rows(assessment.bank_version)[form.cleaned_data["question"]]
    reason = form.cleaned_data["reason"]
    try:
        objections.make(assessment=assessment, unit=unit, question=question, reason=reason, by=request.user)
    except objections.DecidedError:
        messages.warning(request, _("This objection has already been decided; nothing was changed."))
    except WrongStateError as error:
        raise Http404 from error
    else:
        messages.success(request, _("The objection is shown. It does not count until it is accepted."))


@signed_in("POST")
def decide_objection(request: UserRequest, pk: UUID, objection: UUID) -> HttpResponse:
    """Accept or decline an objection, for those who run the assessment."""
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    row = get_object_or_404(assessment.objections, pk=objection)
    objections.decide(objection=row, accept=request.POST.get("accept") == "1", by=request.user)
    messages.success(request, _("Saved."))
    return redirect("central_questions", pk=pk)

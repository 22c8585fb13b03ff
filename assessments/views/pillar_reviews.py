"""Reviewing an assessment, pillar by pillar, before it closes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import pillar_reviews as actions
from assessments.actions.assessments import WrongStateError
from assessments.forms.pillar_reviews import PillarReviewForm
from assessments.models import Answer, Assessment, Pillar
from assessments.pages.pillar_reviews import checks_in, pillar_lines
from assessments.reader_language import language
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def reviews(request: UserRequest, pk: UUID) -> HttpResponse:
    """List the pillars with what was found; POST turns the review on or off."""
    assessment = _assessment(request, pk)
    if request.method == "POST":
        try:
            actions.set_reviewed(assessment=assessment, is_reviewed="on" in request.POST, by=request.user)
        except WrongStateError:
            messages.info(request, _closed())
        return redirect("pillar_reviews", pk=pk)
    bank = results.bank_in(assessment.bank_version, language())
    context = {"assessment": assessment, "lines": pillar_lines(assessment, bank)}
    return render(request, "assessments/reviews/list.html", context)


@signed_in("GET, POST")
def pillar(request: UserRequest, pk: UUID, key: str) -> HttpResponse:
    """Mark one pillar, and the evidence that was checked."""
    assessment = _assessment(request, pk)
    row = get_object_or_404(Pillar, version=assessment.bank_version_id, key=key)
    if not assessment.is_open:
        messages.info(request, _closed())
        return redirect("pillar_reviews", pk=pk)
    evidence = list(actions.evidence_to_check(assessment, row).exclude(submission__participant__user=request.user))
    files = actions.files_cited(assessment, row) if evidence else {}
    initial = _initial(assessment, row, evidence)
    form = PillarReviewForm(request.POST or None, evidence=evidence, files=files, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _save(request, assessment, row, form)
    bank = results.bank_in(assessment.bank_version, language())
    name = next(each.name for each in bank.pillars if each.key == key)
    context = {"assessment": assessment, "name": name, "form": form, "checks": checks_in(assessment, key)}
    return render(request, "assessments/reviews/pillar.html", context, status=422 if form.errors else 200)


def _assessment(request: UserRequest, pk: UUID) -> Assessment:
    assessment = access.managed_assessment_for(request.user, pk, pulses=False)
    if assessment.is_draft or assessment.for_one:
        raise Http404
    return assessment


def _initial(assessment: Assessment, row: Pillar, evidence: list[Answer]) -> dict[str, object]:
    found = assessment.reviews.filter(pillar=row).first()
    checked = [answer.pk for answer in evidence if answer.evidence_grade == Answer.Grade.CHECKED]
    return {"state": found.state if found else "", "note": found.note if found else "", "checked": checked}


def _save(request: UserRequest, assessment: Assessment, row: Pillar, form: PillarReviewForm) -> HttpResponse:
    data, by = form.cleaned_data, request.user
    try:
        actions.review(assessment=assessment, pillar=row, state=data["state"], note=data["note"], by=by)
        if "checked" in data:
            actions.check_evidence(assessment=assessment, pillar=row, checked=data["checked"], by=by)
    except WrongStateError:
        messages.info(request, _closed())
    else:
        messages.success(request, _("Saved."))
    return redirect("pillar_reviews", pk=assessment.pk)


def _closed() -> str:
    return _("The assessment is closed; its review can be read, and nothing was changed.")

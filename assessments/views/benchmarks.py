"""Benchmarks: whether an organisation is counted, which only its lead decides, and the cohorts that were published."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import benchmarks as actions
from assessments.reader_language import language
from assessments.results import benchmark


@signed_in("GET")
def cohorts(request: UserRequest) -> HttpResponse:
    """Every published cohort, and the organisations for which the reader may consent."""
    user = request.user
    titles = _titles()
    rows = [(cohort, titles.get(cohort.bank_id, cohort.bank.key)) for cohort in benchmark.published_cohorts()]
    context = {"cohorts": rows, "led": access.led_organisations(user)}
    return render(request, "assessments/peers/cohorts.html", context)


def _titles() -> dict[int, str]:
    """What each bank is called in the reader's language, by its newest version."""
    newest = {version.bank_id: version for version in reversed(access.published_versions())}
    return {bank: results.name_in(version, language()) for bank, version in newest.items()}


@signed_in("GET, POST")
def consent(request: UserRequest, pk: UUID) -> HttpResponse:
    """What consenting means and since when it holds; POST gives or withdraws it. For leads: no one else may."""
    user = request.user
    organisation = access.led_organisation_for(user, pk)
    if request.method == "POST" and "withdraw" in request.POST:
        actions.withdraw(organisation=organisation, by=user)
        messages.success(request, _("Withdrawn. Your organisation will not be in any future benchmark cohort."))
        return redirect("peer_consent", pk=pk)
    if request.method == "POST":
        actions.consent(organisation=organisation, by=user)
        messages.success(request, _("Your organisation will be included from the next benchmark cohort on."))
        return redirect("peer_consent", pk=pk)
    consents = list(benchmark.consents_of(organisation))
    context = {
        "organisation": organisation,
        "consents": consents,
        "standing": next((each for each in consents if each.until is None), None),
    }
    return render(request, "assessments/peers/consent.html", context)

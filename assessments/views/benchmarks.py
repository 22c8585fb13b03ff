"""Benchmarks: the published cohorts, and an organisation's consent to be included, which only its lead can give."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import benchmarks as actions
from assessments.reader_language import language
from assessments.results import benchmark
from assessments.sentences import gettext as _


@signed_in("GET")
def cohorts(request: UserRequest) -> HttpResponse:
    """Show every published cohort, and the organisations for which the user may consent."""
    titles = _titles()
    rows = [(cohort, titles.get(cohort.bank_id, cohort.bank.key)) for cohort in benchmark.published_cohorts()]
    context = {"cohorts": rows, "led": access.led_organisations(request.user)}
    return render(request, "assessments/peers/cohorts.html", context)


def _titles() -> dict[int, str]:
    """Return the title of each bank in the reader's language, from its newest version, by bank id."""
    newest = {version.bank_id: version for version in reversed(access.published_versions())}
    return {bank: results.name_in(version, language()) for bank, version in newest.items()}


@signed_in("GET, POST")
def consent(request: UserRequest, pk: UUID) -> HttpResponse:
    """Explain consent and show since when it has applied; POST gives or withdraws it. Leads only."""
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
        "active_consent": next((each for each in consents if each.until is None), None),
    }
    return render(request, "assessments/peers/consent.html", context)

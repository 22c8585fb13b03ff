"""Starting a round and running it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access
from assessments.actions import organisations, rounds
from assessments.forms.rounds import StartForm
from assessments.models import BankVersion, User


@login_required
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = access.signed_in(request.user)
    context = {"taken": access.taken_rounds(user), "run": access.run_rounds(user)}
    return render(request, "assessments/rounds/home.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    user = access.signed_in(request.user)
    version = access.current_bank_version()
    if version is None:
        return render(request, "assessments/rounds/no_bank.html", status=503)
    today = timezone.localdate()
    initial = {"name": _("Q%(quarter)d %(year)d") % {"quarter": (today.month + 2) // 3, "year": today.year}}
    form = StartForm(request.POST or None, initial=initial, organisations=access.organisations_run_by(user))
    if request.method == "POST" and form.is_valid():
        return _start(form, version, user)
    return render(request, "assessments/rounds/start.html", {"form": form, "version": version})


def _start(form: StartForm, version: BankVersion, user: User) -> HttpResponse:
    data = form.cleaned_data
    organisation = data.get("organisation") or organisations.create(name=data["organisation_name"], by=user)
    assessment = rounds.start(
        organisation=organisation,
        bank_version=version,
        name=data["name"],
        by=user,
        for_one=data["audience"] == StartForm.ONE,
        function=data["function"],
        confidentiality=data["confidentiality"],
    )
    return redirect("overview", pk=assessment.pk)


@login_required
@never_cache
@require_safe
def manage(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = access.run_assessment_for(access.signed_in(request.user), pk)
    people = access.people_of(assessment)
    return render(request, "assessments/rounds/manage.html", {"assessment": assessment, "people": people})


@login_required
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = access.signed_in(request.user)
    assessment = access.run_assessment_for(user, pk)
    try:
        rounds.close(assessment=assessment, by=user)
    except rounds.WrongStateError:
        messages.warning(request, _("The round is closed already; nothing was changed."))
        return redirect("manage", pk=pk)
    messages.success(request, _("The round is closed. You see the result now; the others do once you release it."))
    return redirect("result", pk=pk)


@login_required
@require_POST
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = access.signed_in(request.user)
    assessment = access.run_assessment_for(user, pk)
    try:
        rounds.release(assessment=assessment, by=user)
    except rounds.WrongStateError:
        messages.warning(request, _("Only a closed round can be released; nothing was changed."))
    else:
        messages.success(request, _("The result is released to everybody who took part."))
    return redirect("manage", pk=pk)

"""Preparing an assessment step by step. Each step is saved in a draft, so anyone can continue later on any device."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments import access, emails, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import invitations, links, planning
from assessments.actions.assessments import WrongStateError
from assessments.actions.invitations import Invitee
from assessments.emails import phrases
from assessments.forms.planning import BasicsForm, DatesForm, PlanPeopleForm
from assessments.forms.starting import AnswerTooForm
from assessments.forms.targets import TargetsForm
from assessments.forms.unit_people import UnitNames
from assessments.forms.version_token import VersionTokenForm
from assessments.models import Assessment, User
from assessments.pages import participants, shelf
from assessments.pages.units import asked_paths
from assessments.reader_language import language
from assessments.sentences import gettext as _, ngettext

type Step = Callable[[HttpRequest, Assessment, User], HttpResponse]


@signed_in("GET, POST")
def plan(request: UserRequest, pk: UUID, step: str) -> HttpResponse:
    """Show or save one step of a draft."""
    draft = access.managed_assessment_for(request.user, pk)
    if step not in STEPS:
        raise Http404
    if not draft.is_draft:
        return _draft(request, pk)
    if step not in _keys(draft):
        return _next(draft, step)
    try:
        return STEPS[step][1](request, draft, request.user)
    except WrongStateError:
        return _draft(request, pk)


def _draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    messages.info(request, _("The assessment has already been opened."))
    return redirect("manage", pk=pk)


def _steps(draft: Assessment, step: str) -> list[dict[str, object]]:
    """Return the steps as links."""
    return [{"key": key, "name": STEPS[key][0](), "here": key == step, "draft": draft} for key in _keys(draft)]


def _keys(draft: Assessment) -> list[str]:
    """The steps of a draft in order. A pulse has no scores, so it has no targets."""
    return [key for key in STEPS if key != "targets" or not draft.is_pulse]


def _render(request: HttpRequest, draft: Assessment, step: str, template: str, **context: object) -> HttpResponse:
    context |= {"assessment": draft, "steps": _steps(draft, step), "number": _keys(draft).index(step) + 1}
    context.setdefault("title", STEPS[step][0]())
    return render(request, f"assessments/planning/{template}.html", context)


def _next(draft: Assessment, step: str) -> HttpResponse:
    following = list(STEPS)[list(STEPS).index(step) + 1 :]
    return redirect("plan", pk=draft.pk, step=next(key for key in following if key in _keys(draft)))


def _basics(request: HttpRequest, draft: Assessment, user: User) -> HttpResponse:
    def make(current: Assessment) -> BasicsForm:
        initial = {
            name: getattr(current, name) for name in ("name", "bank_version", "subset", "confidentiality", "then_test")
        }
        initial["token"] = planning.version_token(current, "basics")
        versions = access.published_versions()
        return BasicsForm(
            request.POST or None,
            initial=initial,
            assessment=current,
            versions=versions,
            is_used=access.is_name_used,
            described=partial(shelf.described, minutes_for=phrases.minutes_for),
            subsets=shelf.subsets_of(versions, phrases.minutes_for),
        )

    return _fill_in(request, draft, "basics", make, lambda form: planning.set_basics(assessment=draft, **form.values))


def _fill_in[Form: VersionTokenForm](
    request: HttpRequest,
    draft: Assessment,
    step: str,
    make: Callable[[Assessment], Form],
    save: Callable[[Form], None],
    **context: object,
) -> HttpResponse:
    """Handle a step that is one form. If someone else has saved it in the meantime, say so and keep what was sent."""
    form = make(draft)
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except planning.PlanChangedError as elsewhere:
            form = make(elsewhere.current)
            form.say_changed()
        else:
            return _next(draft, step)
    return _render(request, draft, step, "step", form=form, **context)


def _people(request: HttpRequest, draft: Assessment, user: User) -> HttpResponse:
    """List the people and add more: the first POST shows how each line is read, the second adds them."""
    if "copy" in request.POST:
        return _copy(request, draft, user)
    me, text = AnswerTooForm(request.POST if "me" in request.POST else None), request.POST.get("people", "")
    if me.is_valid():
        added = _add(request, draft, [Invitee(user.email, user.name, me.cleaned_data["function"])], user)
        if not text.strip():
            return added
    is_sent = request.method == "POST" and not me.is_bound
    addresses = invitations.addresses_of(draft)
    units = UnitNames.among(asked_paths(draft))
    form = (
        PlanPeopleForm(request.POST, request.FILES, addresses=addresses, units=units)
        if is_sent
        else PlanPeopleForm(addresses=addresses, units=units, text=text)
    )
    understood = is_sent and form.is_valid()
    if understood and "add" in request.POST:
        return _add(request, draft, [Invitee(row.email, row.name, row.function, row.unit) for row in form.new], user)
    if understood and "change" not in request.POST:
        return _render(request, draft, "people", "preview", form=form, title=_("Check the list"))
    listed = participants.people_in(draft, access.people_of(draft), user)
    last, token = planning.last_assessment_of(draft.organisation), planning.version_token(draft, "copy")
    context = {"last": last, "token": token, "me": None if listed.has_reader else me, "form": form, "people": listed}
    return _render(request, draft, "people", "people", **context)


def _add(request: HttpRequest, draft: Assessment, invitees: list[Invitee], user: User) -> HttpResponse:
    try:
        n = planning.plan_people(assessment=draft, invitees=invitees, by=user)
    except invitations.AssessmentIsFullError:
        limit = {"limit": invitations.limit_of(draft)}
        messages.warning(request, _("An assessment can have %(limit)d people at most. No one was added.") % limit)
    else:
        if not n:
            messages.info(request, _("Everyone in it is already on the list."))
            return redirect("plan", pk=draft.pk, step="people")
        message = ngettext("%(n)d person is now on the list.", "%(n)d people are now on the list.", n)
        messages.success(request, message % {"n": n} + " " + _("Nothing has been sent."))
    return redirect("plan", pk=draft.pk, step="people")


def _copy(request: HttpRequest, draft: Assessment, user: User) -> HttpResponse:
    try:
        last = planning.copy_last(assessment=draft, by=user, token=request.POST.get("token") or None)
    except planning.PlanChangedError:
        message = _(
            "Someone else has changed the targets, reminders or confidentiality of this draft: nothing was copied."
        )
        messages.warning(request, message)
        return redirect("plan", pk=draft.pk, step="people")
    if last is not None:
        message = _("People, targets, reminders and confidentiality were copied from %(round)s. Nothing has been sent.")
        messages.success(request, message % {"round": last.name})
    return redirect("plan", pk=draft.pk, step="people")


def _dates(request: HttpRequest, draft: Assessment, user: User) -> HttpResponse:
    today = draft.organisation.today

    def make(current: Assessment) -> DatesForm:
        initial = {"due_on": current.due_on, "reminder_days": current.reminder_days}
        initial["token"] = planning.version_token(current, "dates")
        return DatesForm(request.POST or None, initial=initial, today=today)

    return _fill_in(request, draft, "dates", make, lambda form: planning.set_dates(assessment=draft, **form.values))


def _targets(request: HttpRequest, draft: Assessment, user: User) -> HttpResponse:
    today = draft.organisation.today

    def make(current: Assessment) -> TargetsForm:
        bank = results.bank_in(current.bank_version, language())
        token = planning.version_token(current, "targets")
        skip_to = reverse("plan", args=[draft.pk, "letter"])
        return TargetsForm(
            request.POST or None, bank=bank, targets=current.targets, today=today, token=token, skip_to=skip_to
        )

    def save(form: TargetsForm) -> None:
        planning.set_targets(assessment=draft, targets=form.targets, token=form.values["token"])

    lead = _(
        "Targets are optional. A target is what is good enough for this organisation; it need not be the highest level, "
        "and a pillar can go without one."
    )
    return _fill_in(request, draft, "targets", make, save, lead=lead)


def _email(request: HttpRequest, draft: Assessment, user: User) -> HttpResponse:
    letter = emails.specimen(assessment=draft, by=user, base_url=request.build_absolute_uri("/"))
    return _render(request, draft, "letter", "letter", letter=letter)


def _confirm(request: HttpRequest, draft: Assessment, user: User) -> HttpResponse:
    """Show the whole plan once more; POST opens the assessment."""
    if request.method == "POST":
        return _open(request, draft, user)
    listed = participants.people_in(draft, access.people_of(draft), user)
    today = draft.organisation.today
    is_late = draft.due_on is not None and draft.due_on < today
    emails_to_send = sum(not person.has_joined for person in listed.all)
    context = {"people": listed, "is_late": is_late, "ready": bool(listed.all) and not is_late}
    context["bank"] = results.title_in(draft.bank_version, language())
    context["subset"] = results.subset_in(draft, language())
    return _render(request, draft, "confirm", "confirm", emails=emails_to_send, **context)


def _open(request: HttpRequest, draft: Assessment, user: User) -> HttpResponse:
    try:
        n = planning.open_assessment(assessment=draft, by=user, base_url=request.build_absolute_uri("/"))
    except planning.NotReadyError:
        return redirect("plan", pk=draft.pk, step="confirm")
    except links.TooOftenError:
        messages.warning(request, _("You have sent too many invitations today. Try again tomorrow; nothing was sent."))
        return redirect("plan", pk=draft.pk, step="confirm")
    message = ngettext(
        "The assessment is open, and %(n)d invitation is on its way.",
        "The assessment is open, and %(n)d invitations are on their way.",
        n,
    )
    messages.success(request, message % {"n": n})
    return redirect("manage", pk=draft.pk)


STEPS: dict[str, tuple[Callable[[], str], Step]] = {
    "basics": (lambda: _("What it is for"), _basics),
    "people": (lambda: _("People"), _people),
    "dates": (lambda: _("Dates and reminders"), _dates),
    "targets": (lambda: _("Targets"), _targets),
    "letter": (lambda: _("The invitation"), _email),
    "confirm": (lambda: _("Check and open"), _confirm),
}


@signed_in("POST")
def drop(request: UserRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Remove someone from the list of a draft."""
    participant = access.person_of(access.managed_assessment_for(request.user, pk), person)
    name = {"name": participant.name or invitations.address_of(participant)}
    try:
        planning.drop(participant=participant)
    except WrongStateError:
        return _draft(request, pk)
    messages.success(request, _("%(name)s has been removed from the list.") % name)
    return redirect("plan", pk=pk, step="people")


@signed_in("GET, POST")
def discard(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show what would be deleted; POST deletes the draft."""
    draft = access.managed_assessment_for(request.user, pk)
    if request.method != "POST":
        if not draft.is_draft:
            return _draft(request, pk)
        context = {"assessment": draft, "people": draft.participants.count()}
        return render(request, "assessments/planning/discard.html", context)
    try:
        planning.discard(assessment=draft, by=request.user)
    except WrongStateError:
        return _draft(request, pk)
    messages.success(request, _("The draft has been discarded. No one had been notified."))
    return redirect("home")

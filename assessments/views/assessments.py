"""Home, and managing an assessment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import assessments
from assessments.forms.assessments import AudienceForm, ReopenForm
from assessments.forms.planning import DatesForm
from assessments.models import Assessment, Participant, User
from assessments.pages import participants
from assessments.pages.central import central_page
from assessments.pages.home import home_page, organisations_page
from assessments.pages.pillar_reviews import open_points
from assessments.pages.search import search_page
from assessments.reader_language import language
from assessments.sentences import gettext as _, ngettext


@signed_in("GET")
def home(request: UserRequest) -> HttpResponse:
    """What waits for the user; staff and consultants with nothing of their own land on their own first page."""
    user, roles = request.user, access.roles_of(request.user)
    parts = access.parts_led_by(user) if roles.is_unit_lead else []
    home = home_page(
        user,
        access.participations_of(user).annotate(is_asked=access.is_asked()),
        page=request.GET.get("page", ""),
        workshops=list(access.running_workshops(user)),
        delegated=list(access.delegated_to(user)),
        reviews=list(access.name_reviews(user)),
        parts=[(grant.assessment, grant.tops) for grant in parts],
        led=organisations_page(access.led_organisations(user), request.GET.get("organisations", "")),
        deleted=list(access.deleted_organisations(user)),
        is_consultant=roles.is_consultant,
    )
    if not home.has_own and home.is_consultant:
        return redirect("portfolio")
    if home.is_empty and user.is_staff:
        return redirect("admin:index")
    return render(request, "assessments/assessment/home.html", {"home": home})


@signed_in("GET")
def manage(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show who takes part, their progress, and the actions open to a lead."""
    assessment = access.managed_assessment_for(request.user, pk)
    if assessment.is_draft:
        return redirect("plan", pk=pk, step="people")
    people = _people_in(assessment, request.user)
    shown = search_page(people.all, request.GET, lambda person: f"{person.name} {person.address}")
    context = {
        "assessment": assessment,
        "bank": results.title_in(assessment.bank_version, language()),
        "subset": results.subset_in(assessment, language()),
        "people": people,
        "shown": shown,
        "central": central_page(assessment, language()),
        "worked_on": results.names_worked_on(assessment) if assessment.is_open else [],
        "audience": AudienceForm(assessment=assessment) if assessment.has_result else None,
        "may_reopen": assessments.may_reopen(assessment),
        "closes_itself": assessment.is_open and hasattr(assessment, "programme_run"),
    }
    return render(request, "assessments/assessment/manage.html", context)


def _people_in(assessment: Assessment, reader: User) -> participants.ParticipantList:
    return participants.people_in(assessment, access.people_of(assessment), reader)


@signed_in("GET, POST")
def close(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show what closing leaves out; POST closes the assessment."""
    user = request.user
    assessment = access.managed_assessment_for(user, pk)
    if request.method == "POST":
        return _close(request, assessment, user)
    if not assessment.is_open:
        return redirect("manage", pk=pk)
    everybody = _people_in(assessment, user)
    counted = len(results.eligible_for(results.counted_in(assessment), user))
    limitations = _limitations(assessment, everybody.submitted, counted)
    bank = results.bank_in(assessment.bank_version, language())
    points = open_points(assessment, bank) if assessment.is_reviewed else None
    context = {"assessment": assessment, "people": everybody, "limitations": limitations, "points": points}
    return render(request, "assessments/assessment/close.html", context)


HIDDEN: dict[results.Shown, Promise] = {
    "question": gettext_lazy(
        "Individual questions show no mean: in a confidential assessment that requires three people."
    ),
    "comments": gettext_lazy(
        "Comments and evidence stay hidden: in a confidential assessment they require three people."
    ),
    "distribution": gettext_lazy(
        "Distributions, median answers and next steps stay hidden: in a confidential assessment they require five people."
    ),
}


def _limitations(assessment: Assessment, submitted: int, counted: int) -> list[str]:
    """Return sentences on what the result cannot show with so few people. `counted` are those the thresholds count."""
    confidential = not assessment.is_named
    limitations = []
    if confidential and counted < submitted and not assessment.for_one:
        limitations.append(
            ngettext(
                "%(counted)s of these submissions counts towards the limits of a confidential assessment: "
                "interviews count once the person has signed in and confirmed them, and those you recorded "
                "do not count for you.",
                "%(counted)s of these submissions count towards the limits of a confidential assessment: "
                "interviews count once the person has signed in and confirmed them, and those you recorded "
                "do not count for you.",
                counted,
            )
            % {"counted": counted}
        )
    if confidential and submitted in (1, 2) and not assessment.for_one:
        limitations.append(
            _("With fewer than three people, each respondent can work out what the others said about a pillar.")
        )
    if submitted < results.MIN_RESPONDENTS:
        limitations.append(_("Agreement between respondents and intervals require three people."))
    unshown = [text for part, text in HIDDEN.items() if not results.may_show(part, counted, confidential=confidential)]
    return [*limitations, *map(str, unshown)]


def _close(request: HttpRequest, assessment: Assessment, user: User) -> HttpResponse:
    try:
        assessments.close(assessment=assessment, by=user)
    except assessments.WrongStateError:
        messages.info(request, _("The assessment is already closed; nothing was changed."))
        return redirect("manage", pk=assessment.pk)
    messages.success(
        request, _("The assessment is closed. You can see the result now; others can once you release it.")
    )
    return redirect("result", pk=assessment.pk)


@signed_in("GET, POST")
def reopen(request: UserRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Return one person's submission to them for changes, with a reason."""
    assessment = access.managed_assessment_for(request.user, pk)
    participant = access.person_of(assessment, person)
    if not (assessment.is_open and hasattr(participant, "submission") and participant.submission.is_submitted):
        messages.info(request, _("Only answers submitted in an open assessment can be reopened; nothing was changed."))
        return redirect("manage", pk=pk)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _reopen(request, participant, form.cleaned_data["reason"], request.user)
    context = {"assessment": assessment, "participant": participant, "form": form}
    return render(request, "assessments/assessment/reopen.html", context)


def _reopen(request: HttpRequest, participant: Participant, reason: str, user: User) -> HttpResponse:
    base_url = request.build_absolute_uri("/")
    try:
        assessments.reopen(submission=participant.submission, reason=reason, by=user, base_url=base_url)
    except assessments.WrongStateError:
        messages.info(request, _("Only answers submitted in an open assessment can be reopened; nothing was changed."))
    else:
        messages.success(request, _("The answers of %(name)s are open again.") % {"name": participant})
    return redirect("manage", pk=participant.assessment_id)


@signed_in("GET, POST")
def reopen_for_one(request: UserRequest, pk: UUID) -> HttpResponse:
    """Give up the result of an assessment for one person, to change its answers."""
    assessment = access.managed_assessment_for(request.user, pk)
    if request.method != "POST" and assessments.may_reopen(assessment):
        return render(request, "assessments/assessment/reopen_for_one.html", {"assessment": assessment})
    if request.method != "POST":
        return _stays_closed(request, pk)
    try:
        assessments.reopen_for_one(assessment=assessment, by=request.user)
    except assessments.WrongStateError:
        return _stays_closed(request, pk)
    messages.success(request, _("The assessment is open again. Change your answers, then submit them."))
    return redirect("overview", pk=pk)


def _stays_closed(request: HttpRequest, pk: UUID) -> HttpResponse:
    sentence = _("Only an assessment for one person can be reopened, until somebody has downloaded its result.")
    messages.info(request, sentence)
    return redirect("manage", pk=pk)


@signed_in("GET, POST")
def due(request: UserRequest, pk: UUID) -> HttpResponse:
    """Change the due date of an open assessment, and with it the reminders."""
    assessment = access.managed_assessment_for(request.user, pk)
    if not assessment.is_open:
        return redirect("manage", pk=pk)
    initial = {"due_on": assessment.due_on, "reminder_days": assessment.reminder_days}
    today = assessment.organisation.today
    by_itself = hasattr(assessment, "programme_run")
    form = DatesForm(request.POST or None, initial=initial, today=today, button=_("Save date"), closes_itself=by_itself)
    if request.method == "POST" and form.is_valid():
        return _extend(request, assessment, form, request.user)
    return render(request, "assessments/assessment/due.html", {"assessment": assessment, "form": form})


def _extend(request: HttpRequest, assessment: Assessment, form: DatesForm, user: User) -> HttpResponse:
    try:
        assessments.extend(assessment=assessment, by=user, **form.cleaned_data)
    except assessments.WrongStateError:
        messages.info(request, _("The assessment is no longer open; nothing was changed."))
    else:
        messages.success(request, _("The date is saved. No e-mail was sent; future e-mails will show it."))
    return redirect("manage", pk=assessment.pk)


@signed_in("POST")
def release(request: UserRequest, pk: UUID) -> HttpResponse:
    """Release a closed result after asking, or change who sees a released one."""
    assessment = access.managed_assessment_for(request.user, pk)
    everyone = AudienceForm(request.POST, assessment=assessment).everyone
    back_to = "result" if request.GET.get("back") == "result" else "manage"
    if assessment.state == Assessment.State.CLOSED and "confirmed" not in request.POST:
        return render(
            request, "assessments/assessment/release.html", _asked(assessment, request.user, everyone, back_to)
        )
    try:
        _release(request, assessment, everyone)
    except assessments.WrongStateError:
        messages.warning(request, _("Only a closed assessment can be released; nothing was changed."))
    return redirect(back_to, pk=pk)


def _asked(assessment: Assessment, by: User, everyone: bool | None, back_to: str) -> dict[str, object]:
    """What is said before a release: whom an e-mail reaches, and who has no account to see the result with."""
    everyone = assessment.result_for_everyone if everyone is None else everyone
    strangers = assessment.participants.filter(user=None).order_by("name", "pk") if everyone else []
    return {
        "assessment": assessment,
        "told": [str(person) for person in assessments.told_of_release(assessment, by=by, everyone=everyone)],
        "unreachable": [str(person) for person in strangers],
        "audience": "everyone" if everyone else "submitted",
        "back_to": back_to,
    }


def _release(request: UserRequest, assessment: Assessment, everyone: bool | None) -> None:
    by, base_url = request.user, request.build_absolute_uri("/")
    if assessment.state != Assessment.State.RELEASED:
        assessments.release(assessment=assessment, by=by, everyone=everyone, base_url=base_url)
        messages.success(request, _("The result is released. Those who see it are told by e-mail."))
    elif everyone is None or not assessments.show_to(
        assessment=assessment, everyone=everyone, by=by, base_url=base_url
    ):
        messages.info(request, _("The result has already been released; nothing was changed."))
    else:
        messages.success(request, _("Saved. Those who see the result now are told by e-mail."))

"""Who may open which door. Each function gives the row or raises Http404: an outsider learns nothing,
not even that a thing exists."""

import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from .models import (
    ApiToken,
    Assessment,
    BankVersion,
    Confirmation,
    Delegation,
    Export,
    Invitation,
    KeptAnswers,
    Membership,
    Organisation,
    Participant,
    Pillar,
    Reminder,
    Submission,
    User,
)


def signed_in(user: object) -> User:
    """The person behind a request that is known to be signed in."""
    if not isinstance(user, User):
        raise Http404
    return user


def assessment_for(user: User, pk: UUID) -> Assessment:
    """A round that `user` takes part in or runs."""
    visible = Assessment.objects.visible_to(user).select_related("organisation", "bank_version")
    return get_object_or_404(visible, pk=pk)


def run_assessment_for(user: User, pk: UUID) -> Assessment:
    """A round that `user` runs, as a lead or a consultant."""
    run = Assessment.objects.run_by(user).select_related("organisation", "bank_version")
    return get_object_or_404(run, pk=pk)


def submission_for(user: User, pk: UUID) -> Submission:
    """The user's own submission in the round `pk`; made on the first visit to an open round."""
    participant = participant_for(user, pk)
    if not hasattr(participant, "submission"):
        if not participant.assessment.is_open:
            raise Http404
        participant.submission, _created = Submission.objects.get_or_create(participant=participant)
    submission = participant.submission
    submission.participant = participant
    return submission


def participant_for(user: User, pk: UUID) -> Participant:
    """The user's own part in the round `pk`, once it is open."""
    taken = _parts_of(user).select_related("assessment__bank_version", "submission")
    return get_object_or_404(taken, assessment=pk)


def _parts_of(user: User) -> QuerySet[Participant]:
    """The user's part in every round they were asked into: once it is open, of organisations that nobody has deleted."""
    present = Participant.objects.filter(user=user, assessment__organisation__deleted_at=None)
    return present.exclude(assessment__state=Assessment.State.DRAFT)


class Now(NamedTuple):
    """What a workshop is at: `turn` changes with what its screens show, None while none runs; counted in people."""

    turn: int | None
    votes: int
    people: int


def workshop_now(user: User, pk: UUID) -> Now:
    """For who runs a round or takes part in it. One query: it is asked every two seconds by everybody in the room."""
    found = Assessment.objects.visible_to(user).annotate(
        votes=Count("workshop__current__votes", distinct=True),
        people=Count("participants", filter=Q(participants__user__isnull=False), distinct=True),
    )
    row = found.filter(pk=pk).values_list("workshop__turn", "workshop__ended_at", "votes", "people").first()
    if row is None:
        raise Http404
    turn, ended_at, votes, people = row
    return Now(None if ended_at is not None else turn, votes, people)


def running_workshops(user: User) -> QuerySet[Assessment]:
    """The rounds that `user` takes part in and whose workshop is being held, the one begun last first."""
    held = Assessment.objects.taken_by(user).filter(workshop__isnull=False, workshop__ended_at=None)
    return held.select_related("organisation").order_by("-workshop__started_at")


class PillarDoor(NamedTuple):
    """A pillar's answers, opened to their respondent, or by a delegation to a colleague."""

    submission: Submission
    delegation: Delegation | None
    is_interview: bool = False  # opened to whoever records what the respondent says

    @property
    def pk(self) -> UUID:
        """By which id this door is reached: the round's for a respondent, the submission's for anybody else."""
        own = self.delegation is None and not self.is_interview
        return self.submission.participant.assessment_id if own else self.submission.pk

    @property
    def is_open(self) -> bool:
        """Whether the answers may still change."""
        return not self.submission.is_submitted and self.submission.participant.assessment.is_open


def pillar_door(user: User, pk: UUID, key: str) -> PillarDoor:
    """The way to one pillar: `pk` is the round's id for a respondent, the submission's id for a colleague.

    A delegation that was taken back opens nothing any more.
    """
    return _door(user, pk, pillar__key=key)


def question_door(user: User, pk: UUID, key: str) -> PillarDoor:
    """The same by the key of a question: a colleague's leads to the questions of their pillar alone."""
    return _door(user, pk, pillar__questions__key=key)


def answers_door(user: User, pk: UUID) -> PillarDoor:
    """The way to all answers of one person: to that person by the round's id, by the submission's to whoever records
    them in an interview, as long as the round is open and they run it."""
    try:
        return PillarDoor(submission_for(user, pk), None)
    except Http404:
        return PillarDoor(get_object_or_404(_recorded_by(user), pk=pk), None, is_interview=True)


def _recorded_by(user: User) -> QuerySet[Submission]:
    """What `user` records in interviews that can still go on."""
    recorded = Submission.objects.filter(
        mode=Submission.Mode.INTERVIEW,
        recorded_by=user,
        participant__assessment__state=Assessment.State.OPEN,
        participant__assessment__in=Assessment.objects.run_by(user),
    )
    round_of = "participant__assessment"
    return recorded.select_related("participant__user", f"{round_of}__organisation", f"{round_of}__bank_version")


def confirmation_with(token: str) -> Confirmation | None:
    """The request to confirm of a token, whatever its state: whoever holds the link may see it."""
    found = Confirmation.objects.with_token(token).filter(
        submission__participant__assessment__in=Assessment.objects.present()
    )
    return found.select_related("invited_by", "submission__recorded_by", *WITH_ROUND).first()


def _door(user: User, pk: UUID, **where: str) -> PillarDoor:
    try:
        return answers_door(user, pk)
    except Http404:
        opened = Delegation.objects.opened_to(user).filter(submission=pk, **where)
        delegation = get_object_or_404(opened.select_related("pillar", *WITH_ROUND))
        return PillarDoor(delegation.submission, delegation)


WITH_ROUND = (
    "submission__participant__user",
    "submission__participant__assessment__organisation",
    "submission__participant__assessment__bank_version",
)


def delegations_of(submission: Submission) -> dict[str, Delegation]:
    """Whom each pillar of a submission is passed to, by the pillar's key. One query."""
    live = Delegation.objects.live().filter(submission=submission).select_related("pillar")
    return {delegation.pillar.key: delegation for delegation in live}


def pillar_of(submission: Submission, key: str) -> Pillar | None:
    """A pillar of the bank that the submission's round is pinned to. One query."""
    return Pillar.objects.filter(version=submission.participant.assessment.bank_version_id, key=key).first()


def passed_to(user: User) -> QuerySet[Delegation]:
    """Pillars that colleagues have passed to `user` and that can still be answered, newest first. One query.

    Adds `answered` and `asked`, in questions.
    """
    waiting = Delegation.objects.opened_to(user).filter(
        submission__state=Submission.State.DRAFT, submission__participant__assessment__state=Assessment.State.OPEN
    )
    return waiting.with_progress().select_related("pillar", *WITH_ROUND).order_by("-used_at")


def account_with(pk: int) -> User | None:
    """An account that may be signed in to."""
    return User.objects.filter(pk=pk, is_active=True).first()


def invitation_with(token: str) -> Invitation | None:
    """The invitation of a token, whatever its state: whoever holds the link may see it."""
    found = Invitation.objects.with_token(token).filter(assessment__in=Assessment.objects.present())
    return found.select_related(
        "participant", "invited_by", "assessment__organisation", "assessment__bank_version"
    ).first()


def delegation_with(token: str) -> Delegation | None:
    """The delegation of a token, whatever its state: whoever holds the link may see it."""
    present = Assessment.objects.present()
    found = Delegation.objects.with_token(token).filter(submission__participant__assessment__in=present)
    return found.select_related("pillar", "invited_by", *WITH_ROUND).first()


def result_for(user: User, pk: UUID) -> Assessment:
    """A closed round for who runs it, a released round for who took part."""
    assessment = assessment_for(user, pk)
    released = assessment.state == Assessment.State.RELEASED
    if not (released or (assessment.has_result and runs(user, assessment))):
        raise Http404
    return assessment


def sees_result(user: User, assessment: Assessment) -> bool:
    """Whether `user` may see the result of this round."""
    try:
        result_for(user, assessment.pk)
    except Http404:
        return False
    return True


def runs(user: User, assessment: Assessment) -> bool:
    """Whether `user` runs this round, as a lead or a consultant."""
    return Assessment.objects.run_by(user).filter(pk=assessment.pk).exists()


def exportable_for(user: User, pk: UUID) -> Assessment:
    """A round with a result that `user` runs."""
    run = Assessment.objects.run_by(user).closed().select_related("organisation", "bank_version")
    return get_object_or_404(run, pk=pk)


def export_for(user: User, pk: UUID) -> Export:
    """An export that the user asked for and may still open, with its progress."""
    return get_object_or_404(exports_of(user), pk=pk)


def exports_of(user: User) -> QuerySet[Export]:
    """Every export that the user asked for and may still open, newest first, with its progress."""
    return Export.objects.open_to(user).with_progress().newest_first().select_related("client")


def exports_for_programs(user: User) -> QuerySet[Export]:
    """The same without hand-overs: a token opens none."""
    return Export.objects.open_to(user).of_reports().with_progress().newest_first()


def token_with(token: str) -> ApiToken | None:
    """The token that a program sent, if it opens anything now. One query."""
    return ApiToken.objects.standing().with_token(token).select_related("user").first()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The tokens that a person could still use, newest first."""
    return ApiToken.objects.standing().filter(user=user).order_by("-created_at")


def token_of(user: User, pk: UUID) -> ApiToken:
    """One of the user's own tokens."""
    return get_object_or_404(ApiToken, user=user, pk=pk)


def organisations_run_by(user: User) -> QuerySet[Organisation]:
    """Organisations for which `user` may start rounds."""
    return Organisation.objects.run_by(user)


def led_organisations(user: User) -> QuerySet[Organisation]:
    """Organisations that `user` leads: a consultant runs rounds, and does not decide whether a client stays."""
    led = Membership.objects.filter(user=user, role=Membership.Role.LEAD).values("organisation")
    return Organisation.objects.present().filter(pk__in=led).order_by("name", "pk")


def led_organisation_for(user: User, pk: UUID) -> Organisation:
    """One that `user` leads."""
    return get_object_or_404(led_organisations(user), pk=pk)


def deleted_organisations(user: User) -> QuerySet[Organisation]:
    """Organisations that `user` leads and can still bring back."""
    return Organisation.objects.deleted_by(user).order_by("name", "pk")


def deleted_organisation_for(user: User, pk: UUID) -> Organisation:
    """One that `user` can still bring back."""
    return get_object_or_404(deleted_organisations(user), pk=pk)


def rounds_in(organisation: Organisation) -> int:
    """How many rounds an organisation has. One query."""
    return organisation.assessments.count()


def taken_rounds(user: User) -> QuerySet[Participant]:
    """The user's part in every round they were asked into, newest first."""
    return _parts_of(user).select_related("assessment__organisation", "submission").order_by("-assessment__created_at")


def run_rounds(user: User) -> QuerySet[Assessment]:
    """Every round the user runs, newest first, with `invited` and `submitted` counted in people."""
    return Assessment.objects.run_by(user).select_related("organisation").with_progress().newest_first()


def people_of(assessment: Assessment) -> QuerySet[Participant]:
    """Who takes part, with how far each has come and how they were asked; never what anybody answered.

    Adds `asked`, the invitations that stand or were used (at most one stands), and `reminded`, today's reminders.
    """
    asked = Invitation.objects.filter(revoked_at=None).newest_first()
    reminded = Reminder.objects.filter(day=timezone.localdate())
    people = assessment.participants.select_related("submission__recorded_by", "user").order_by(
        "function", "name", "pk"
    )
    return people.prefetch_related(
        Prefetch("invitations", asked, to_attr="asked"), Prefetch("reminders", reminded, to_attr="reminded")
    )


def person_of(assessment: Assessment, pk: UUID) -> Participant:
    """One participant of a round that has been opened already."""
    return get_object_or_404(assessment.participants.select_related("submission", "user"), pk=pk)


class RoundProgress(NamedTuple):
    """How many people of a round have submitted, and how many were asked."""

    submitted: int
    invited: int


def progress_of_round(assessment: Assessment) -> RoundProgress:
    """Two queries."""
    people = assessment.participants
    return RoundProgress(people.filter(submission__in=Submission.objects.submitted()).count(), people.count())


def current_bank_version() -> BankVersion | None:
    """The version that new rounds use: the one published last."""
    return BankVersion.objects.published().newest_first().select_related("bank").first()


def published_versions() -> QuerySet[BankVersion]:
    """The versions that a new round may use, the one published last first."""
    return BankVersion.objects.published().newest_first().select_related("bank")


PAGE_SALT = "a pillar page and whose it is"
PAGE_LASTS = datetime.timedelta(days=7)


def page_token(user: User, submission: Submission) -> str:
    """Says on a pillar page whose it is, signed, so that what it sends after the session has ended can be kept."""
    return signing.dumps([user.pk, _standing(user), str(submission.pk)], salt=PAGE_SALT)


def _standing(user: User) -> str:
    """Changes with the password: whoever changes it shuts every page that was open before."""
    return user.get_session_auth_hash()[:16]


def owner_of_page(token: str, pk: UUID, key: str) -> tuple[User, PillarDoor] | None:
    """Whose page of a pillar a token was made for; None where it is forged, too old, or nobody's any more.

    `pk` and `key` are those of the page's address. A door that was closed meanwhile stays closed.
    """
    try:
        user, standing, submission = signing.loads(token, salt=PAGE_SALT, max_age=PAGE_LASTS)
    except (signing.BadSignature, ValueError):
        return None
    owner = User.objects.filter(pk=user, is_active=True).first()
    if owner is None or standing != _standing(owner):
        return None
    try:
        door = pillar_door(owner, pk, key)
    except Http404:
        return None
    return (owner, door) if str(door.submission.pk) == submission else None


def kept_answers(user: User, submission: Submission) -> QuerySet[KeptAnswers]:
    """Pages that the user sent after a session had ended, waiting to be applied to this submission."""
    return KeptAnswers.objects.waiting_for(user).filter(submission=submission).order_by("kept_at")


def session_ends(session: SessionBase) -> datetime.datetime | None:
    """When the session ends that a request came with; None where it came with none."""
    ends: datetime.datetime | None = getattr(session, "ends", None)
    return ends

"""Inviting people to an assessment, resending, withdrawing and accepting invitations, and reminders."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assessments import audit, emails
from assessments.models import Assessment, Invitation, Participant, Reminder, Submission, User
from assessments.models.clock import today

from . import assessments, links
from .assessments import WrongStateError

PEOPLE_PER_ASSESSMENT, PEOPLE_PER_ASSESSMENT_BY_UNIT = 500, 5_000
EMAILS_PER_DAY = 5  # to one person who has not joined
INVITATIONS_PER_DAY = 1000  # from one person, across all assessments


class AssessmentIsFullError(Exception):
    """The assessment has the maximum number of participants; nothing was changed."""


class TwoPartsError(Exception):
    """The person has answers of their own and others recorded under their invitation; nothing was changed."""


class HasJoinedError(Exception):
    """The person has joined, so there is no invitation to send or revoke; nothing was changed."""


@dataclass(frozen=True)
class Invitee:
    """A person to invite; `function` is one of Participant.Function."""

    email: str
    name: str
    function: str
    unit: UUID | None = None  # that they answer for, if the assessment asks by unit


def limit_of(assessment: Assessment) -> int:
    """How many people an assessment can have."""
    return PEOPLE_PER_ASSESSMENT_BY_UNIT if assessment.unit_kind else PEOPLE_PER_ASSESSMENT


def addresses_of(assessment: Assessment) -> set[str]:
    """The addresses of all participants and pending invitations, in lower case. Two queries."""
    joined = User.objects.filter(participations__assessment=assessment).values_list("email", flat=True)
    invited = Invitation.objects.pending().filter(assessment=assessment).values_list("email", flat=True)
    return {email.lower() for email in (*joined, *invited)}


def address_of(participant: Participant) -> str:
    """The address last invited, or the display name of a participant who has joined."""
    last = participant.invitations.newest_first().first()
    return str(participant) if last is None or participant.user_id is not None else last.email


def _day_ago() -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=1)


def _open(assessment: Assessment) -> Assessment:
    current = Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)  # lets answers be saved meanwhile
    if not current.takes_invitations:
        raise WrongStateError
    return current


@transaction.atomic
def invite(*, assessment: Assessment, invitees: Iterable[Invitee], by: User, base_url: str) -> int:
    """Invite people who were not invited yet to an open assessment; returns how many.

    Raises AssessmentIsFullError, WrongStateError, TooOftenError; then no one is invited.
    """
    current = _open(assessment)
    addresses, sent = addresses_of(current), 0
    sent_today = Invitation.objects.filter(invited_by=by, created_at__gt=_day_ago()).count()
    for invitee in invitees:
        if invitee.email.lower() not in addresses:
            addresses.add(invitee.email.lower())
            _invite(current, invitee, by, base_url)
            sent += 1
    if sent and sent_today + sent > INVITATIONS_PER_DAY:
        raise links.TooOftenError
    return sent


def _invite(assessment: Assessment, invitee: Invitee, by: User, base_url: str) -> Participant:
    if assessment.participants.count() >= limit_of(assessment):
        raise AssessmentIsFullError
    participant = Participant.objects.create(
        assessment=assessment, name=invitee.name, function=invitee.function, unit_id=invitee.unit
    )
    _write_to(participant, invitee.email.lower(), by, base_url)
    audit.record(by=by, verb=audit.Verb.INVITED, what=participant)
    return participant


def _write_to(participant: Participant, email: str, by: User | None, base_url: str) -> None:
    invitation = Invitation.objects.create(
        assessment_id=participant.assessment_id, participant=participant, email=email, invited_by=by
    )
    emails.queue(kind="invitation", about=invitation, base_url=base_url)


def _not_joined(participant: Participant) -> Participant:
    """The participant's row, locked. Raises HasJoinedError, and WrongStateError unless the assessment is open."""
    current = Participant.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=participant.pk)
    if current.user_id is not None or current.invitations.exclude(used_at=None).exists():
        raise HasJoinedError  # including those who have since deleted their account
    if not current.assessment.is_open:
        raise WrongStateError
    return current


class HasAnswersError(Exception):
    """Recorded interview answers would be deleted with this person; nothing was changed."""


@transaction.atomic
def send_again(*, participant: Participant, by: User, base_url: str, email: str = "") -> None:
    """Replace the invitation with a new one, to `email` if given, and disable the old link.

    Raises HasJoinedError, WrongStateError, TooOftenError.
    """
    current = _not_joined(participant)
    _renew(current, by, base_url, email)
    audit.record(by=by, verb=audit.Verb.INVITED_AGAIN, what=current)


def _renew(participant: Participant, by: User | None, base_url: str, email: str = "") -> None:
    invitations = Invitation.objects.filter(participant=participant)
    if invitations.filter(created_at__gt=_day_ago()).count() >= EMAILS_PER_DAY:
        raise links.TooOftenError
    last = invitations.newest_first().first()
    if last is None:
        raise WrongStateError
    invitations.pending().update(revoked_at=timezone.now())
    _write_to(participant, email or last.email, by, base_url)


@transaction.atomic
def revoke(*, participant: Participant, by: User, base_url: str) -> None:
    """Withdraw an invitation and remove the participant, who no longer counts as invited.

    If everyone else has submitted, the managers are told, as after the last submission.
    Raises HasJoinedError, WrongStateError, HasAnswersError.
    """
    assessment = Assessment.objects.locked(participant.assessment_id)
    current = _not_joined(participant)
    if Submission.objects.filter(participant=current).exists():
        raise HasAnswersError
    Invitation.objects.pending().filter(participant=current).update(revoked_at=timezone.now())
    audit.record(by=by, verb=audit.Verb.UNINVITED, what=current)
    current.delete()
    assessments.tell_completion(assessment=assessment, base_url=base_url)


@transaction.atomic
def accept(*, token: str, user: User) -> Participant:
    """Let the recipient of an invitation take part, under the pseudonym they have in this organisation.

    An existing participant keeps their participation, with any answers recorded under the invitation. Raises
    DeadLinkError, OtherAddressError, TwoPartsError.
    """
    invitation, participant = _locked(token)
    if not invitation.assessment.is_open:
        raise links.DeadLinkError
    links.use(invitation, user)
    invitation.save(update_fields=["used_at"])
    parts = Participant.objects.filter(user=user, assessment__organisation=invitation.assessment.organisation_id)
    own = parts.select_for_update(of=("self",)).filter(assessment=invitation.assessment).first()
    if own is not None:
        _merge(participant, own)
        participant = own
    else:
        _join(participant, user, parts.first())
    audit.record(by=user, verb=audit.Verb.JOINED, what=participant)
    return participant


def _locked(token: str) -> tuple[Invitation, Participant]:
    """An invitation and its participant. Locks the participant first, as `revoke` does. Raises DeadLinkError."""
    participants = Participant.objects.select_for_update(of=("self",))
    participant = participants.filter(invitations__in=Invitation.objects.with_token(token)).first()
    invitation = links.locked(Invitation.objects.all(), token)
    if participant is None:
        raise links.DeadLinkError
    return invitation, participant


def _merge(spare: Participant, part: Participant) -> None:
    """Move answers recorded under a second invitation to the existing participation."""
    rows = Submission.objects.select_for_update(of=("self",)).filter(participant__in=(spare, part)).order_by("pk")
    submissions = {row.participant_id: row for row in rows}
    recorded, own = submissions.get(spare.pk), submissions.get(part.pk)
    if recorded is not None and _holds_something(recorded):
        if own is not None and _holds_something(own):
            raise TwoPartsError
        Submission.objects.filter(participant=part).delete()
        Submission.objects.filter(pk=recorded.pk).update(participant=part)
    spare.delete()


def _holds_something(submission: Submission) -> bool:
    parts = (submission.answers, submission.delegations, submission.kept, submission.reopenings)
    return submission.is_submitted or any(rows.exists() for rows in parts)


def _join(participant: Participant, user: User, earlier: Participant | None) -> None:
    participant.user = user
    participant.name = participant.name or user.name
    if earlier is not None:
        participant.pseudonym = earlier.pseudonym
    participant.save()


@transaction.atomic
def accept_as_new(*, token: str, name: str = "") -> tuple[User, Participant]:
    """The same for someone without an account: following the link verifies the address, and creates one.

    `name` is their own spelling of it; by default, what they were invited by. Raises DeadLinkError, AccountExistsError.
    """
    invitation, participant = _locked(token)
    user = links.new_account(email=invitation.email, name=name or participant.name)
    return user, accept(token=token, user=user)


@transaction.atomic
def ask_for_new(*, token: str, base_url: str) -> None:
    """Tell the leads that a recipient wants a new link to replace an unusable one. Ignores unknown tokens."""
    invitation = Invitation.objects.select_for_update(of=("self",)).with_token(token).first()
    if invitation is not None and invitation.assessment.is_open and links.ask_again(invitation):
        emails.queue(kind="invitation_wanted", about=invitation, base_url=base_url)
        audit.record(by=None, verb=audit.Verb.LINK_ASKED, what=invitation)


@transaction.atomic
def remind(*, participant: Participant, by: User | None, base_url: str) -> bool:
    """Remind a participant; returns False if they have submitted or were reminded today. `by` is None for a scheduled
    reminder.

    A participant who has not joined gets a new invitation. Raises WrongStateError unless the assessment is open,
    TooOftenError, and HasJoinedError if the participant's account was deleted.
    """
    current = Participant.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=participant.pk)
    if not current.assessment.is_open:
        raise WrongStateError
    if Submission.objects.submitted().filter(participant=current).exists():
        return False
    reminder, created = Reminder.objects.get_or_create(participant=current, day=today(), defaults={"sent_by": by})
    if not created:
        return False
    if current.user_id is None:
        _renew(_not_joined(current), by, base_url)
    else:
        emails.queue(kind="reminder", about=reminder, base_url=base_url)
    audit.record(by=by, verb=audit.Verb.REMINDED, what=current)
    return True


@transaction.atomic
def remind_all(*, assessment: Assessment, by: User, base_url: str, units: Collection[UUID] | None = None) -> int:
    """Remind everyone, or everyone in `units`, who has not submitted and was not reminded today; returns how many.

    Raises WrongStateError.
    """
    if not Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk).is_open:
        raise WrongStateError
    waiting = assessment.participants.exclude(submission__state=Submission.State.SUBMITTED).exclude(user=by)
    if units is not None:
        waiting = waiting.filter(unit__in=units)
    return sum(_reminded(participant, by, base_url) for participant in waiting)


def _reminded(participant: Participant, by: User, base_url: str) -> bool:
    try:
        with transaction.atomic():
            return remind(participant=participant, by=by, base_url=base_url)
    except (links.TooOftenError, HasJoinedError, WrongStateError):
        return False

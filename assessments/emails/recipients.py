"""The recipients of each kind of e-mail when it is queued, and the participant whose managers may see its delivery."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from assessments.models import (
    ActionNotice,
    Assessment,
    Engagement,
    Invitation,
    Membership,
    NameReview,
    Participant,
    Programme,
    ProgrammeRun,
    Thread,
    User,
)


def readers_of_request(invitation: Invitation) -> list[User]:
    """The users told of a request for a new invitation: every lead, and the sender of the old one."""
    leads = User.objects.filter(
        memberships__organisation=invitation.assessment.organisation_id, memberships__role=Membership.Role.LEAD
    )
    readers = {reader.pk: reader for reader in (*leads, invitation.invited_by) if reader is not None}
    return list(readers.values())


def readers_of_names(review: NameReview) -> list[User]:
    """The users asked to review a name: every lead, or the consultants if there are none."""
    consultants = User.objects.filter(consultancies__isnull=False).distinct()
    if review.organisation_id is None:
        return list(consultants.filter(consultancies=review.consultancy_id))
    return _managers_of(review.organisation_id)


def readers_of_completion(assessment: Assessment) -> list[User]:
    """The users told that everyone has answered: every lead, or the consultants if there are none."""
    return _managers_of(assessment.organisation_id)


def readers_of_programme(programme: Programme) -> list[User]:
    """Whoever runs it; if they left, every lead, or the consultants if there are none."""
    return [programme.runner] if programme.runner else _managers_of(programme.organisation_id)


def readers_of_action(notice: ActionNotice) -> list[User]:
    """The owner if they want reminders; if they have left, whoever manages the organisation."""
    action = notice.action
    owner, organisation = action.owner_account, action.assessment.organisation_id
    here = owner is not None and owner.is_active and owner.memberships.filter(organisation=organisation).exists()
    if owner is None or not here:
        return _managers_of(organisation)
    return [owner] if owner.wants_action_reminders else []


def readers_of_replies(thread: Thread) -> list[User]:
    """Who asked, as long as they manage the organisation."""
    asker, client = thread.asked_by, thread.assessment.organisation_id
    if asker is None:
        return []
    leads = Membership.objects.leading(asker).filter(organisation=client).exists()
    return [asker] if leads or Engagement.objects.serving(asker).filter(organisation=client).exists() else []


def _managers_of(organisation: UUID) -> list[User]:
    leads = User.objects.filter(memberships__organisation=organisation, memberships__role=Membership.Role.LEAD)
    serving = Engagement.objects.running().filter(organisation=organisation).values("consultancy")
    return list(leads) or list(User.objects.filter(consultancies__in=serving).distinct())


def _account_of(participant: Participant) -> list[str]:
    return [participant.user.email] if participant.user is not None else []


def _readers_of_run(run: ProgrammeRun) -> list[str]:
    return [reader.email for reader in readers_of_programme(run.programme)]


RECIPIENTS: Mapping[str, Callable[[Any], Iterable[str]]] = {
    "invitation": lambda invitation: [invitation.email],
    "delegation": lambda delegation: [delegation.email],
    "confirmation": lambda confirmation: [confirmation.email],
    "shared_result": lambda link: [link.email],
    "reminder": lambda reminder: _account_of(reminder.participant),
    "last_call": lambda notice: _account_of(notice.participant),
    "reopening": lambda reopening: _account_of(reopening.submission.participant),
    "receipt": lambda submission: _account_of(submission.participant),
    "result_ready": _account_of,
    "questions_asked": lambda notice: _account_of(notice.participant),
    "questions_answered": lambda thread: [reader.email for reader in readers_of_replies(thread)],
    "all_answered": lambda assessment: [reader.email for reader in readers_of_completion(assessment)],
    "invitation_wanted": lambda invitation: [reader.email for reader in readers_of_request(invitation)],
    "delegation_wanted": lambda delegation: _account_of(delegation.submission.participant),
    "action_due": lambda notice: [reader.email for reader in readers_of_action(notice)],
    "name_review": lambda review: [reader.email for reader in readers_of_names(review)],
    "programme_soon": _readers_of_run,
    "programme_opened": _readers_of_run,
    "programme_waits": _readers_of_run,
    "programme_closed": _readers_of_run,
}

# Only the respondent may know that a pillar is delegated, or whether its e-mails arrive
PARTICIPANTS: Mapping[str, Callable[[Any], UUID | None]] = {
    "invitation": lambda invitation: invitation.participant_id,
    "confirmation": lambda confirmation: confirmation.submission.participant_id,
    "reminder": lambda reminder: reminder.participant_id,
    "last_call": lambda notice: notice.participant_id,
    "reopening": lambda reopening: reopening.submission.participant_id,
    "result_ready": lambda participant: participant.pk,
}

"""Access to one person's answers: for that person, a delegated colleague, or the interviewer who records them."""

import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments.models import Assessment, Delegation, KeptAnswers, OutgoingEmail, Pillar, Submission, User

from .assessments import participant_for
from .links import WITH_ASSESSMENT


def submission_for(user: User, pk: UUID) -> Submission:
    """The user's own submission in the assessment `pk`, created on first access if the assessment is open."""
    participant = participant_for(user, pk)
    if not hasattr(participant, "submission"):
        if not participant.assessment.is_open:
            raise Http404
        participant.submission, _created = Submission.objects.get_or_create(participant=participant)
    submission = participant.submission
    submission.participant = participant
    return submission


class PillarAccess(NamedTuple):
    """Access to a pillar's answers, for their respondent or through a delegation."""

    submission: Submission
    delegation: Delegation | None
    is_interview: bool = False  # for the interviewer who records the answers

    @property
    def pk(self) -> UUID:
        """The id in the URL: the assessment's for a respondent, the submission's for anyone else."""
        own = self.delegation is None and not self.is_interview
        return self.submission.participant.assessment_id if own else self.submission.pk

    @property
    def is_open(self) -> bool:
        """Whether the answers can still change."""
        return not self.submission.is_submitted and self.submission.participant.assessment.is_open

    @property
    def may_offer(self) -> bool:
        """Whether files can be offered for the organisation's register: nobody does so for someone else."""
        return not (self.submission.participant.assessment.is_named or self.delegation or self.is_interview)


def require_pillar(user: User, pk: UUID, key: str) -> PillarAccess:
    """Access to one pillar: `pk` is the assessment's id for a respondent, the submission's id for a colleague.

    Withdrawn delegations give no access.
    """
    return _require(user, pk, pillar__key=key)


def require_question(user: User, pk: UUID, key: str) -> PillarAccess:
    """The same by question key. Colleagues can access only questions of the pillar delegated to them."""
    return _require(user, pk, pillar__questions__key=key)


def require_answers(user: User, pk: UUID) -> PillarAccess:
    """Access to all answers of one person: by the assessment's id for that person, by the submission's id for their
    interviewer, as long as the assessment is open and the interviewer manages it."""
    try:
        return PillarAccess(submission_for(user, pk), None)
    except Http404:
        return PillarAccess(get_object_or_404(recorded_by(user), pk=pk), None, is_interview=True)


def recorded_by(user: User) -> QuerySet[Submission]:
    """Submissions that `user` records in interviews and can still change."""
    recorded = Submission.objects.filter(
        mode=Submission.Mode.INTERVIEW,
        recorded_by=user,
        participant__assessment__state=Assessment.State.OPEN,
        participant__assessment__in=Assessment.objects.managed_by(user),
    )
    assessment_of = "participant__assessment"
    return recorded.select_related(
        "participant__user", f"{assessment_of}__organisation", f"{assessment_of}__bank_version"
    )


def _require(user: User, pk: UUID, **where: str) -> PillarAccess:
    try:
        return require_answers(user, pk)
    except Http404:
        opened = Delegation.objects.accessible_to(user).filter(submission=pk, **where)
        delegation = get_object_or_404(opened.select_related("pillar", *WITH_ASSESSMENT))
        return PillarAccess(delegation.submission, delegation)


def delegations_of(submission: Submission) -> dict[str, Delegation]:
    """The active delegations of a submission by pillar key. One query."""
    live = Delegation.objects.live().filter(submission=submission).select_related("pillar")
    return {delegation.pillar.key: delegation for delegation in live}


def email_of(delegation: Delegation) -> OutgoingEmail | None:
    """The last e-mail with its link. Only the respondent may know of it. One query."""
    emails = OutgoingEmail.objects.filter(kind="delegation", about=str(delegation.pk))
    return emails.newest_first().defer("sealed").first()


def pillar_of(submission: Submission, key: str) -> Pillar | None:
    """A pillar of the submission's bank version, or None. One query."""
    return Pillar.objects.filter(version=submission.participant.assessment.bank_version_id, key=key).first()


def delegated_to(user: User) -> QuerySet[Delegation]:
    """Pillars delegated to `user` that can still be answered, newest first. One query.

    Annotates `answered` and `asked`, both counted in questions.
    """
    waiting = Delegation.objects.accessible_to(user).filter(
        submission__state=Submission.State.DRAFT, submission__participant__assessment__state=Assessment.State.OPEN
    )
    return waiting.with_progress().select_related("pillar", *WITH_ASSESSMENT).order_by("-used_at")


def kept_answers(user: User, submission: Submission) -> QuerySet[KeptAnswers]:
    """Pages the user sent after a session ended, waiting to be applied to this submission."""
    return KeptAnswers.objects.waiting_for(user).filter(submission=submission).order_by("kept_at")


def session_ends(session: SessionBase) -> datetime.datetime | None:
    """When the request's session ends; None without a session."""
    ends: datetime.datetime | None = getattr(session, "ends", None)
    return ends


def session_ends_for_good(session: SessionBase) -> bool:
    """Whether the end of the session can no longer be extended."""
    return bool(getattr(session, "is_final", False))

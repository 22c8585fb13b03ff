"""The participants as the assessment's manager may see them: how far each has come, never what they answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.models import Assessment, Invitation, OutgoingEmail, Participant, User
from assessments.sentences import gettext as _


@dataclass(frozen=True)
class Person:
    """One row of the list. `participant` is annotated with everything that `access.people_of` loads."""

    participant: Participant
    is_reader: bool
    assessment_is_open: bool
    questions: int

    @property
    def has_begun(self) -> bool:
        return hasattr(self.participant, "submission")

    @property
    def answered(self) -> int:
        """How many of the `questions` are answered, including *don't know* and *not applicable*."""
        answered: int = self.participant.answered  # type: ignore[attr-defined]
        return answered

    @property
    def has_submitted(self) -> bool:
        return self.has_begun and self.participant.submission.is_submitted

    @property
    def has_joined(self) -> bool:
        return self.participant.user_id is not None

    @property
    def invitation(self) -> Invitation | None:
        """The current invitation, or the one used; None for a person who joined without one."""
        asked: list[Invitation] = self.participant.asked  # type: ignore[attr-defined]
        return asked[0] if asked else None

    @property
    def has_left(self) -> bool:
        """Whether the person joined and has since deleted their account."""
        return not self.has_joined and (self.invitation is None or self.invitation.used_at is not None)

    @property
    def asks_for_new(self) -> bool:
        """Whether the person followed a link that no longer works and asked for a new one."""
        return self.invitation is not None and self.invitation.is_pending and self.invitation.requested_at is not None

    @property
    def was_reminded(self) -> bool:
        """Whether a reminder was created today, sent or not: the limit is one per day."""
        return bool(self.participant.reminded)  # type: ignore[attr-defined]

    @property
    def email(self) -> OutgoingEmail | None:
        """The latest e-mail to this person about this assessment."""
        posted: list[OutgoingEmail] = self.participant.posted  # type: ignore[attr-defined]
        return posted[0] if posted else None

    @property
    def waits_for_email(self) -> bool:
        """Whether their latest e-mail is late but still queued for sending."""
        return self.email is not None and self.email.is_late

    @property
    def is_out_of_reach(self) -> bool:
        """Whether their latest e-mail was given up, or an invitation was never sent and is not being retried."""
        if self.email is not None:
            return self.email.is_dead
        unsent = self.invitation is not None and self.invitation.is_pending and self.invitation.sent_at is None
        return unsent and not self.has_joined

    @property
    def address(self) -> str:
        if self.participant.user is not None:
            return self.participant.user.email
        return "" if self.invitation is None else self.invitation.email

    @property
    def name(self) -> str:
        return self.participant.name or self.address or str(self.participant)

    @property
    def recorded_by(self) -> str | None:
        """Who answers for this person in an interview."""
        if not self.has_begun or not self.participant.submission.is_interview:
            return None
        return str(self.participant.submission.recorded_by or _("someone whose account was deleted"))

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the answers were submitted in an interview and the person has not confirmed them."""
        interviewed = self.has_submitted and self.participant.submission.is_interview
        return interviewed and self.participant.submission.confirmed_at is None

    @property
    def may_be_interviewed(self) -> bool:
        """Whether the person has not started, or an interviewer has, who alone can continue."""
        if not self.assessment_is_open or self.is_reader or self.has_left or self.has_submitted:
            return False
        return not self.has_begun or self.recorded_by is not None

    @property
    def may_be_invited_again(self) -> bool:
        return self.assessment_is_open and not self.has_joined and not self.has_left and not self.has_submitted

    @property
    def may_be_removed(self) -> bool:
        """Whether the person can be removed: not once an interview has started, because its answers would go too."""
        return self.may_be_invited_again and not self.has_begun

    @property
    def may_be_reminded(self) -> bool:
        if self.is_reader or self.has_left or self.has_submitted or self.was_reminded:
            return False
        return self.assessment_is_open

    @property
    def may_be_corrected(self) -> bool:
        return self.assessment_is_open and not self.has_left

    @property
    def may_be_reopened(self) -> bool:
        return self.assessment_is_open and self.has_submitted


@dataclass(frozen=True)
class ParticipantList:
    """All participants of an assessment."""

    all: tuple[Person, ...]

    @property
    def invited(self) -> int:
        return len(self.all)

    @property
    def submitted(self) -> int:
        return sum(person.has_submitted for person in self.all)

    @property
    def drafts(self) -> int:
        """How many are in progress, that is started but not submitted."""
        return sum(person.has_begun for person in self.all) - self.submitted

    @property
    def unseen(self) -> int:
        """How many have not started."""
        return self.invited - self.submitted - self.drafts

    @property
    def has_reader(self) -> bool:
        """Whether the manager takes part too."""
        return any(person.is_reader for person in self.all)

    @property
    def has_buttons(self) -> bool:
        """Whether the manager can act on anyone; interviews can be confirmed even after closing."""
        return any(person.assessment_is_open or person.is_unconfirmed for person in self.all)

    @property
    def waiting(self) -> int:
        """How many people a reminder would reach."""
        return sum(person.may_be_reminded for person in self.all)


def people_in(assessment: Assessment, participants: Iterable[Participant], reader: User) -> ParticipantList:
    """The participants of an assessment as its manager `reader` sees them. One query, plus those of `participants`."""
    central = list(assessment.questions_asked().values_list("central", flat=True))
    everything = len(central)
    locally = everything - sum(central) or everything
    return ParticipantList(
        tuple(
            Person(
                participant,
                participant.user_id == reader.pk,
                assessment.is_open,
                locally if assessment.unit_kind and participant.unit_id else everything,
            )
            for participant in participants
        )
    )

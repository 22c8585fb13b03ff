"""Who takes part in an assessment, as the person who runs it may know them: how far each has come, never what they answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import Assessment, Invitation, OutgoingEmail, Participant, Question, User


@dataclass(frozen=True)
class Person:
    """One line of the list. `participant` comes with all that `access.people_of` reads."""

    participant: Participant
    is_reader: bool
    assessment_is_open: bool
    questions: int

    @property
    def has_begun(self) -> bool:
        return hasattr(self.participant, "submission")

    @property
    def answered(self) -> int:
        """How many of the `questions`, *don't know* and *not applicable* included."""
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
        """The current one, or the one used; None for a person who joined without."""
        asked: list[Invitation] = self.participant.asked  # type: ignore[attr-defined]
        return asked[0] if asked else None

    @property
    def has_left(self) -> bool:
        """Had joined, and has deleted their account since."""
        return not self.has_joined and (self.invitation is None or self.invitation.used_at is not None)

    @property
    def asks_for_new(self) -> bool:
        """Has followed a link that no longer works, and wants another."""
        return self.invitation is not None and self.invitation.is_standing and self.invitation.requested_at is not None

    @property
    def was_reminded(self) -> bool:
        """Today, whether or not the e-mail has been sent yet: there is one per day."""
        return bool(self.participant.reminded)  # type: ignore[attr-defined]

    @property
    def email(self) -> OutgoingEmail | None:
        """The last one to this person about this assessment."""
        posted: list[OutgoingEmail] = self.participant.posted  # type: ignore[attr-defined]
        return posted[0] if posted else None

    @property
    def waits_for_email(self) -> bool:
        """No mail server has taken their last e-mail yet, and we go on trying."""
        return self.email is not None and self.email.is_late

    @property
    def is_out_of_reach(self) -> bool:
        """Their last e-mail was given up; or an invitation was never sent, and no one tries any longer."""
        if self.email is not None:
            return self.email.is_dead
        unsent = self.invitation is not None and self.invitation.is_standing and self.invitation.sent_at is None
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
        """Who answers for this one in an interview."""
        if not self.has_begun or not self.participant.submission.is_interview:
            return None
        return str(self.participant.submission.recorded_by or _("someone whose account was deleted"))

    @property
    def is_unconfirmed(self) -> bool:
        """Submitted in an interview, and not confirmed by the person."""
        interviewed = self.has_submitted and self.participant.submission.is_interview
        return interviewed and self.participant.submission.confirmed_at is None

    @property
    def may_be_interviewed(self) -> bool:
        """Not yet started; or started by an interviewer, who alone can go on."""
        if not self.assessment_is_open or self.is_reader or self.has_left or self.has_submitted:
            return False
        return not self.has_begun or self.recorded_by is not None

    @property
    def may_be_invited_again(self) -> bool:
        return self.assessment_is_open and not self.has_joined and not self.has_left and not self.has_submitted

    @property
    def may_be_taken_off(self) -> bool:
        """What was recorded in an interview would go too."""
        return self.may_be_invited_again and not self.has_begun

    @property
    def may_be_reminded(self) -> bool:
        if self.is_reader or self.has_left or self.has_submitted or self.was_reminded:
            return False
        return self.assessment_is_open

    @property
    def may_be_reopened(self) -> bool:
        return self.assessment_is_open and self.has_submitted


@dataclass(frozen=True)
class ParticipantList:
    """Everybody of an assessment."""

    all: tuple[Person, ...]

    @property
    def invited(self) -> int:
        return len(self.all)

    @property
    def submitted(self) -> int:
        return sum(person.has_submitted for person in self.all)

    @property
    def drafts(self) -> int:
        """In progress: not submitted."""
        return sum(person.has_begun for person in self.all) - self.submitted

    @property
    def unseen(self) -> int:
        """Not yet started."""
        return self.invited - self.submitted - self.drafts

    @property
    def has_buttons(self) -> bool:
        """Whether the person who runs the assessment can do something about someone; an interview is confirmed after closing too."""
        return any(person.assessment_is_open or person.is_unconfirmed for person in self.all)

    @property
    def waiting(self) -> int:
        """How many a reminder would reach."""
        return sum(person.may_be_reminded for person in self.all)


def people_in(assessment: Assessment, participants: Iterable[Participant], reader: User) -> ParticipantList:
    """The list of an assessment as `reader`, who runs it, sees it. One query more than `participants` take."""
    questions = Question.objects.filter(pillar__version=assessment.bank_version_id).count()
    return ParticipantList(
        tuple(
            Person(participant, participant.user_id == reader.pk, assessment.is_open, questions)
            for participant in participants
        )
    )

"""Rounds: who knows of one, who runs it, who takes part, and who sees its result."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from assessments.models import (
    Answer,
    Assessment,
    Engagement,
    Invitation,
    Membership,
    Organisation,
    OutgoingEmail,
    Participant,
    Reminder,
    Submission,
    User,
)
from assessments.models.counting import number_of


def signed_in(user: object) -> User:
    """The person behind a request that is known to be signed in."""
    if not isinstance(user, User):
        raise Http404
    return user


class RoundDoor(NamedTuple):
    """A round, opened to who runs it or takes part in it."""

    assessment: Assessment
    runs: bool


def round_door(user: User, pk: UUID) -> RoundDoor:
    """A round that `user` takes part in or runs.

    Two to four queries of a row each: the one of `visible_to` takes longer to write than these to be answered.
    """
    found = get_object_or_404(Assessment.objects.present().select_related("organisation", "bank_version"), pk=pk)
    run = runs(user, found)
    if not (run or _parts_of(user).filter(assessment=pk).exists()):
        raise Http404
    return RoundDoor(found, run)


def run_assessment_for(user: User, pk: UUID) -> Assessment:
    """A round that `user` runs, as a lead or a consultant."""
    run = Assessment.objects.run_by(user).select_related("organisation", "bank_version")
    return get_object_or_404(run, pk=pk)


def closed_round_for(user: User, pk: UUID) -> Assessment:
    """A round with a result that `user` runs."""
    run = Assessment.objects.run_by(user).closed().select_related("organisation", "bank_version")
    return get_object_or_404(run, pk=pk)


def participant_for(user: User, pk: UUID) -> Participant:
    """The user's own part in the round `pk`, once it is open."""
    taken = _parts_of(user).select_related("assessment__bank_version", "submission")
    return get_object_or_404(taken, assessment=pk)


def _parts_of(user: User) -> QuerySet[Participant]:
    """The user's part in every round they were asked into: once it is open, of organisations that nobody has deleted."""
    present = Participant.objects.filter(user=user, assessment__organisation__deleted_at=None)
    return present.exclude(assessment__state=Assessment.State.DRAFT)


def result_door(user: User, pk: UUID) -> RoundDoor:
    """A closed round for who runs it, a released round for who took part."""
    door = round_door(user, pk)
    if not (door.assessment.state == Assessment.State.RELEASED or (door.assessment.has_result and door.runs)):
        raise Http404
    return door


def sees_result(user: User, assessment: Assessment) -> bool:
    """Whether `user` may see the result of this round."""
    try:
        result_door(user, assessment.pk)
    except Http404:
        return False
    return True


def runs(user: User, assessment: Assessment) -> bool:
    """Whether `user` runs this round, as a lead or a consultant. One query for a lead, two for anybody else."""
    client = {"organisation": assessment.organisation_id, "organisation__deleted_at": None}
    led = Membership.objects.leading(user).filter(**client)
    return led.exists() or Engagement.objects.serving(user).filter(**client).exists()


def taken_rounds(user: User) -> QuerySet[Participant]:
    """The user's part in every round they were asked into, newest first."""
    return _parts_of(user).select_related("assessment__organisation", "submission").order_by("-assessment__created_at")


def run_rounds(user: User) -> QuerySet[Assessment]:
    """Every round the user runs, newest first, with `invited` and `submitted` counted in people."""
    return Assessment.objects.run_by(user).select_related("organisation").with_progress().newest_first()


def people_of(assessment: Assessment) -> QuerySet[Participant]:
    """Who takes part, with how far each has come and how they were asked; never what anybody answered.

    Adds `asked`, the invitations that stand or were used (at most one stands), `reminded`, whether they are today, `posted`,
    their e-mails from the last on, and `answered`, the number of questions.
    """
    asked = Invitation.objects.filter(revoked_at=None).newest_first()
    reminded = Exists(Reminder.objects.filter(participant=OuterRef("pk"), day=timezone.localdate()))
    people = assessment.participants.select_related("submission__recorded_by", "user").order_by(
        "function", "name", "pk"
    )
    given = Answer.objects.given().filter(submission__participant=OuterRef("pk"))
    people = people.annotate(answered=number_of(given, "submission__participant"), reminded=reminded)
    return people.prefetch_related(
        Prefetch("invitations", asked, to_attr="asked"),
        Prefetch("emails", OutgoingEmail.objects.newest_first().defer("sealed"), to_attr="posted"),
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


def rounds_in(organisation: Organisation) -> int:
    """How many rounds an organisation has. One query."""
    return organisation.assessments.count()

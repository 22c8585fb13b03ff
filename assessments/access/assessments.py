"""Assessments: who knows of one, who runs it, who takes part, and who sees its result."""

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


def require_user(user: object) -> User:
    """The signed-in user of a request; 404 for anyone else."""
    if not isinstance(user, User):
        raise Http404
    return user


class AssessmentAccess(NamedTuple):
    """An assessment, opened to who runs it or takes part in it."""

    assessment: Assessment
    runs: bool


def require_assessment(user: User, pk: UUID) -> AssessmentAccess:
    """An assessment that `user` takes part in or runs.

    Two to four queries of one row each: Django takes longer to build the single query of `visible_to` than the
    database takes to answer these.
    """
    assessment = get_object_or_404(Assessment.objects.present().select_related("organisation", "bank_version"), pk=pk)
    run = runs(user, assessment)
    if not (run or _parts_of(user).filter(assessment=pk).exists()):
        raise Http404
    return AssessmentAccess(assessment, run)


def managed_assessment_for(user: User, pk: UUID) -> Assessment:
    """An assessment that `user` runs, as a lead or a consultant."""
    run = Assessment.objects.run_by(user).select_related("organisation", "bank_version")
    return get_object_or_404(run, pk=pk)


def closed_assessment_for(user: User, pk: UUID) -> Assessment:
    """An assessment with a result that `user` runs."""
    run = Assessment.objects.run_by(user).closed().select_related("organisation", "bank_version")
    return get_object_or_404(run, pk=pk)


def participant_for(user: User, pk: UUID) -> Participant:
    """The user's own part in the assessment `pk`, once it is open."""
    parts = _parts_of(user).select_related("assessment__bank_version", "submission")
    return get_object_or_404(parts, assessment=pk)


def _parts_of(user: User) -> QuerySet[Participant]:
    """The user's part in every assessment they were asked into: once it is open, of organisations that nobody has deleted."""
    present = Participant.objects.filter(user=user, assessment__organisation__deleted_at=None)
    return present.exclude(assessment__state=Assessment.State.DRAFT)


def require_result(user: User, pk: UUID) -> AssessmentAccess:
    """A closed assessment for who runs it, a released assessment for who took part."""
    grant = require_assessment(user, pk)
    if not (grant.assessment.state == Assessment.State.RELEASED or (grant.assessment.has_result and grant.runs)):
        raise Http404
    return grant


def sees_result(user: User, assessment: Assessment) -> bool:
    """Whether `user` may see the result of this assessment."""
    try:
        require_result(user, assessment.pk)
    except Http404:
        return False
    return True


def runs(user: User, assessment: Assessment) -> bool:
    """Whether `user` runs this assessment, as a lead or a consultant. One query for a lead, two for anyone else."""
    client = {"organisation": assessment.organisation_id, "organisation__deleted_at": None}
    led = Membership.objects.leading(user).filter(**client)
    return led.exists() or Engagement.objects.serving(user).filter(**client).exists()


def participations_of(user: User) -> QuerySet[Participant]:
    """The user's part in every assessment they were asked into, newest first."""
    return _parts_of(user).select_related("assessment__organisation", "submission").order_by("-assessment__created_at")


def managed_assessments(user: User) -> QuerySet[Assessment]:
    """Every assessment the user runs, newest first, with `invited` and `submitted` counted in people."""
    return Assessment.objects.run_by(user).select_related("organisation").with_progress().newest_first()


def people_of(assessment: Assessment) -> QuerySet[Participant]:
    """Who takes part, with how far each has come and how they were asked; never what anyone answered.

    Adds `asked`, the invitations that are open or were used (at most one is open), `reminded`, whether a reminder was
    sent today, `posted`, their e-mails, newest first, and `answered`, the number of questions answered.
    """
    invited = Invitation.objects.filter(revoked_at=None).newest_first()
    reminded = Exists(Reminder.objects.filter(participant=OuterRef("pk"), day=timezone.localdate()))
    people = assessment.participants.select_related("submission__recorded_by", "user").order_by(
        "function", "name", "pk"
    )
    answers = Answer.objects.given().filter(submission__participant=OuterRef("pk"))
    people = people.annotate(answered=number_of(answers, "submission__participant"), reminded=reminded)
    return people.prefetch_related(
        Prefetch("invitations", invited, to_attr="asked"),
        Prefetch("emails", OutgoingEmail.objects.newest_first().defer("sealed"), to_attr="posted"),
    )


def person_of(assessment: Assessment, pk: UUID) -> Participant:
    """One participant of an assessment that has been opened already."""
    return get_object_or_404(assessment.participants.select_related("submission", "user"), pk=pk)


class AssessmentProgress(NamedTuple):
    """How many people of an assessment have submitted, and how many were asked."""

    submitted: int
    invited: int


def progress_of_assessment(assessment: Assessment) -> AssessmentProgress:
    """Count who has submitted and who was invited. Two queries."""
    people = assessment.participants
    return AssessmentProgress(people.filter(submission__in=Submission.objects.submitted()).count(), people.count())


def assessments_in(organisation: Organisation) -> int:
    """How many assessments an organisation has. One query."""
    return organisation.assessments.count()

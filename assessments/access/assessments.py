"""Access to assessments: who may know of one, manage it, take part in it or see its result."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

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
    RoadmapAction,
    Submission,
    Unit,
    User,
)
from assessments.models.clock import today
from assessments.models.counting import number_of


def require_user(user: object) -> User:
    """The signed-in user of a request. Raises Http404 for anyone else."""
    if not isinstance(user, User):
        raise Http404
    return user


class AssessmentAccess(NamedTuple):
    """An assessment, for a user who manages it or takes part in it."""

    assessment: Assessment
    runs: bool


def require_assessment(user: User, pk: UUID) -> AssessmentAccess:
    """An assessment that `user` takes part in or manages.

    Two to four queries of one row each, which are faster than building Django's single query for `visible_to`.
    """
    assessment = get_object_or_404(Assessment.objects.present().select_related("organisation", "bank_version"), pk=pk)
    run = runs(user, assessment)
    if not (run or _parts_of(user).filter(assessment=pk).exists()):
        raise Http404
    return AssessmentAccess(assessment, run)


def managed_assessment_for(user: User, pk: UUID, *, pulses: bool = True) -> Assessment:
    """An assessment that `user` manages, as a lead or a consultant; without `pulses` only a full one.

    Adds `has_units`: whether its organisation has units or AI systems.
    """
    run = Assessment.objects.managed_by(user).select_related("organisation", "bank_version")
    run = run.annotate(has_units=Exists(Unit.objects.active().filter(organisation=OuterRef("organisation"))))
    return get_object_or_404(run if pulses else run.full(), pk=pk)


def closed_assessment_for(user: User, pk: UUID, *, pulses: bool = False) -> Assessment:
    """An assessment with a result that `user` manages; only with `pulses` also a pulse, which has no score or level."""
    run = Assessment.objects.managed_by(user).closed().select_related("organisation", "bank_version")
    return get_object_or_404(run if pulses else run.full(), pk=pk)


def participant_for(user: User, pk: UUID) -> Participant:
    """The user's own participation in the assessment `pk`, once it is open."""
    parts = _parts_of(user).select_related("assessment__bank_version", "submission")
    return get_object_or_404(parts, assessment=pk)


def _parts_of(user: User) -> QuerySet[Participant]:
    """The user's participations in assessments that are not drafts, excluding deleted organisations."""
    present = Participant.objects.filter(user=user, assessment__organisation__deleted_at=None)
    return present.exclude(assessment__state=Assessment.State.DRAFT)


def require_result(user: User, pk: UUID) -> AssessmentAccess:
    """A closed assessment for its managers; a released one for participants who submitted, or for all of them."""
    grant = require_assessment(user, pk)
    if not shows_result(user, grant):
        raise Http404
    return grant


def require_roadmap(user: User, pk: UUID) -> AssessmentAccess:
    """The roadmap of a result for whoever sees the result, and for people of the organisation who own an action of it."""
    if not sees_result_of(user, pk):
        here = Membership.objects.filter(user=user).values("organisation")
        owned = Assessment.objects.present().closed().filter(roadmap__owner_account=user, organisation__in=here)
        return AssessmentAccess(get_object_or_404(owned.select_related("organisation").distinct(), pk=pk), runs=False)
    return require_result(user, pk)


def own_action_for(user: User, pk: UUID, action: UUID) -> RoadmapAction:
    """An action of a closed assessment that the user owns as a person of its organisation."""
    here = Membership.objects.filter(user=user).values("organisation")
    closed = Assessment.objects.present().closed().filter(pk=pk, organisation__in=here)
    rows = RoadmapAction.objects.select_related("assessment__organisation")
    return get_object_or_404(rows, pk=action, owner_account=user, assessment__in=closed)


def shows_result(user: User, grant: AssessmentAccess) -> bool:
    """Whether the result is there and shown to `user`: one query for a participant, none for a manager."""
    assessment, run = grant
    if run or assessment.state != Assessment.State.RELEASED:
        return run and assessment.has_result
    participant = _parts_of(user).select_related("assessment", "submission").filter(assessment=assessment).first()
    return participant is not None and participant.sees_result


def sees_result(user: User, assessment: Assessment) -> bool:
    """Whether `user` may see the result of this assessment."""
    return sees_result_of(user, assessment.pk)


def sees_result_of(user: User, pk: UUID) -> bool:
    """The same, by the assessment's id."""
    try:
        require_result(user, pk)
    except Http404:
        return False
    return True


def may_see_results(user: User, assessment: Assessment) -> Callable[[Assessment], bool]:
    """Whether `user` may see the results of assessments of the same organisation. Two or three queries in all."""
    if runs(user, assessment):
        return lambda other: other.has_result
    own = _parts_of(user).filter(assessment__organisation=assessment.organisation_id)
    parts = own.select_related("assessment", "submission")
    seen = {participant.assessment_id for participant in parts if participant.sees_result}
    return lambda other: other.pk in seen


def runs(user: User, assessment: Assessment) -> bool:
    """Whether `user` manages this assessment, as a lead or a consultant. One query for a lead, two for anyone else."""
    client = {"organisation": assessment.organisation_id, "organisation__deleted_at": None}
    led = Membership.objects.leading(user).filter(**client)
    return led.exists() or Engagement.objects.serving(user).filter(**client).exists()


def participations_of(user: User) -> QuerySet[Participant]:
    """The user's participations in assessments that are not drafts, newest first."""
    return _parts_of(user).select_related("assessment__organisation", "submission").order_by("-assessment__created_at")


def managed_assessments(user: User) -> QuerySet[Assessment]:
    """Every assessment the user manages, newest first, with `invited` and `submitted` counted in people."""
    return Assessment.objects.managed_by(user).select_related("organisation").with_progress().newest_first()


def people_of(assessment: Assessment) -> QuerySet[Participant]:
    """Participants with their progress and invitations, but never their answers.

    Adds `asked`, the open or used invitations (at most one is open), `reminded`, whether a reminder was sent today,
    `posted`, their e-mails, newest first, and `answered`, the number of questions answered.
    """
    invited = Invitation.objects.filter(revoked_at=None).newest_first()
    reminded = Exists(Reminder.objects.filter(participant=OuterRef("pk"), day=today()))
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
    """A participant of an assessment to which access has already been checked."""
    return get_object_or_404(assessment.participants.select_related("submission", "user"), pk=pk)


class AssessmentProgress(NamedTuple):
    """The number of people who submitted, and of people invited."""

    submitted: int
    invited: int


def progress_of_assessment(assessment: Assessment) -> AssessmentProgress:
    """Count the people who submitted and who were invited. Two queries."""
    people = assessment.participants
    return AssessmentProgress(people.filter(submission__in=Submission.objects.submitted()).count(), people.count())


def is_release_undelivered(assessment: Assessment) -> bool:
    """Whether somebody who sees the released result could not be told by e-mail. One query."""
    emails = OutgoingEmail.objects.filter(kind="result_ready", participant__assessment=assessment)
    return emails.filter(state=OutgoingEmail.State.DEAD).exists()


def assessments_in(organisation: Organisation) -> int:
    """The number of the organisation's assessments. One query."""
    return organisation.assessments.count()

"""Who may open which door. Each function gives the row or raises Http404: an outsider learns nothing,
not even that a thing exists."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from .models import (
    Assessment,
    BankVersion,
    Organisation,
    Participant,
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
    taken = Participant.objects.filter(assessment__in=Assessment.objects.taken_by(user), user=user, assessment=pk)
    participant = get_object_or_404(
        taken.select_related("assessment__organisation", "assessment__bank_version", "submission")
    )
    if not hasattr(participant, "submission"):
        if not participant.assessment.is_open:
            raise Http404
        participant.submission, _created = Submission.objects.get_or_create(participant=participant)
    submission = participant.submission
    submission.participant = participant
    return submission


def result_for(user: User, pk: UUID) -> Assessment:
    """A closed round for who runs it, a released round for who took part."""
    assessment = assessment_for(user, pk)
    released = assessment.state == Assessment.State.RELEASED
    if not (released or (assessment.has_result and runs(user, assessment))):
        raise Http404
    return assessment


def runs(user: User, assessment: Assessment) -> bool:
    """Whether `user` runs this round, as a lead or a consultant."""
    return Assessment.objects.run_by(user).filter(pk=assessment.pk).exists()


def organisations_run_by(user: User) -> QuerySet[Organisation]:
    """Organisations for which `user` may start rounds."""
    return Organisation.objects.run_by(user)


def taken_rounds(user: User) -> QuerySet[Participant]:
    """The user's part in every round they were asked into, newest first."""
    parts = Participant.objects.filter(user=user).exclude(assessment__state=Assessment.State.DRAFT)
    return parts.select_related("assessment__organisation", "submission").order_by("-assessment__created_at")


def run_rounds(user: User) -> QuerySet[Assessment]:
    """Every round the user runs, newest first, with `invited` and `submitted` counted in people."""
    return Assessment.objects.run_by(user).select_related("organisation").with_progress().newest_first()


def people_of(assessment: Assessment) -> QuerySet[Participant]:
    """Who takes part, with how far each has come; never what anybody answered."""
    return assessment.participants.select_related("submission", "user").order_by("function", "name", "pk")


def current_bank_version() -> BankVersion | None:
    """The version that new rounds use: the one published last."""
    return BankVersion.objects.published().newest_first().select_related("bank").first()

"""Access to workshops, for managers and participants of an assessment, and for guests by the cookie of their device."""

from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from assessments.models import Assessment, Guest, User, Vote, with_voters
from assessments.models.assessment import AssessmentQuerySet
from assessments.models.counting import number_of

GUEST_COOKIE = f"{settings.COOKIES}workshop"
GUEST_LASTS = 24 * 60 * 60  # seconds


class WorkshopState(NamedTuple):
    """The state of a workshop: `turn` changes when screens must update, None if none is running; counted in people."""

    turn: int | None
    votes: int
    people: int


def workshop_now(user: User, pk: UUID) -> WorkshopState:
    """The state, for managers and participants. One query: everyone in the room polls it every two seconds."""
    return _state_of(Assessment.objects.visible_to(user).filter(pk=pk))


def workshop_now_for(guest: Guest) -> WorkshopState:
    """The state, for a guest. One query."""
    return _state_of(Assessment.objects.present().filter(workshop__guests=guest))


def _state_of(assessments: AssessmentQuerySet) -> WorkshopState:
    votes = number_of(Vote.objects.filter(asking=OuterRef("workshop__current")), "asking")
    rows = with_voters(assessments).annotate(votes=votes)
    row = rows.values_list("workshop__turn", "workshop__ended_at", "votes", "voters").first()
    if row is None:
        raise Http404
    turn, ended_at, votes, people = row
    return WorkshopState(None if ended_at is not None else turn, votes, people)


def running_workshops(user: User) -> QuerySet[Assessment]:
    """Assessments that `user` takes part in with a running workshop, the most recently started first."""
    running = Assessment.objects.taken_by(user).filter(workshop__isnull=False, workshop__ended_at=None)
    return running.select_related("organisation", "workshop").order_by("-workshop__started_at")


def guest_on(request: HttpRequest) -> Guest | None:
    """The guest of a running workshop whose signed cookie the device sent. One query at most."""
    pk = request.get_signed_cookie(GUEST_COOKIE, default=None, salt=GUEST_COOKIE, max_age=GUEST_LASTS)
    guests = Guest.objects.filter(workshop__ended_at=None, workshop__assessment__organisation__deleted_at=None)
    return guests.select_related("workshop__assessment__bank_version").filter(pk=pk).first() if pk else None


def admit(response: HttpResponse, guest: Guest) -> HttpResponse:
    """Give the device the cookie of a guest; it is worth nothing once the workshop has ended."""
    response.set_signed_cookie(
        GUEST_COOKIE,
        str(guest.pk),
        salt=GUEST_COOKIE,
        max_age=GUEST_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def guests_of(assessment: Assessment) -> list[Guest]:
    """The guests of an assessment's workshop, by name. One query."""
    return list(Guest.objects.filter(workshop=assessment.pk).order_by("name", "pk"))


def guest_in(assessment: Assessment, pk: UUID) -> Guest | None:
    """One guest of an assessment's workshop, None if they are gone. One query."""
    return Guest.objects.filter(workshop=assessment.pk, pk=pk).first()

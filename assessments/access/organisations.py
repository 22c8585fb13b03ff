"""Organisations that someone runs or leads, and the versions that their assessments may use."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from assessments.models import BankVersion, Membership, NameReview, Organisation, User


def organisations_run_by(user: User) -> QuerySet[Organisation]:
    """Organisations for which `user` may start assessments."""
    return Organisation.objects.run_by(user)


def usual_time_zone(user: User) -> str:
    """That of the client of `user` that came last; UTC before the first."""
    zones = organisations_run_by(user).order_by("-created_at", "pk").values_list("time_zone", flat=True)
    return zones.first() or "UTC"


def led_organisations(user: User) -> QuerySet[Organisation]:
    """Organisations that `user` leads: a consultant runs assessments, and does not decide whether a client stays."""
    led = Membership.objects.filter(user=user, role=Membership.Role.LEAD).values("organisation")
    return Organisation.objects.present().filter(pk__in=led).order_by("name", "pk")


def led_organisation_for(user: User, pk: UUID) -> Organisation:
    """One that `user` leads."""
    return get_object_or_404(led_organisations(user), pk=pk)


def deleted_organisations(user: User) -> QuerySet[Organisation]:
    """Organisations that `user` leads and can still bring back."""
    return Organisation.objects.deleted_by(user).order_by("name", "pk")


def deleted_organisation_for(user: User, pk: UUID) -> Organisation:
    """One that `user` can still bring back."""
    return get_object_or_404(deleted_organisations(user), pk=pk)


def name_reviews(user: User) -> QuerySet[NameReview]:
    """Lists of places with the name of someone erased, which `user` may look at."""
    return NameReview.objects.open_to(user).select_related("organisation", "consultancy")


def name_review_for(user: User, pk: UUID) -> NameReview:
    """One of them."""
    return get_object_or_404(name_reviews(user), pk=pk)


def current_bank_version() -> BankVersion | None:
    """The version that new assessments use: the one published last."""
    return BankVersion.objects.published().newest_first().select_related("bank").first()


def published_versions() -> QuerySet[BankVersion]:
    """The versions that a new assessment may use, the one published last first."""
    return BankVersion.objects.published().newest_first().select_related("bank")

"""Organisations that a user manages or leads, and the bank versions that their assessments can use."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from assessments.models import Assessment, BankVersion, Membership, NameReview, Organisation, User


def organisations_managed_by(user: User) -> QuerySet[Organisation]:
    """Organisations for which `user` can start assessments."""
    return Organisation.objects.managed_by(user)


def usual_time_zone(user: User) -> str:
    """The time zone of the user's newest client; UTC if they have none."""
    zones = organisations_managed_by(user).order_by("-created_at", "pk").values_list("time_zone", flat=True)
    return zones.first() or "UTC"


def usual_bank(user: User, versions: Iterable[BankVersion]) -> BankVersion:
    """Of `versions`, newest first, that of the bank the user's newest assessment has, else of the longest offered one."""
    used = Assessment.objects.filter(organisation__in=organisations_managed_by(user)).order_by("-created_at", "pk")
    last = used.values_list("bank_version__bank", flat=True).first()
    oldest = min(versions, key=lambda version: (version.published_at, version.pk)).bank_id
    return next(each for bank in (last, oldest) for each in versions if each.bank_id == bank)


def led_organisations(user: User) -> QuerySet[Organisation]:
    """Organisations that `user` leads. Consultants are excluded: they manage assessments but cannot delete a client."""
    led = Membership.objects.filter(user=user, role=Membership.Role.LEAD).values("organisation")
    return Organisation.objects.present().filter(pk__in=led).order_by("name", "pk")


def led_organisation_for(user: User, pk: UUID) -> Organisation:
    """An organisation that `user` leads."""
    return get_object_or_404(led_organisations(user), pk=pk)


def deleted_organisations(user: User) -> QuerySet[Organisation]:
    """Deleted organisations that `user` leads and can still restore."""
    return Organisation.objects.deleted_by(user).order_by("name", "pk")


def deleted_organisation_for(user: User, pk: UUID) -> Organisation:
    """A deleted organisation that `user` can still restore."""
    return get_object_or_404(deleted_organisations(user), pk=pk)


def name_reviews(user: User) -> QuerySet[NameReview]:
    """Reviews of erased people's names that `user` may do."""
    return NameReview.objects.open_to(user).select_related("organisation", "consultancy")


def name_review_for(user: User, pk: UUID) -> NameReview:
    """A name review that `user` may do."""
    return get_object_or_404(name_reviews(user), pk=pk)


def is_name_used(organisation: Organisation, name: str) -> bool | None:
    """Whether an assessment of that name is in use; None if the organisation has none of that name.

    One that a first click on *Continue* has just created is not in use yet: nobody is on its list or has begun.
    """
    named = organisation.assessments.filter(name__iexact=name)
    state = Assessment.State
    fresh = Q(state=state.DRAFT, participants=None)
    fresh |= Q(state=state.OPEN, for_one=True, participants__submission=None)
    return named.exclude(pk__in=named.filter(fresh).values("pk")).exists() or (False if named.exists() else None)


def current_bank_version() -> BankVersion | None:
    """The most recently published version, which new assessments use."""
    return BankVersion.objects.published().newest_first().select_related("bank").first()


def published_versions() -> QuerySet[BankVersion]:
    """The versions that a new assessment can use, most recently published first, and last those that have a newer one.

    Adds `has_newer`: whether a version of the same bank was published later.
    """
    newer = BankVersion.objects.published().filter(bank=OuterRef("bank"), published_at__gt=OuterRef("published_at"))
    versions = BankVersion.objects.published().annotate(has_newer=Exists(newer)).select_related("bank")
    return versions.order_by("has_newer", "-published_at", "-pk")

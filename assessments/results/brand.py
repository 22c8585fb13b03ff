"""In whose name a result is delivered: the consultancy that served the client, and the logos of both."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from assessments.models import Assessment, Engagement, Logo


@dataclass(frozen=True)
class Mark:
    """A logo as a file holds it: a PNG, its size in pixels, and what is read out in its place."""

    png: bytes
    width: int
    height: int
    alt: str
    checksum: str


@dataclass(frozen=True)
class Brand:
    """A consultancy as its reports show it. `accent` is `#RRGGBB` or absent."""

    name: str
    accent: str | None = None
    imprint: str = ""
    disclaimer: str = ""
    logo: Mark | None = None


class Logos(NamedTuple):
    """Of the client, and of the consultancy that serves it. Without their pictures where only their place is wanted."""

    client: Logo | None
    consultancy: Logo | None


def brand_of(assessment: Assessment) -> Brand | None:
    """None where no consultancy serves the client. Two queries."""
    engagement = _engagements(assessment).select_related("consultancy").first()
    if engagement is None:
        return None
    firm = engagement.consultancy
    logo = Logo.objects.filter(consultancy=firm).select_related("consultancy").first()
    return Brand(firm.name, firm.accent or None, firm.imprint, firm.disclaimer, _mark(logo))


def client_mark(assessment: Assessment) -> Mark | None:
    """One query."""
    return _mark(Logo.objects.filter(organisation=assessment.organisation_id).select_related("organisation").first())


def logos_of(assessment: Assessment) -> Logos:
    """What a page needs to know of them: whose, how large, in which words. One query."""
    owner = _engagements(assessment).values("consultancy")[:1]
    found = Logo.objects.filter(Q(organisation=assessment.organisation_id) | Q(consultancy__in=owner))
    rows = list(found.select_related("organisation", "consultancy").defer("png"))
    client = next((row for row in rows if row.organisation_id), None)
    return Logos(client, next((row for row in rows if row.consultancy_id), None))


def _engagements(assessment: Assessment) -> QuerySet[Engagement]:
    """Those that had not ended when the round closed and have begun by now; whose came first comes first."""
    day = (assessment.closed_at or timezone.now()).astimezone(assessment.organisation.zone).date()
    begun = Engagement.objects.filter(organisation=assessment.organisation_id, since__lte=timezone.localdate())
    return begun.filter(Q(until=None) | Q(until__gte=day)).order_by("since", "pk")


def _mark(logo: Logo | None) -> Mark | None:
    if logo is None:
        return None
    return Mark(bytes(logo.png), logo.width, logo.height, logo.alt, logo.checksum)

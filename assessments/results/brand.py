"""The branding of a report: the consultancy that served the client, and the logos of both."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from assessments.models import Assessment, Consultancy, Engagement, Logo, ReportTemplate
from assessments.models.clock import today


@dataclass(frozen=True)
class LogoImage:
    """A logo as files embed it: a PNG, its size in pixels, and its alternative text."""

    png: bytes
    width: int
    height: int
    alt: str
    checksum: str


@dataclass(frozen=True)
class Brand:
    """A consultancy's branding in its reports. `accent` is `#RRGGBB` or None."""

    name: str
    accent: str | None = None
    imprint: str = ""
    disclaimer: str = ""
    logo: LogoImage | None = None


class PageBrand(NamedTuple):
    """The branding of a page: both logos without their image data, which have URLs of their own, and the accent."""

    client: Logo | None = None
    consultancy: Logo | None = None
    accent: str | None = None


def brand_of(assessment: Assessment) -> Brand | None:
    """The branding of the consultancy that serves the client; None if there is none. Two queries."""
    engagement = engagement_of(assessment)
    if engagement is None:
        return None
    return brand_of_consultancy(engagement.consultancy)


def brand_of_consultancy(firm: Consultancy) -> Brand:
    """One query."""
    logo = Logo.objects.filter(consultancy=firm).select_related("consultancy").first()
    return Brand(firm.name, firm.accent or None, firm.imprint, firm.disclaimer, _image(logo))


def client_logo(assessment: Assessment) -> LogoImage | None:
    """The client's logo. One query."""
    return _image(Logo.objects.filter(organisation=assessment.organisation_id).select_related("organisation").first())


def template_of(assessment: Assessment, kind: str) -> bytes | None:
    """The consultancy's template of this kind for reports about the client, if there is one. Two queries."""
    engagement = engagement_of(assessment)
    if engagement is None:
        return None
    row = ReportTemplate.objects.filter(consultancy=engagement.consultancy_id, kind=kind).first()
    return None if row is None else bytes(row.content)


def page_brand_of(assessment: Assessment) -> PageBrand:
    """The page branding of an assessment. Two queries."""
    engagement = engagement_of(assessment)
    firm = engagement.consultancy if engagement else None
    logos = Logo.objects.filter(Q(organisation=assessment.organisation_id) | Q(consultancy=firm, organisation=None))
    rows = list(logos.defer("png"))
    client = next((row for row in rows if row.organisation_id), None)
    consultancy_logo = next((row for row in rows if row.consultancy_id), None)
    if client:
        client.organisation = assessment.organisation
    if consultancy_logo:
        consultancy_logo.consultancy = firm
    return PageBrand(client, consultancy_logo, (firm.accent or None) if firm else None)


def logo_image_of(assessment: Assessment, owner: str) -> LogoImage | None:
    """The logo of the client or the consultancy, as a page requests it. None if there is none."""
    if owner == "client":
        return client_logo(assessment)
    brand = brand_of(assessment) if owner == "consultancy" else None
    return brand.logo if brand else None


def engagement_of(assessment: Assessment) -> Engagement | None:
    """The engagement that a report names: the first that had not ended when the assessment closed. One query."""
    day = (assessment.closed_at or timezone.now()).astimezone(assessment.organisation.zone).date()
    engagements = Engagement.objects.filter(organisation=assessment.organisation_id, since__lte=today())
    running = engagements.filter(Q(until=None) | Q(until__gte=day)).order_by("since", "pk")
    return running.select_related("consultancy").first()


def _image(logo: Logo | None) -> LogoImage | None:
    if logo is None:
        return None
    return LogoImage(bytes(logo.png), logo.width, logo.height, logo.alt, logo.checksum)

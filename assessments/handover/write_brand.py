"""In whose name a client's reports are delivered, as it goes along in a hand-over: what a report shows, and nobody's account."""

from collections.abc import Sequence

from assessments.formats.json_line import Out
from assessments.handover.archive import sum_of
from assessments.models import Assessment, Consultancy, Engagement, Logo, Organisation
from assessments.results.brand import engagement_of

from .write_extras import written_about


def consultancies_of(assessments: Sequence[Assessment]) -> tuple[list[Consultancy], list[Engagement]]:
    """Those that a report of these assessments names or quotes, and the engagements by which it does, in their order."""
    found = {row.pk: row for assessment in assessments if (row := engagement_of(assessment)) is not None}
    engagements = sorted(found.values(), key=lambda row: (row.since, row.pk))
    named = {row.consultancy_id: row.consultancy for row in engagements}
    quoted = [
        row.consultancy_id for assessment in assessments for row in written_about(assessment) if row.consultancy_id
    ]
    others = Consultancy.objects.filter(pk__in=quoted).exclude(pk__in=named)
    return [*named.values(), *others.order_by("name", "pk")], engagements


def brand_of(
    organisation: Organisation, consultancies: Sequence[Consultancy], engagements: Sequence[Engagement]
) -> tuple[dict[str, Out], dict[str, bytes]]:
    """(the brands and logos as parts of the document, the pictures by their name in the archive)."""
    pictures: dict[str, bytes] = {}
    order = [consultancy.pk for consultancy in consultancies]
    brands: list[Out] = [
        {
            "name": firm.name,
            "accent": firm.accent,
            "imprint": firm.imprint,
            "disclaimer": firm.disclaimer,
            "logo": _logo(Logo.objects.filter(consultancy=firm).first(), f"consultancy-{number}", pictures),
        }
        for number, firm in enumerate(consultancies, start=1)
    ]
    served: list[Out] = [
        {
            "consultancy": order.index(row.consultancy_id),
            "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else None,
        }
        for row in engagements
    ]
    logo = _logo(Logo.objects.filter(organisation=organisation).first(), "client", pictures)
    return {"logo": logo, "consultancies": brands, "engagements": served}, pictures


def _logo(row: Logo | None, name: str, pictures: dict[str, bytes]) -> Out:
    if row is None:
        return None
    file = f"logos/{name}.png"
    pictures[file] = bytes(row.png)
    return {"file": file, "words": row.words, "checksum": sum_of(pictures[file])}

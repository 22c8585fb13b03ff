"""Taking in in whose name a client's reports are delivered: brands and logos, which open no door to anybody.

A consultancy arrives as a row of its own without consultants, whoever is here already: who may see a client is decided
here, never by a file.
"""

from typing import Any

from django.utils.translation import gettext as _

from assessments.actions import brands
from assessments.branding.colour import colour_in
from assessments.branding.picture import picture_of
from assessments.handover.archive import Handover
from assessments.models import LOGO_WORDS_LIMIT, SMALL_PRINT_LIMIT, Consultancy, Engagement, Organisation, User

from .reading import Row, checked, day_if, reading, text, whole


def take_in(
    document: Row, organisation: Organisation, handover: Handover, by: User | None
) -> tuple[list[Consultancy], list[str]]:
    """(the consultancies in the order of the file, what was made in sentences). Raises HandoverError."""
    said: list[str] = []
    with reading(_("The logo of the client")):
        if _logo(organisation, document.get("logo"), handover, by):
            said.append(_("Logo of the client"))
    firms: list[Consultancy] = []
    with reading(_("The consultancies")):
        said += _namesakes(document.get("consultancies", []))
        for entry in document.get("consultancies", []):
            firms.append(_consultancy(entry, handover, by))
            said.append(_("Consultancy: %(name)s, as shown on its reports, without its people") % {"name": firms[-1]})
        for entry in document.get("engagements", []):
            _engagement(entry, firms, organisation)
    return firms, said


def _namesakes(entries: list[Row]) -> list[str]:
    here = set(Consultancy.objects.filter(name__in=[entry["name"] for entry in entries]).values_list("name", flat=True))
    said = _("Another consultancy here is also called %(name)s. It is not changed.")
    return [said % {"name": name} for name in sorted(here)]


def _consultancy(entry: Row, handover: Handover, by: User | None) -> Consultancy:
    accent = entry["accent"]
    if accent != "" and colour_in(accent) != accent:
        raise ValueError(_("%(colour)s is not a colour.") % {"colour": repr(accent)[:40]})
    row = Consultancy(
        name=text(entry["name"], 200),
        accent=accent,
        imprint=text(entry["imprint"], SMALL_PRINT_LIMIT),
        disclaimer=text(entry["disclaimer"], SMALL_PRINT_LIMIT),
    )
    checked(row).save(force_insert=True)
    _logo(row, entry["logo"], handover, by)
    return row


def _engagement(entry: Row, firms: list[Consultancy], organisation: Organisation) -> None:
    since = day_if(entry["since"])
    if since is None:
        raise ValueError(_("An engagement has no start date."))
    firm = firms[whole(entry["consultancy"], 0, len(firms) - 1)]
    Engagement.objects.create(consultancy=firm, organisation=organisation, since=since, until=day_if(entry["until"]))


def _logo(owner: Any, entry: Row | None, handover: Handover, by: User | None) -> bool:
    """Drawn anew like any picture that is sent in."""
    if entry is None:
        return False
    words = " ".join(text(entry["words"], LOGO_WORDS_LIMIT).split())
    brands.set_logo(owner=owner, picture=picture_of(handover.file(entry)), words=words, by=by)
    return True

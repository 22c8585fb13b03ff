"""Taking in in whose name a client's reports are delivered: brands and logos, which open no door to anybody.

A consultancy arrives as a row of its own without consultants, whoever is here already: who may see a client is decided
here, never by a file.
"""

from typing import Any

from django.utils.translation import gettext as _

from assessments.actions import brands
from assessments.branding.picture import picture_of
from assessments.handover.archive import Handover
from assessments.models import LOGO_WORDS_LIMIT, Consultancy, Engagement, Organisation, User

from .columns import arrive
from .kinds import Around, Row, text
from .reading import reading


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
        arrive(Engagement, document.get("engagements", []), Around(firms=firms), organisation=organisation)
    return firms, said


def _namesakes(entries: list[Row]) -> list[str]:
    here = set(Consultancy.objects.filter(name__in=[entry["name"] for entry in entries]).values_list("name", flat=True))
    said = _("Another consultancy here is also called %(name)s. It is not changed.")
    return [said % {"name": name} for name in sorted(here)]


def _consultancy(entry: Row, handover: Handover, by: User | None) -> Consultancy:
    (row,) = arrive(Consultancy, [entry], Around())
    _logo(row, entry["logo"], handover, by)
    return row


def _logo(owner: Any, entry: Row | None, handover: Handover, by: User | None) -> bool:
    """Drawn anew like any picture that is sent in."""
    if entry is None:
        return False
    words = " ".join(text(entry["words"], LOGO_WORDS_LIMIT).split())
    brands.set_logo(owner=owner, picture=picture_of(handover.file(entry)), words=words, by=by)
    return True

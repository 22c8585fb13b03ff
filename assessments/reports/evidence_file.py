"""The register of an organisation's evidence as CSV."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from assessments.pages.evidence import RegisterRow, whole_register
from assessments.reports.files import csv_bytes
from assessments.sentences import gettext as _


def register_file(organisation: UUID) -> bytes:
    """The whole register of an organisation."""
    return register_csv(whole_register(organisation))


def register_csv(rows: Iterable[RegisterRow]) -> bytes:
    """A row for each place where a piece is cited, and one for a piece that is cited nowhere."""
    heads = (
        _("Title"),
        _("Type"),
        _("Size in bytes"),
        _("As of"),
        _("Valid until"),
        _("Status"),
        _("Assessment"),
        _("Question"),
    )
    return csv_bytes([heads, *(line for row in rows for line in _lines(row))])


def _lines(row: RegisterRow) -> Iterator[tuple[str | int, ...]]:
    piece = row.piece
    first = (piece.title, piece.kind, piece.size, _day(piece.as_of), _day(piece.valid_until), row.state)
    for place in row.cited or (("", ""),):
        yield (*first, *place)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()

"""The register of an organisation's evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator

from assessments.models import Evidence, Organisation
from assessments.models.evidence import EvidenceQuerySet
from assessments.results import CitedAt, Unsupported, cited_at, unsupported_levels
from assessments.scoring.answers import Document
from assessments.scoring.documents import is_old, is_valid
from assessments.sentences import gettext as _

PER_PAGE = 50


@dataclass(frozen=True)
class RegisterRow:
    """A piece, where it is cited, and what its dates mean today."""

    piece: Evidence
    cited: tuple[CitedAt, ...]
    is_expired: bool
    is_old: bool

    @property
    def state(self) -> str:
        """In words, or "" if there is nothing to say."""
        if not self.piece.is_ready:
            return _("Waiting for the virus scanner")
        if self.is_expired:
            return _("Expired")
        return _("Older than a year") if self.is_old else ""


@dataclass(frozen=True)
class Register:
    """One page of the register; `assessment` is the one whose self-declared levels are `unsupported`."""

    page: Page[Evidence]
    rows: tuple[RegisterRow, ...]
    assessment: str
    unsupported: tuple[Unsupported, ...]


def pieces_of(organisation: Organisation, reference: str = "") -> EvidenceQuerySet:
    """The register by title, or the piece with this reference."""
    pieces = Evidence.objects.registered().filter(organisation=organisation)
    return (pieces.filter(reference=reference) if reference else pieces).order_by("title", "pk")


def register(organisation: Organisation, number: str | None, reference: str = "") -> Register:
    """A page of the register, at most `PER_PAGE` pieces. Six queries."""
    page = Paginator(pieces_of(organisation, reference), PER_PAGE).get_page(number)
    assessment, unsupported = unsupported_levels(organisation)
    return Register(page, rows_of(organisation, list(page)), assessment, unsupported)


def whole_register(pk: UUID) -> tuple[RegisterRow, ...]:
    """Every piece in the register of an organisation. Four queries."""
    organisation = Organisation.objects.get(pk=pk)
    return rows_of(organisation, list(pieces_of(organisation)))


def rows_of(organisation: Organisation, pieces: Sequence[Evidence]) -> tuple[RegisterRow, ...]:
    """The rows of these pieces. Two queries."""
    cited, today = cited_at(organisation, pieces), organisation.today
    return tuple(_row(piece, cited.get(piece.pk, ()), today) for piece in pieces)


def _row(piece: Evidence, cited: tuple[CitedAt, ...], today: date) -> RegisterRow:
    dates = Document(piece.as_of, piece.valid_until)
    return RegisterRow(piece, cited, not is_valid(dates, today), is_old(dates, today))

"""What a consultancy adds to a Word report: logos, its colour on the cover, its consultants' words, the small print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessments.markdown import Block
from assessments.reports.commentary import Note
from assessments.reports.word_parts import Writer
from assessments.reports.word_styles import COVER, NOTE
from assessments.results import Brand, Mark

if TYPE_CHECKING:
    from assessments.reports.document import Document

BOX = (50.0, 18.0)  # mm
STEP = 6.0  # mm between a list and the list in it


def write_heads(writer: Writer, pages: Document) -> None:
    """What stands above the client's name on the cover."""
    if pages.brand and pages.brand.logo:
        _logo(writer, pages.brand.logo, at_end=True)
    writer.paragraph(pages.product, COVER)
    if pages.client_logo:
        _logo(writer, pages.client_logo, at_end=False)


def _logo(writer: Writer, mark: Mark, *, at_end: bool) -> None:
    width, height = BOX
    writer.logo(mark.png, mark.alt, width=min(width, height * mark.width / mark.height), at_end=at_end)


def write_note(writer: Writer, note: Note | None) -> None:
    """A commentary under a heading of its own, labelled as what it is."""
    if note is None:
        return
    writer.heading(note.title, 2)
    writer.paragraph(note.about, NOTE, bold=note.stale)
    _blocks(writer, note.blocks, 0)


def _blocks(writer: Writer, blocks: Sequence[Block], indent: float, mark: str = "") -> None:
    """The mark of a list stands before the first paragraph of its item."""
    for block in blocks:
        if block.kind == "heading" and not indent:
            writer.heading(block.text.replace("\n", " "), 3)
        elif block.kind == "list":
            for own, item in block.marked:
                _blocks(writer, item, indent + STEP, own)
        else:
            writer.words(block.runs, "Normal", direction=block.direction, mark=mark, indent=indent)
        mark = ""


def write_small_print(writer: Writer, brand: Brand | None) -> None:
    """Disclaimer and imprint."""
    if brand is None:
        return
    for name, text in ((_("Disclaimer"), brand.disclaimer), (_("Imprint"), brand.imprint)):
        if text:
            writer.heading(name, 2)
            writer.paragraph(text, NOTE)

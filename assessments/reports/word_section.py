"""A section of a report in Word, block by block."""

from __future__ import annotations

from assessments.reports.blocks import NOTE, SUB, Block, Figure, Heading, Quotes, Section, Table, Text
from assessments.reports.word_parts import Writer
from assessments.reports.word_styles import NOTE as SMALL


def write_section(writer: Writer, section: Section | None) -> None:
    """From the top of a page; nothing where there is none."""
    if section is None:
        return
    writer.opening(section.kicker, section.title)
    for block in section.blocks:
        _write(writer, block)


def _write(writer: Writer, block: Block) -> None:
    match block:
        case Heading():
            writer.heading(block.text, 2)
        case Text():
            writer.paragraph(block.text, SMALL if block.look in (SUB, NOTE) else "Normal")
        case Figure():
            writer.picture(block.svg, width=block.width)
        case Quotes():
            for quote in block.items:
                writer.paragraph("\n".join(quote.lines), "Quote", bold=quote.question)
        case Table():
            rows = [[cell.text for cell in row] for row in block.lines]
            heads, widths = [column.head for column in block.columns], [column.width for column in block.columns]
            writer.table(heads, rows, widths, figures=block.figures, total=block.has_total)

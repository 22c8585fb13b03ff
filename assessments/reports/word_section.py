"""A section of a report in Word, block by block."""

from __future__ import annotations

from assessments.reports.blocks import (
    NOTE,
    SUB,
    Block,
    ConsultantNote,
    Facts,
    Figure,
    Heading,
    Quotes,
    Section,
    Stages,
    Table,
    Text,
)
from assessments.reports.word_brand import write_note
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
            _table(writer, block)
        case Facts():
            heads = [fact.label for fact in block.items]
            rows = [[_in_two_lines(fact.value or fact.absent, fact.note) for fact in block.items]]
            writer.table(heads, rows, [170 / len(heads)] * len(heads))
        case Stages():
            for stage in block.items:
                writer.heading(f"{stage.heading}: {stage.number} {stage.name}", 2)
                writer.paragraph(stage.text, bold=stage.question)
        case ConsultantNote():
            write_note(writer, block.note)


def _table(writer: Writer, table: Table) -> None:
    columns, below = table.columns, {n: column.below for n, column in enumerate(table.columns) if column.below}
    rows = [[_in_two_lines(cell.text, cell.remark) for cell in row] for row in table.lines]
    heads, widths = [column.head for column in columns], [column.width for column in columns]
    writer.table(heads, rows, widths, figures=table.figures, total=table.has_total, below=below)


def _in_two_lines(text: str | None, remark: str) -> str | None:
    return f"{text}\n{remark}" if remark else text

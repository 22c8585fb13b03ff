"""A section of a report in Word, block by block."""

from collections.abc import Sequence

from assessments.markdown import Block as Prose
from assessments.reports.blocks import (
    NAMES,
    SUB,
    Block,
    ConsultantNote,
    Facts,
    Figure,
    Heading,
    Legend,
    Quotes,
    Section,
    Stages,
    Styled,
    Table,
    Text,
)
from assessments.reports.commentary import Note
from assessments.reports.word_styles import ABOUT, ACROSS, BIG, NOTE
from assessments.reports.word_tables import write_rows, write_table
from assessments.reports.word_writer import Writer

STEP = 6.0  # mm of indentation of a nested list


def write_section(writer: Writer, section: Section, *, new_page: bool) -> None:
    """Write a section, on a new page or below the one before."""
    writer.opening(section.kicker, section.title, new_page=new_page)
    for block in section.blocks:
        _write(writer, block)


def _write(writer: Writer, block: Block) -> None:
    match block:
        case Heading():
            writer.heading(block.text, 2)
        case Text() if block.look == NAMES:
            pass  # the table is below the chart
        case Text():
            style = NOTE if "small" in block.look else "Normal"
            writer.paragraph(block.text, ABOUT if block.look == SUB else style)
        case Figure():
            writer.picture(block.svg, width=block.width)
        case Legend():
            writer.paragraph(block.words, NOTE)
        case Quotes():
            for quote in block.items:
                writer.paragraph("\n".join(quote.lines), "Quote", bold=quote.question)
        case Table():
            write_table(writer, block)
        case Facts():
            write_facts(writer, block)
        case Stages():
            for stage in block.items:
                writer.heading(f"{stage.heading}: {stage.number} {stage.name}", 2)
                writer.paragraph(stage.text, bold=stage.question)
        case ConsultantNote():
            write_note(writer, block.note)


def write_facts(writer: Writer, facts: Facts) -> None:
    """Write the figures side by side under their labels, each above its unit and notes."""
    heads = [fact.label for fact in facts.items]
    notes = [" · ".join(part for part in (fact.unit * bool(fact.value), fact.note) if part) for fact in facts.items]
    cells = [
        Styled(fact.value or fact.absent, BIG * bool(fact.value), note)
        for fact, note in zip(facts.items, notes, strict=True)
    ]
    write_rows(writer, [cells], [ACROSS / len(heads)] * len(heads), heads)


def write_note(writer: Writer, note: Note) -> None:
    """Write a commentary under its own heading, with its disclaimer."""
    writer.heading(note.title, 2)
    writer.paragraph(note.about, ABOUT, bold=note.stale)  # stays with the text
    _prose(writer, note.blocks, 0)


def _prose(writer: Writer, blocks: Sequence[Prose], indent: float, mark: str = "") -> None:
    """Write the blocks; `mark` is the list marker before the first paragraph."""
    for block in blocks:
        if block.kind == "heading" and not indent:
            writer.heading(block.text.replace("\n", " "), 3)
        elif block.kind == "list":
            for own, item in block.marked:
                _prose(writer, item, indent + STEP, own)
        else:
            writer.words(block.runs, "Normal", direction=block.direction, mark=mark, indent=indent)
        mark = ""

"""Tables of a Word report: grid, rows and cells, and properties that python-docx does not support."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.reports.blocks import BAR, FIGURE, GROUP, Cell, Column, Styled, Table
from assessments.reports.word_styles import BIG, HEAD, TABLE, TEXT, in_other_scripts
from assessments.reports.word_widths import fitted
from assessments.reports.word_writer import Writer, clean, say
from assessments.sentences import isolated

if TYPE_CHECKING:
    from docx.table import _Cell, _Row

HEADED, TOTALLED = 0x0020, 0x0040  # bits of w:tblLook, ECMA-376 part 1, 17.7.6.7
PLAIN = 0x0600  # no bands
MAX_WIDTH = 70.0  # of a drawing in a cell, in mm
SOFT_HYPHEN = "\u00ad"


def write_rows(
    writer: Writer, rows: Sequence[Sequence[Cell]], widths: Sequence[float], heads: Sequence[str] = ()
) -> None:
    """Write a table of texts, with a header row if there are heads; widths in mm."""
    columns = tuple(Column("", head, width) for head, width in zip(heads or [""] * len(widths), widths, strict=True))
    write_table(writer, Table("", "", columns, tuple(tuple(row) for row in rows)))


def write_table(writer: Writer, table: Table) -> None:
    """Write a table whose header repeats on every page and whose rows do not break across pages."""
    columns, size = fitted(table, writer.scale)
    drawn = writer.file.add_table(rows=0, cols=len(columns))
    drawn._tbl.tblStyle_val = writer.styles[TABLE]  # by name would search all styles
    set_out(drawn, [column.width for column in columns], has_head=table.has_head, total=table.has_total, rtl=writer.rtl)
    if table.has_head:
        heads = drawn.add_row()
        _row(writer, heads, [Styled(column.head.replace(SOFT_HYPHEN, "")) for column in columns], columns, HEAD)
        mark(heads, "w:tblHeader")
        for cell, column in zip(heads.cells, columns, strict=True):
            if column.below:
                run = cell.paragraphs[0].add_run()
                run.add_break()
                writer.draw(run, column.below, min(column.width - 3, MAX_WIDTH))
    for number, line in enumerate(table.lines, start=1):
        is_total = table.has_total and number == len(table.lines)
        is_heading = line[0].look == GROUP
        _row(writer, drawn.add_row(), line, columns, HEAD if is_total or is_heading else TEXT)
    if size is not None:
        _set_size(drawn, size)


def _row(writer: Writer, row: _Row, line: Sequence[Styled], columns: Sequence[Column], style: str) -> None:
    """A cell that spans several columns is aligned like text."""
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    mark(row, "w:cantSplit")
    spans = [styled.across for styled in line]
    used = [columns[start] for start in accumulate(spans[:-1], initial=0)]
    widths = widths_of([column.width for column in columns], spans)
    is_drawn = any(isinstance(styled.text, SafeString) for styled in line)
    for place, (cell, styled, column, width) in enumerate(zip(cells_of(row, spans), line, used, widths, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph._p.style = writer.styles[BIG if BIG in styled.look else style]  # by name would take twice as long
        _fill(writer, paragraph, styled, width)
        if is_drawn:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER  # beside the middle of the drawing
        if BAR in styled.look:
            _shade(cell, palette.RAMP[1])
        _shade_level(cell, styled.look)
        if column.style == FIGURE and place and styled.across == 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif place and used[place - 1].style == FIGURE:
            paragraph.paragraph_format.left_indent = Mm(3)  # text beside figures
        writer.turn(paragraph)


def _fill(writer: Writer, paragraph: Any, cell: Styled, width: float) -> None:
    """A remark goes on a second line."""
    if isinstance(cell.text, SafeString):  # our own drawing: text written by people is never marked safe
        writer.draw(paragraph.add_run(), cell.text, min(width - 3, MAX_WIDTH))
        return
    words = clean(cell.text or "")
    first, *rest = [words] if "lines" in cell.look else words.split("\n", 1)  # of which the second is a note
    say(paragraph, isolated(first))
    for text in (*rest, *([clean(cell.remark)] if cell.remark else [])):
        paragraph.add_run().add_break()
        for run in say(paragraph, isolated(text)):
            _mute(run)


def _set_size(drawn: Any, size: float) -> None:
    """Letters of this size, in points, in every cell: the words would break in the template's narrow columns."""
    from docx.shared import Pt

    for paragraph in (paragraph for row in drawn.rows for cell in row.cells for paragraph in cell.paragraphs):
        for run in paragraph.runs:
            run.font.size = Pt(size)
            in_other_scripts(run._r.rPr)


def _mute(run: Any) -> None:
    from docx.shared import Pt, RGBColor

    run.font.bold, run.font.size, run.font.color.rgb = (
        False,
        Pt(8),
        RGBColor.from_string(palette.MUTED.removeprefix("#")),
    )
    in_other_scripts(run._r.rPr)


def set_out(table: Any, widths: Sequence[float], *, has_head: bool, total: bool, rtl: bool) -> None:
    """Set the column widths, in mm, in the grid and the cells: some programs read only one of them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:val"), f"{PLAIN | HEADED * has_head | TOTALLED * total:04X}")
    for name, on in {"firstRow": has_head, "lastRow": total, "firstColumn": False, "noHBand": True}.items():
        look.set(qn(f"w:{name}"), str(int(on)))
    if rtl:
        table._tbl.tblPr.tblStyle.addnext(OxmlElement("w:bidiVisual"))


def mark(row: _Row, name: str) -> None:
    """Set a boolean property of a row."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def cells_of(row: _Row, spans: Sequence[int]) -> list[_Cell]:
    """One cell for each number of columns."""
    cells, starts = list(row.cells), list(accumulate(spans[:-1], initial=0))
    for start, across in zip(starts, spans, strict=True):
        if across > 1:
            cells[start].merge(cells[start + across - 1])
    return [cells[start] for start in starts]


def widths_of(widths: Sequence[float], spans: Sequence[int]) -> list[float]:
    """The widths of `cells_of`."""
    starts = accumulate(spans[:-1], initial=0)
    return [sum(widths[start : start + across]) for start, across in zip(starts, spans, strict=True)]


def _shade(cell: _Cell, colour: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    fill = colour.removeprefix("#")
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
    )


def _shade_level(cell: _Cell, look: str) -> None:
    """The colour of a level behind a cell of a heat map, and letters that can be read on it."""
    from docx.shared import RGBColor

    parts = look.split()
    colour = next((palette.FILL[part[1:]] for part in parts if part[1:] in palette.FILL), None)
    if colour is None or "cell" not in parts:
        return
    _shade(cell, colour)
    for run in cell.paragraphs[0].runs:
        run.font.color.rgb = RGBColor.from_string(palette.ON_FILL[colour].removeprefix("#"))

"""Tables of a slide: hairlines below the rows, heads that are marked as such, and one type size that fits."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from assessments.reports.slides.base import A, Box, move
from assessments.reports.slides.writer import (
    HAIRLINE,
    LEADING,
    LINE,
    MUTED,
    SMALLEST,
    TEXT,
    Page,
    Para,
    describe,
    fitted,
)
from assessments.reports.word_writer import clean

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # without lines and bands, in every version of PowerPoint
PAD = 3.0  # points above and below the words of a cell, and at its end
HEAD = 24.0  # points, the height of a head of one line
END = 14.0  # points after a figure, whose column ends where the next begins
EMU = 12_700  # a point

type Sizes = tuple[Sequence[float], Sequence[float]]  # the widths of columns and the heights of rows, in points


def write_table(
    page: Page,
    box: Box,
    heads: Sequence[str],
    rows: Sequence[Sequence[Para]],
    shares: Sequence[float],
    *,
    name: str,
    right: Sequence[int] = (),
    row_height: float | None = None,
    head_height: float | None = None,
) -> list[float]:
    """A table across the box; `shares` divide its width, `right` are columns of figures. Returns the row heights, with
    the head first: those wanted or, without them, what the words need."""
    total = sum(shares)
    widths = [box.width * share / total for share in shares]
    head = [Para(text, size=12, colour=MUTED) for text in heads]
    head_height = head_height or max(HEAD, _needed(head, widths, 1))
    scale = _scale(rows, widths, box.height - head_height, row_height)
    heights = [head_height, *_heights(rows, widths, scale, box.height - head_height, row_height)]
    frame = page.slide.shapes.add_table(len(rows) + 1, len(widths), 0, 0, 0, 0)
    move(frame, page.mirrored(Box(box.x, box.y, box.width, sum(heights))))
    frame.name = clean(name)
    describe(frame, name)
    table = _bare(frame)
    for column, width in zip(table.columns, widths[::-1] if page.deck.rtl else widths, strict=True):
        column.width = round(width * EMU)
    for row, height in zip(table.rows, heights, strict=True):
        row.height = round(height * EMU)
    _write(page, table, [head, *rows], (widths, heights), scale=scale, right=right)
    return heights


def _write(
    page: Page, table: Any, lines: Sequence[Sequence[Para]], sizes: Sizes, *, scale: float, right: Sequence[int]
) -> None:
    widths, heights = sizes
    for row, (line, height) in enumerate(zip(lines, heights, strict=True)):
        for column, para in enumerate(line):
            place = len(line) - 1 - column if page.deck.rtl else column  # not every program mirrors a table
            cell, align = table.cell(row, place), "end" if column in right else "start"
            _fill(page, cell, para, (widths[column], height), scale=scale if row else 1, align=align)
            _underline(cell, LINE if row else TEXT)


def _heights(
    rows: Sequence[Sequence[Para]], widths: Sequence[float], scale: float, room: float, each: float | None
) -> list[float]:
    """The heights of the rows; those that need more than their share are cut to it if the whole does not fit."""
    needed = [each or _needed(row, widths, scale) for row in rows]
    if sum(needed) <= room:
        return needed
    share = room / len(needed)
    spare = sum(share - height for height in needed if height < share)
    tall = sum(height > share for height in needed)
    return [min(height, share + spare / tall) for height in needed]


def _scale(rows: Sequence[Sequence[Para]], widths: Sequence[float], height: float, each: float | None) -> float:
    scale, sizes = 1.0, [para.size for row in rows for para in row]
    least = min(1.0, SMALLEST / min(sizes, default=SMALLEST))

    def fits() -> bool:
        needed = [_needed(row, widths, scale) for row in rows]
        return max(needed, default=0) <= each if each else sum(needed) <= height

    while not fits() and scale > least:
        scale = max(least, scale - 0.05)
    return scale


def _pad(size: float) -> float:
    return PAD if size >= 11 else 1.0


def _needed(row: Sequence[Para], widths: Sequence[float], scale: float) -> float:
    sizes = [para.size * scale for para in row]
    tall = [para.height(width - 2 * PAD, scale) - para.after * scale for para, width in zip(row, widths, strict=True)]
    return max(tall, default=0) + 2 * _pad(max(sizes, default=12))


def _fill(page: Page, cell: Any, para: Para, room: tuple[float, float], *, scale: float, align: str) -> None:
    from dataclasses import replace

    from pptx.util import Pt

    pad = _pad(para.size * scale)
    cell.margin_left, cell.margin_right, cell.margin_top, cell.margin_bottom = Pt(0), Pt(2 * PAD), Pt(pad), Pt(pad)
    if align == "end":
        cell.margin_left, cell.margin_right = (Pt(END), Pt(0)) if page.deck.rtl else (Pt(0), Pt(END))
    scaled = replace(para, size=para.size * scale, after=0)
    width, height = room[0] - (END if align == "end" else 2 * PAD), room[1] - 2 * pad
    least = scaled.size * LEADING + 0.01  # one line always stands there
    kept, smaller = fitted([scaled], width, max(height, least), left_out=page.deck.shortened)
    cell.vertical_anchor = _middle()
    for shown in kept[:1]:
        page.write(cell.text_frame.paragraphs[0], shown, smaller, align=align)
    if not kept:  # an empty cell would take the height of large type
        end = etree.SubElement(cell.text_frame.paragraphs[0]._p, f"{A}endParaRPr")
        end.set("sz", "900")


def _middle() -> Any:
    from pptx.enum.text import MSO_ANCHOR

    return MSO_ANCHOR.MIDDLE


def _bare(frame: Any) -> Any:
    table = frame.table
    properties = table._tbl.tblPr
    table.first_row, table.horz_banding = True, False
    for style in properties.findall(f"{A}tableStyleId"):
        style.text = NO_STYLE
    return table


def _underline(cell: Any, colour: str) -> None:
    """A hairline below the cell; its place in the properties is fixed by the schema: before any fill."""
    properties = cell._tc.get_or_add_tcPr()
    line = etree.Element(f"{A}lnB", w=str(int(HAIRLINE * EMU)))
    etree.SubElement(etree.SubElement(line, f"{A}solidFill"), f"{A}schemeClr", val=colour)
    properties.insert(0, line)

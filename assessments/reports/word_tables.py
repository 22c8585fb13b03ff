"""Tables of a Word report: their grid, their rows, and what python-docx has no word for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.table import _Cell, _Row

HEADED, TOTALLED = 0x0020, 0x0040  # bits of w:tblLook, ECMA-376 part 1, 17.7.6.7
PLAIN = 0x0600  # no bands


def set_out(table: Any, widths: Sequence[float], *, has_head: bool, total: bool, rtl: bool) -> None:
    """Columns as wide as they are meant, in mm, for every program: some read the grid and some the cells."""
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
    """Switch a property of a row on."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def cells_of(row: _Row, count: int) -> list[_Cell]:
    """`count` cells: the second reaches over what is more than that."""
    cells = list(row.cells)
    more = len(cells) - count
    if more:
        cells[1].merge(cells[1 + more])
    return [*cells[:2], *cells[2 + more :]]


def widths_of(widths: Sequence[float], count: int) -> list[float]:
    """The same for the widths."""
    more = len(widths) - count
    return [widths[0], sum(widths[1 : 2 + more]), *widths[2 + more :]] if more else list(widths)

"""The widths of the columns of a Word table: no word of a head or figure breaks, and names get what is left over."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from django.utils.safestring import SafeString

from assessments.reports.blocks import FIGURE, Column, Styled, Table
from assessments.reports.page_fit import BOLD, MM, text_width

SIZE, SMALLEST = 8.5, 6.5  # of the letters in a table, in points
WIDER = 1.2  # than the typeface of the PDF: Arial is, and a template may have a serif
SPACE = 2.5  # mm beside a text
INDENT = 3.0  # mm of texts beside figures


def fitted(table: Table, scale: float) -> tuple[list[Column], float | None]:
    """The columns `scale` times as wide, changed so that each head and figure has room for its longest word and the
    first column for its longest name; the sum stays. With it the size of smaller letters, if the words need them. A
    column with a drawing gives nothing."""
    widths, least = [column.width * scale for column in table.columns], _least(table, scale)
    room, needed, count = sum(widths), sum(least), len(least)
    size = None
    if needed > room:
        share = (room - SPACE * count) / (needed - SPACE * count)
        widths, size = [low * room / needed for low in least], max(SMALLEST, SIZE * share)
    else:
        widths = _towards(least, widths, least)
        whole = _whole(table)
        kept = [max(low, min(width, most)) for low, width, most in zip(least, widths, whole, strict=True)]
        widths = _towards([*whole[:1], *widths[1:]], widths, kept)
    return [replace(column, width=width) for column, width in zip(table.columns, widths, strict=True)], size


def _least(table: Table, scale: float) -> list[float]:
    """The width that each column needs at least, in mm."""
    lines = [_in_columns(line, len(table.columns)) for line in table.lines]
    found = []
    for place, column in enumerate(table.columns):
        cells = [cell for line in lines if (cell := line[place])]
        is_drawing = bool(column.below) or any(isinstance(cell.text, SafeString) for cell in cells)
        texts = [cell.text or "" for cell in cells] if column.style == FIGURE and not is_drawing else []
        words = [
            word for text in (column.head.replace("\u00ad", "").replace("-", "- "), *texts) for word in text.split()
        ]
        beside = INDENT * (place > 0 and table.columns[place - 1].style == FIGURE != column.style)
        needed = max(map(_mm, words), default=0.0) + beside
        found.append(max(needed, column.width * scale) if is_drawing else needed)
    return found


def _whole(table: Table) -> list[float]:
    """The width of the longest text of each column on one line, in mm."""
    rows = [_in_columns(line, len(table.columns)) for line in table.lines] or [[None] * len(table.columns)]
    return [
        max((_mm(cell.text or "") for cell in column if cell and not isinstance(cell.text, SafeString)), default=0.0)
        for column in zip(*rows, strict=True)
    ]


def _towards(wanted: Sequence[float], widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Widen columns towards the `wanted` widths, with what the others have above `least`."""
    pairs = list(zip(wanted, widths, least, strict=True))
    lacks = [max(0.0, want - width) for want, width, _low in pairs]
    spare = [0.0 if want > width else width - low for want, width, low in pairs]
    moved = min(sum(lacks), sum(spare))
    if not moved:
        return list(widths)
    return [
        width + lack * moved / sum(lacks) - free * moved / sum(spare)
        for width, lack, free in zip(widths, lacks, spare, strict=True)
    ]


def _in_columns(line: Sequence[Styled], count: int) -> list[Styled | None]:
    """The cell of each column; none where one spans several."""
    places: list[Styled | None] = [None] * count
    starts = accumulate((cell.across for cell in line[:-1]), initial=0)
    for start, cell in zip(starts, line, strict=True):
        places[start] = cell if cell.across == 1 else None
    return places


def _mm(text: str) -> float:
    return text_width(text, SIZE, BOLD) * WIDER / MM + SPACE if text else 0.0

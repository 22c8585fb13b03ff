"""How much of the roadmap, the agreement, the comments at the end and the brief fits on a page: heights in points, as in
`page_fit`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from assessments.reports.blocks import Block, Heading, Quote, Quotes, Section, Table, Text
from assessments.reports.page_fit import BOLD, DOT_ROWS, MM, PADDING, TITLE, WIDTH, height, lines

MAX_COLUMNS = 900.0  # of comments, one below the other, that stand in two columns
DRAWN_ROW = 27.0  # a question with its pillar and its columns


def moves_per_period(periods: Sequence[Sequence[str]], room: float, limits: Iterable[int]) -> int:
    """The first of `limits` with which the moves of all periods fit into the room of a roadmap, else 1."""
    return next((count for count in limits if 100 + sum(_period(moves[:count]) for moves in periods) <= room), 1)


def _period(moves: Iterable[str]) -> float:
    return 39 + sum(12 * sum(lines(text, 242, 9) for text in move.split("\n")) + 7 for move in moves)


def agreement_beside(pillars: int, about: str, agreed: Section) -> float:
    """The height of the agreement by pillar, the heading of the differences, with the line `about` them, and the agreed
    answers, on one page."""
    strips = 64 + DOT_ROWS["close"] * pillars
    heading = 88 + 12 * lines(about, 368, 8.5)  # with a line that says how many differences are elsewhere
    title = 37 + 18 * lines(agreed.title, TITLE, 14, BOLD)
    return strips + heading + title + sum(map(_of_agreed, agreed.blocks))


def _of_agreed(block: Block) -> float:
    match block:
        case Text():
            return 4 + 12 * lines(block.text, WIDTH, 8.5)
        case Table():
            return 42 + 17.8 * len(block.rows)
        case Heading():
            return 33
        case _:
            return height([block])


def in_columns(quotes: Quotes) -> Quotes:
    """Comments at the end of a report in two columns of about the same height, unless they are too long for that."""
    heights = list(accumulate(map(_quote, quotes.items)))
    if len(heights) < 2 or heights[-1] > MAX_COLUMNS:
        return quotes
    left = min(range(1, len(heights)), key=lambda count: max(heights[count - 1], heights[-1] - heights[count - 1]))
    return replace(quotes, left=left)


def _quote(quote: Quote) -> float:
    return 3.4 + sum(12 * lines(line, 214, 9) for line in quote.all_lines)


def late_height(section: Section) -> float:
    """The height of the comments at the end of a report, below the heading of each pillar."""
    blocks = (block for block in section.blocks if isinstance(block, Quotes))
    return 76 + sum(30 + max(sum(map(_quote, column)) for column in block.columns) for block in blocks)


def method_height(section: Section) -> float:
    """The height of the last section below the comments, in two columns of small type."""
    claim, *_others = section.blocks
    head = 70 + 14 * lines(claim.text, WIDTH, 10) if isinstance(claim, Text) else 70
    return head + max(sum(25 + sum(map(_small, part.blocks)) for part in column) for column in section.columns or ())


def _small(block: Block) -> float:
    match block:
        case Text():
            return 11 * lines(block.text, 229, 8.5)
        case Table():
            return sum(2 + 11 * lines(" ".join(cell.text or "" for cell in row), 229, 8.5) for row in block.lines)
        case _:
            return 0


def calendar(table: Table) -> float:
    """The height of a calendar with its heading; every line of a cell is one action."""
    width = (WIDTH - 30 * MM) / max(1, len(table.columns) - 1) - PADDING
    cells = ([(cell.text or "").split("\n") for cell in row[1:]] for row in table.lines)
    return 57 + sum(6.2 + 11.5 * max(sum(lines(text, width, 8.5) for text in cell) for cell in row) for row in cells)


def brief(title: str, notes: Iterable[str], moves: Iterable[Table]) -> float:
    """The height of the back of a brief without its calendar and commentary; the owners are in narrow columns."""
    moved = (
        12 * max(lines(head.text or "", 236, 9) + lines(head.remark, 236, 9), lines(owner.text or "", 66, 9)) + 9
        for table in moves
        for head, owner, *_figures in table.lines
    )
    return (
        75 + 25 * lines(title, TITLE, 20, BOLD) + sum(moved) + 35 + sum(12 * lines(text, WIDTH, 8.5) for text in notes)
    )

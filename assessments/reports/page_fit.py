"""How much fits on a page: an estimate in points, on the safe side, so that nothing spills a line onto the next.

The figures follow static/css/report.css; the letters have the widths of the typeface, so that lines break as in print.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from fontTools.ttLib import TTFont

from assessments.reports.pdf.render import typeface

if TYPE_CHECKING:
    from assessments.markdown import Block
    from assessments.reports.blocks import Quote
    from assessments.reports.commentary import Note
    from assessments.reports.report import Paper
    from assessments.reports.sections.pillar import PillarPage
    from assessments.reports.sections.summary import Summary

HEIGHT: dict[Paper, float] = {"A4": 706, "Letter": 679}  # between the margins
WIDTH = 482.0
OTHER = 1.0  # a letter of another typeface: as wide as high, like a Chinese one
SEMITIC, NARROWER = range(0x0590, 0x0900), 0.6  # but Hebrew and Arabic are narrower
SECTION = 7.7 + 16.0  # the space above a heading, and the heading
NOTE = 16.3
NARROWED = {"de": 29.0}  # the column of questions, where the heads of the others are longer words
ROWS = {"": 19.9, "close": 14.8, "closest": 8.3}  # of ranked dots
TALLER = {"de": 12.0}  # a head of two lines


def lines(text: str, width: float, size: float) -> int:
    """The lines that a text needs in a column of this width and this size of type, both in points."""
    count, left = 1, width
    for word in text.split(" "):
        needed = _width(word, size)
        if needed > left and left < width:
            count, left = count + 1, width
        count, left = count + int(needed // width), left - needed % width - _width(" ", size)
    return count


def _width(word: str, size: float) -> float:
    widths = _widths()
    return sum(widths.get(ord(letter)) or _other(letter) for letter in word) * size


def _other(letter: str) -> float:
    return NARROWER if ord(letter) in SEMITIC else OTHER


@cache
def _widths() -> dict[int, float]:
    """The width of each letter that the typeface draws, in parts of its size."""
    font = TTFont(BytesIO(typeface("appfont:source-sans-3/400")), lazy=True)
    advances, unit = font["hmtx"].metrics, font["head"].unitsPerEm
    return {code: advances[name][0] / unit for code, name in font.getBestCmap().items()}


def comments_that_fit(page: PillarPage, quotes: Sequence[Quote], paper: Paper) -> int:
    """How many comments, from the first, fit on a pillar's page, with a note about the others if there are any."""
    room = HEIGHT[paper] - SECTION - 4.3 - _before_comments(page)
    heights = [sum(12.5 * lines(line, WIDTH - 12, 9) for line in quote.all_lines) + 2.3 for quote in quotes]
    if sum(heights) <= room:
        return len(quotes)
    reached = list(accumulate(heights, initial=NOTE))
    return sum(height <= room for height in reached[1:])


def _before_comments(page: PillarPage) -> float:
    """What stands above them: the pillar with a consultant's words, or those words alone on a second page."""
    if page.later_commentary:
        return _note(page.later_commentary)
    return _pillar(page) + (_note(page.commentary) if page.commentary else 0)


def moves_beside(page: PillarPage, paper: Paper, *, has_comments: bool) -> int:
    """How many of a pillar's moves, one at the least, fit on its page, with the note that comments stand at the end."""
    room = HEIGHT[paper] - (SECTION + 4.3 + NOTE if has_comments else 0)
    counts = range(len(page.moves), 1, -1)
    return next((count for count in counts if _pillar(replace(page, moves=page.moves[:count])) <= room), 1)


def summary_fits(page: Summary, paper: Paper) -> bool:
    """Whether the summary stands on one page, down to its decisions."""
    return _summary(page) <= HEIGHT[paper]


def note_fits_summary(page: Summary, note: Note, paper: Paper) -> bool:
    """Whether a consultant's words about the whole fit on the summary, below the decisions."""
    return _summary(page) + _note(note) <= HEIGHT[paper]


def _summary(page: Summary) -> float:
    """The height of the summary down to its decisions."""
    title = 18 * lines(page.finding, 453, 14) if page.is_long else 25 * lines(page.finding, 453, 20)
    head = 17 + title + (7 + 17 * lines(page.lead, 453, 12) if page.lead else 0)
    verdict = 11.3 + 17 + 12 + 35 + 12 * _under_figures(page)
    dots = 17 + 16 * lines(page.dots.title, WIDTH, 12) + 12 + 16.3 + 3 + 14.2 + ROWS[page.spacing] * len(page.dots.rows)
    columns = (page.strengths, page.gaps, page.moves)
    points = [sum(12 * lines(f"{p.head} {p.text}", 130, 9) + 2.9 for p in column) for column in columns]
    decisions = 11.3 + 14.2 + 16 + 2.9 + sum(14 * lines(decision, 440, 10) for decision in page.decisions)
    return head + verdict + dots + 14.2 + 16 + max(points, default=0) + (decisions if page.decisions else 0)


def _under_figures(page: Summary) -> int:
    """The lines below the big figures; with a change there are four columns, and narrower ones."""
    widths = (120, 96, 96, 60) if len(page.facts.items) > 3 else (126, 126, 126)
    texts = [fact.notes or (fact.absent,) for fact in page.facts.items]
    return max(sum(lines(text, width, 8.5) for text in notes) for notes, width in zip(texts, widths, strict=True))


def moves_beside_note(page: PillarPage, note: Note, paper: Paper, *, has_comments: bool) -> int | None:
    """How many moves leave room for a consultant's words below them; None where not even one does.

    Comments need a line at the least, which says that they stand at the end.
    """
    room = HEIGHT[paper] - _note(note) - (NOTE if has_comments else 0)
    counts = range(len(page.moves), min(1, len(page.moves)) - 1, -1)
    return next((count for count in counts if _pillar(replace(page, moves=page.moves[:count])) <= room), None)


def _note(note: Note) -> float:
    return SECTION + 17 + _blocks(note.blocks, WIDTH - 16)


def _blocks(blocks: Iterable[Block], width: float) -> float:
    return sum(_block(block, width) for block in blocks)


def _block(block: Block, width: float) -> float:
    if block.kind == "list":
        return sum(_blocks(item, width - 14) for item in block.items) + 3
    return 13 * sum(lines(line, width, 9.5) for line in block.text.split("\n")) + (7 if block.kind == "heading" else 4)


def moves_that_fit(stretches: Sequence[Sequence[str]], paper: Paper, most: int) -> int:
    """How many moves of each stretch of the roadmap fit on its page."""
    for shown in range(most, 1, -1):
        if 60 + sum(_stretch(moves[:shown]) for moves in stretches) <= HEIGHT[paper]:
            return shown
    return 1


def _stretch(moves: Iterable[str]) -> float:
    return 11.3 + 16 + 22 + 12 + sum(12 * lines(move, 170, 9) + 9 for move in moves)


def _pillar(page: PillarPage) -> float:
    """The height of a pillar's page down to its moves."""
    head = 17 + 23 * lines(page.title, WIDTH, 18) + 72.5 + (23 if page.absent else 0)
    return head + _stages(page) + _answers(page) + _moves(page)


def _stages(page: PillarPage) -> float:
    texts = [f"{stage.question or ''} {stage.text}" for stage in (page.here, page.next) if stage is not None]
    return 35 + 13 * max(lines(text, 226, 9.5) for text in texts) if texts else 0


def _answers(page: PillarPage) -> float:
    width = (274 if page.draws_columns else 340) - NARROWED.get(get_language() or "", 0)
    least = 29 if page.draws_columns else 0
    rows = (
        12 * lines(row.text, width, 9) + 11.5 * lines(row.remark, width, 8.5) * bool(row.remark) for row in page.rows
    )
    head = (25 if page.draws_columns else 21) + TALLER.get(get_language() or "", 0)
    title = 16 * (lines(page.answers_title, WIDTH, 12) - 1)
    return SECTION + title + 12 + 8.5 + head + sum(max(least, row + 3.5) for row in rows)


def _moves(page: PillarPage) -> float:
    if not page.moves:
        return 0
    width = 270 if page.shows_gains else 340
    return SECTION + 2.8 + 18.5 + sum(12 * lines(move.action, width, 9) + 6.2 for move in page.moves)

"""How much fits on a page: heights in points, estimated on the safe side, so that no page overflows.

The figures follow static/css/report.css; letter widths are those of the typeface, so lines break as in the PDF.
Why pages are not laid out twice instead: docs/decisions/0017-estimated-pages.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO

from fontTools.ttLib import TTFont

from assessments.markdown import Block as Prose
from assessments.reports.blocks import (
    Block,
    Column,
    ConsultantNote,
    Facts,
    Heading,
    Quotes,
    Stages,
    Styled,
    Table,
    Text,
)
from assessments.reports.commentary import Note
from assessments.reports.pdf.render import typeface
from assessments.reports.report import Paper

ROOM: dict[Paper, float] = {"A4": 711, "Letter": 695}  # between the margins
WIDTHS: dict[Paper, float] = {"A4": 482, "Letter": 498}
WIDTH = 482.0  # on any paper
MM = 72 / 25.4
PADDING = 2 * MM  # of a cell
OTHER = 1.0  # a letter of another typeface: as wide as high, like a Chinese character
HEBREW, ARABIC = range(0x0590, 0x0600), range(0x0600, 0x0900)
NARROWER = {HEBREW: 0.6, ARABIC: 0.46}  # measured: 0.41 in joined Arabic text
BOLD = 600
MIN_WIDTHS = {"mean": 11 * MM, "people": 28 * MM, "gain": 25 * MM, "months": 25 * MM, "horizon": 25 * MM}  # by column
BETWEEN = 34.0  # two pillars on one page
DRAWING = 26.3  # the height of a row of columns
TITLE = 453.0  # the width of the finding and the lead of the summary
MAX_TITLE_LINES = 3  # of the finding of the summary in large type
DOT_ROWS = {"": 19.9, "close": 14.8, "closest": 8.3}  # the height of a row of ranked dots by spacing


def lines(text: str, width: float, size: float, weight: int = 400) -> int:
    """The number of lines of a text in a column of this width and font size, both in points."""
    count, left = 1, width
    for word in text.split(" "):
        needed = text_width(word, size, weight)
        if needed > left and left < width:
            count, left = count + 1, width
        count, left = count + int(needed // width), left - needed % width - text_width(" ", size, weight)
    return count


def text_width(word: str, size: float, weight: int = 400) -> float:
    """How wide a text on one line is, in the unit of the font size."""
    return sum(map(_widths(weight).__getitem__, map(ord, word))) * size


class _Widths(dict[int, float]):
    """The width of each letter of the typeface, relative to the font size."""

    def __missing__(self, letter: int) -> float:
        return next((width for script, width in NARROWER.items() if letter in script), OTHER)


@cache
def _widths(weight: int) -> _Widths:
    font = TTFont(BytesIO(typeface(f"appfont:source-sans-3/{weight}")), lazy=True)
    advances, unit = font["hmtx"].metrics, font["head"].unitsPerEm
    return _Widths({code: advances[name][0] / unit for code, name in font.getBestCmap().items()})


def measured(table: Table, paper: Paper) -> Table:
    """The table with each column as wide as its longest word, in any language; the first column takes the rest.

    A cell that spans several columns stays on one line.
    """
    columns = enumerate(table.columns[1:], start=1)
    widths = [_column(column, [line[place] for line in table.lines if len(line) > place]) for place, column in columns]
    across = [text_width(cell.text or "", 9) for _head, *cells in table.lines for cell in cells if cell.across > 1]
    if across:
        widths[-1] += max(0, max(across) + PADDING - sum(widths))
    return replace(table, widths=(WIDTHS[paper] - sum(widths), *widths))


def beside(words: str, table: Table) -> Table:
    """The table with its heads in the line of the words above it, if the words end where the heads of figures begin."""
    has_line = table.columns[-1].below or not table.columns[0].head
    fits = table.has_head and has_line and text_width(words, 12, BOLD) + PADDING < table.widths[0]
    return replace(table, look=f"{table.look} beside") if fits else table


def _column(column: Column, cells: Iterable[Styled]) -> float:
    texts = [cell.text or "" for cell in cells if cell.across == 1] if column.below is None else []
    words = [text_width(word, 9) for text in texts for word in text.split(" ")]
    heads = [column.head] if column.below else column.head.split(" ")
    needed = max([*words, *(text_width(head, 9, BOLD) for head in heads)])
    return max(MIN_WIDTHS.get(column.key, 16 * MM), needed + PADDING)


def top(title: str) -> float:
    """The height of the top of a pillar's page."""
    return 17 + 23 * lines(title, 1.02 * WIDTH, 18, BOLD)  # for closer letter spacing


def height(blocks: Iterable[Block]) -> float:
    """The height of the blocks of a pillar's page, one below the other."""
    return sum(_height(block) for block in blocks)


def more_space(blocks: Iterable[Block]) -> float:
    """How much higher blocks are on a page that is set `airy`."""
    return sum(_more_space(block) for block in blocks)


def _more_space(block: Block) -> float:
    match block:
        case Table():
            return (7.5 if block.look.startswith("q") else 5.2) * (1 + len(block.rows))
        case Quotes():
            return 3.0 * len(block.items)
        case Heading():
            return 15.2
        case _:
            return 11.5 if isinstance(block, Facts) else 9.6


def _height(block: Block) -> float:
    match block:
        case Facts():
            return 77.5
        case Heading():
            return 7.7 + 16 * lines(block.text, WIDTH, 12, BOLD)
        case Text():
            return 12 if block.look == "sub" else 23 if block.look == "absence" else 19.7
        case Table():
            return _answers(block) if block.look.startswith("q") else _moves(block)
        case _:
            return _written(block)


def _written(block: Block) -> float:
    """The height of a text written by people."""
    match block:
        case Stages():
            width = 216 if len(block.items) > 1 else 350
            return 35 + 13 * max(lines(f"{stage.question or ''} {stage.text}", width, 9.5) for stage in block.items)
        case Quotes():
            return (
                4.3
                + sum(13 * lines(line, WIDTH - 14, 9.6) for each in block.items for line in each.all_lines)
                + 2.3 * len(block.items)
            )
        case ConsultantNote():
            return 36.8 + _prose(block.note.blocks, 450)
        case _:
            raise ValueError(f"No pillar's page holds a block of the kind {block.kind}.")


def _head(table: Table) -> float:
    columns = zip(table.columns[1:], table.widths[1:], strict=True)
    heads = (
        12 * lines(column.head, width - PADDING + 0.5, 9, BOLD) + 9.5 * bool(column.below) for column, width in columns
    )
    return 9.3 + max(heads) if len(table.columns) > 1 else 0


LIFTED = {"q": 12.0, "acts": 19.0}  # by how much a table whose heads are beside the words above is higher


def _lifted(table: Table) -> float:
    return LIFTED[table.look.split()[0]] if table.look.endswith("beside") else 0


def _answers(table: Table) -> float:
    least = DRAWING if table.columns[-1].below else 0
    texts = (
        12 * lines(head.text or "", table.widths[0], 9)
        + 11.5 * lines(head.remark, table.widths[0], 8.5) * bool(head.remark)
        for head, *_cells in table.lines
    )
    return _head(table) - _lifted(table) + sum(max(least, text + 3.4) for text in texts)


def _moves(table: Table) -> float:
    rows = (12 * lines(head.text or "", table.widths[0], 9) + 6.2 for head, *_cells in table.lines)
    return _head(table) - _lifted(table) + sum(rows)


def beside_chart(note: Note) -> float:
    """The height of a commentary in the narrow column beside the chart of the profile."""
    return 46 + 16 * lines(note.title, 218, 12, BOLD) + _prose(note.blocks, 218)


def _prose(blocks: Iterable[Prose], width: float, between: float = 4) -> float:
    return sum(_paragraph(block, width) + between for block in blocks)


def _paragraph(block: Prose, width: float) -> float:
    if block.kind == "list":
        return sum(_prose(item, width - 14, 0) for item in block.items)
    return 13 * sum(lines(line, width, 9.5) for line in block.text.split("\n")) + (3 if block.kind == "heading" else 0)


def is_long_title(finding: str) -> bool:
    """Whether the finding of the summary needs the smaller type."""
    return lines(finding, TITLE, 20) > MAX_TITLE_LINES


def summary_top(finding: str, lead: str | None, *, is_long: bool) -> float:
    """The height of the summary's finding, in the smaller type if it `is_long`, and of its lead."""
    title = 18 * lines(finding, TITLE, 14) if is_long else 25 * lines(finding, TITLE, 20)
    return 17 + title + (7 + 17 * lines(lead, TITLE, 12) if lead else 0)


def summary_facts(facts: Facts) -> float:
    """The height of the summary's figures and the lines below them; with a change, four narrower columns."""
    widths = (120, 96, 96, 60) if facts.look else (126, 126, 126)
    notes = [fact.notes if fact.value else (fact.absent,) for fact in facts.items]
    counts = (sum(lines(text, width, 8.5) for text in texts) for texts, width in zip(notes, widths, strict=True))
    return 75.3 + 12 * max(counts)


def name_width(names: Iterable[str], size: float) -> float:
    """How wide a column of names is, in mm, so that most stay on a line in this font size."""
    return min(52, max(25, 3 + max((text_width(name, size, BOLD) for name in names), default=0) / MM))


def ranked_dots(title: str, spacing: str, rows: int) -> float:
    """The height of the ranked dots with their title."""
    return 61.5 + 16 * lines(title, WIDTH, 12) + DOT_ROWS[spacing] * rows


def point_columns(columns: Iterable[Iterable[str]]) -> float:
    """The height of the strengths, gaps and moves side by side."""
    return 30.2 + max((sum(12 * lines(text, 130, 9) + 2.9 for text in texts) for texts in columns), default=0)


def decision_list(decisions: Sequence[str]) -> float:
    """The height of the decisions needed, 0 without any."""
    return 44.4 + sum(14 * lines(decision, 440, 10) for decision in decisions) if decisions else 0

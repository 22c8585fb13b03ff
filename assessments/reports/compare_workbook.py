"""A comparison as an Excel workbook: figures unrounded if permitted, texts never as formulas."""

from collections.abc import Iterable, Iterator

from assessments.pages.compare import ComparePage
from assessments.reports.blocks import TWO, Cell, Column, Table
from assessments.reports.precision import ends, told
from assessments.reports.workbook import book_of
from assessments.sentences import gettext as _


def comparison_workbook(page: ComparePage, *, client: str | None) -> bytes:
    """Three sheets: the figures, what was compared, and the questions whose median answer changed."""
    first = page.heads[0].name
    what = _("Change") if page.kind == "change" else _("Difference")
    numbers = (_("Score against"), _("Score"), what, _("From"), _("To"))
    figures = (_("Pillar"), _("Shared questions"), _("Questions"), _("Against"), _("Compared"), *numbers)
    about = (_("Name"), _("What"), _("Answered"), _("Question bank"), _("Index"), _("Level"))
    moved = (_("Question"), _("Pillar"), first, _("Later round"), _("There"))
    rows = ((entry.question, entry.pillar, entry.before, entry.other, entry.after) for entry in page.moved)
    tables = [
        _table(_("Comparison"), (*figures, _("Comparability"), _("Verdict")), _figures(page), numbers),
        _table(_("Compared"), about, _about(page, client), (_("Index"),)),
        *([_table(_("Questions"), moved, rows)] if page.moved else []),
    ]
    return book_of(tables, title=page.title)


def _table(name: str, heads: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], numbers: tuple[str, ...] = ()) -> Table:
    styles = (TWO if head in numbers else "General" for head in heads)
    widths = (28, *(16,) * (len(heads) - 1))
    columns = (Column(head, head, width, style) for head, width, style in zip(heads, widths, styles, strict=True))
    return Table(name, name, tuple(columns), tuple(rows))


def _figures(page: ComparePage) -> Iterator[tuple[Cell, ...]]:
    """One row per pillar and side, unrounded unless an exact figure would reveal a hidden answer."""
    for row in (*page.rows, page.total):
        for head, cell in zip(page.heads[1:], row.cells, strict=True):
            change, coarse = cell.change, row.has_hidden
            scores = (told(value, coarse=coarse) for value in (change.before, change.after, change.delta))
            interval = ends(change.interval, coarse=coarse)
            about = (row.name, row.common, row.questions, page.heads[0].name, head.name)
            yield (*about, *scores, *interval, change.comparability, cell.verdict)


def _about(page: ComparePage, client: str | None) -> Iterator[tuple[Cell, ...]]:
    for head in page.heads:
        yield head.name, head.detail, head.answered, head.bank, head.figure, head.level
    notes = [page.title, *page.banners, *page.people, *page.credits]
    yield from ((note,) for note in ([client, *notes] if client else notes))

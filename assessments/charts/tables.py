"""Charts as tables for *Show as table* and CSV, in the order in which the marks are drawn."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments.charts.agreement import ranked
from assessments.charts.answers import AnswerSpread
from assessments.charts.dots import ranked_axes
from assessments.charts.ladder import LadderStep, ladder as steps_of
from assessments.charts.radar import is_numbered
from assessments.charts.slope import legs
from assessments.charts.trend import panels
from assessments.csv_safety import BOM, safe_text
from assessments.scoring.bank import Bank
from assessments.scoring.view import Axis, Earlier, ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.change import delta as change_delta, interval as change_interval, verdict
from assessments.wording.numbers import optional
from assessments.wording.remarks import BANDS, answered, short_absence

NUMBER = re.compile(r"[−+–]?\d|–$")  # `−0.13`, `3.1–3.4`, and the dash of a cell that does not apply


@dataclass(frozen=True)
class ChartTable:
    """Column names and rows of text; the first cell of a row is its name."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @cached_property
    def _words(self) -> tuple[bool, ...]:
        """Whether a column (except the first) contains only text, which is left-aligned."""
        columns = [[row[place] for row in self.rows] for place in range(1, len(self.head))]
        return (False, *(not any(map(NUMBER.match, column)) for column in columns))

    @property
    def titled(self) -> list[tuple[str, bool]]:
        """Each column's name, and whether the column is text."""
        return list(zip(self.head, self._words, strict=True))

    @property
    def cells(self) -> list[list[tuple[str, bool]]]:
        """Each row's cells, and whether their column is text."""
        return [list(zip(row, self._words, strict=True)) for row in self.rows]


def table(head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> ChartTable:
    """Build a table. A cell that is None does not apply and shows a dash."""
    return ChartTable(tuple(head), tuple([tuple(["–" if cell is None else cell for cell in row]) for row in rows]))


def csv_of(chart: ChartTable) -> str:
    """The table as CSV with a byte order mark, so that spreadsheets detect its encoding."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([safe_text(cell) for cell in row] for row in (chart.head, *chart.rows))
    return BOM + text.getvalue()


def every_table(view: ResultView) -> dict[str, ChartTable]:
    """The tables by chart name; `change` only if the rounds share a pillar."""
    tables = {
        "ladder": ladder(view),
        "pillars": pillars(view, ranked=True),
        "profile": pillars(view, ranked=False),
        "agreement": agreement(view),
    }
    earlier = view.earlier
    if earlier is not None and legs(view.bank, earlier.comparison):
        tables["change"] = change(view.bank, earlier)
    return tables


def pillars(view: ResultView, *, ranked: bool) -> ChartTable:
    """Scores with everything the radar or the ranked dots may show; columns without a value are left out."""
    axes = ranked_axes(view) if ranked else view.axes
    before, peers = view.previous, view.medians
    columns: list[tuple[str, list[str | None]]] = [
        (_("Score"), [_score(axis) for axis in axes]),
        (_("90%% interval") % {}, [optional(numbers.interval, row.interval) for _name, row in axes]),
        (_("Target"), [None if row.score is None else optional(numbers.score, row.target) for _name, row in axes]),
        (_("Previous round"), [optional(numbers.score, before.get(row.key)) for _name, row in axes]),
        (_("Benchmark, median"), [optional(numbers.score, peers.get(row.key)) for _name, row in axes]),
    ]
    kept = [columns[0], *(column for column in columns[1:] if any(cell is not None for cell in column[1]))]
    names = [name for name, _row in axes]
    if not ranked and is_numbered(view):
        names = [f"{place} {name}" for place, name in enumerate(names, start=1)]
    return table(
        [_("Pillar"), *(name for name, _cells in kept)], zip(names, *(cells for _n, cells in kept), strict=True)
    )


def _score(axis: Axis) -> str:
    _name, row = axis
    return short_absence(row) if row.score is None else numbers.score(row.score)


def agreement(view: ResultView) -> ChartTable:
    """r*wg of each pillar, highest first, with its band and the number of people."""
    return table(
        (_("Pillar"), "r*wg", _("Agreement"), _("People")),
        [
            (name, numbers.agreement(value), str(BANDS[row.agreement.band or "weak"]), str(row.respondents))
            for value, name, row in ranked(view)
        ],
    )


def change(bank: Bank, earlier: Earlier) -> ChartTable:
    """Before, after, difference and verdict for each pillar."""
    names = {pillar.key: pillar.short or pillar.name for pillar in bank.pillars}
    changes = [change for change in earlier.comparison.pillars if change.key in names and change.key is not None]
    return table(
        (_("Pillar"), *earlier.names, _("Change"), _("90%% interval") % {}, _("Verdict")),
        [
            (
                names[row.key or ""],
                optional(numbers.score, row.before),
                optional(numbers.score, row.after),
                change_delta(row),
                change_interval(row),
                _("not shown") if row.key in earlier.comparison.withheld else verdict(row),
            )
            for row in changes
        ],
    )


def trend(view: ResultView) -> ChartTable:
    """Every score drawn in the panels, with the date of its assessment."""
    rounds = () if view.trend is None else view.trend.rounds
    head = (_("Pillar"), _("Assessment"), _("Date"), _("Score"), _("90%% interval") % {})
    return table(
        head,
        [
            (panel.name, one.name, one.day.isoformat(), optional(numbers.score, point.score),
             optional(numbers.interval, point.interval))
            for panel in panels(view)
            for one, point in zip(rounds, panel.trend.points, strict=True)
        ],
    )  # fmt: skip


def ladder(view: ResultView) -> ChartTable:
    """The levels and their state."""
    steps = steps_of(view)
    return table((_("Level"), _("Name"), _("State")), [(str(step.number), step.name, _state(step)) for step in steps])


def _state(step: LadderStep) -> str:
    if step.current:
        return step.note or _("here")
    if step.next:
        return step.note or _("next")
    return _("reached") if step.reached else _("not reached")


def answers(spread: AnswerSpread) -> ChartTable:
    """People per answer, then the figures drawn below them."""
    row, bank, question = spread.figures, spread.bank, spread.question
    rows: list[tuple[str, str | None]] = [
        (numbers.capitalised(answered(bank, question, answer)), str(spread.counts[answer - 1]))
        for answer in question.offered
    ]
    rows.append((_("Mean"), optional(numbers.score, row.mean)))
    rows.append(
        (
            _("Median answer"),
            bank.level_text(spread.median) if question.choices is None else answered(bank, question, spread.median),
        )
    )
    rows.append((_("Mean deviation"), optional(numbers.decimal, row.disagreement)))
    rows += [(name, numbers.score(mean)) for name, mean in spread.functions.items()]
    return table((_("Answer"), _("People or figure")), rows)

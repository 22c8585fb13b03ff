"""A pillar as scoring saw it, reduced to what this reader may see, and its inputs as a table."""

from dataclasses import dataclass
from typing import Literal

from assessments.scoring.bank import Pillar
from assessments.scoring.figures import PillarResult, QuestionResult
from assessments.scoring.marks import Marks
from assessments.scoring.minimum_respondents import LevelCounts
from assessments.scoring.pillar import PillarSums, pillar_sums
from assessments.scoring.question import Tally
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers

type Seen = Literal["all", "none", "some"]


@dataclass(frozen=True)
class PillarInputs:
    """A pillar's figures with its questions.

    `means` and `shares` say whether the mean, and the counts per level, may be shown of all, some or none of the
    answered, weighted questions. Unless it is all, no exact total is printed: it would reveal hidden ones.
    """

    view: ResultView
    pillar: Pillar
    figures: PillarResult
    sums: PillarSums
    means: Seen
    shares: Seen

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels above the lowest that the pillar offers."""
        return tuple(level for level in self.view.bank.climb if level <= self.pillar.highest)

    @property
    def by_stages(self) -> bool:
        """Whether every question belongs to a level."""
        return self.view.bank.gate.by == "stages"

    @property
    def is_closed(self) -> bool:
        """Whether nothing about single questions may be shown beyond their means."""
        return self.pillar.key in self.view.seen.closed

    @property
    def shows_totals(self) -> bool:
        """Whether the exact sum of the means may be printed."""
        return self.means == "all"

    @property
    def shows_shares(self) -> bool:
        """Whether a(L) may be printed."""
        return not self.is_closed


def pillar_inputs(view: ResultView, pillar: Pillar) -> PillarInputs:
    """What may be explained about a pillar."""
    tallies = tuple(
        _tally(view.bank.marks[question.key], view.questions[question.key], view.counts.get(question.key))
        for question in pillar.questions
    )
    weighed = pillar_sums(view.bank, pillar, tallies)
    keys = [tally.question.key for tally in weighed.answered]
    return PillarInputs(
        view=view,
        pillar=pillar,
        figures=view.rows[pillar.key],
        sums=weighed,
        means=_seen([key in view.means for key in keys]),
        shares=_seen([key in view.counts for key in keys]),
    )


def _seen(flags: list[bool]) -> Seen:
    if all(flags):
        return "all"
    return "none" if len(flags) > 1 and not any(flags) else "some"


def _tally(marks: Marks, row: QuestionResult, counts: LevelCounts | None) -> Tally:
    """Rebuild a question's tally. How many reached each level is known only if the counts may be shown."""
    people = counts or (0,) * len(marks.units)
    return Tally(
        marks.question,
        marks,
        marks.question.weight,
        row.state,
        tuple(sum(people[place:]) for place in range(len(people))),
        row.n,
        sum(unit * count for unit, count in zip(marks.units, people, strict=True)),
        row.mean,
        row.low_median,
        row.dont_know,
        row.not_applicable,
        row.evidence,
    )


PLACES = 4


@dataclass(frozen=True)
class InputRow:
    """One question. A cell that is hidden or does not apply is None; `absent` gives the reason for a missing mean."""

    key: str
    question: str
    weight: str
    n: str | None
    mean: str | None
    product: str | None
    shares: tuple[str | None, ...]  # q(L) from level 2; by stages, the level to which the question belongs
    absent: str | None


@dataclass(frozen=True)
class InputTable:
    """The rows in bank order, and their sums. `heads` name the last columns."""

    rows: tuple[InputRow, ...]
    heads: tuple[str, ...]
    by_stages: bool
    weight: str  # of the answered questions
    total: str | None  # of weight x mean
    shares: tuple[str | None, ...]  # of weight x q(L)
    hidden: str | None  # why some cells are empty; None if none is


def input_table(given: PillarInputs) -> InputTable:
    """Everything that score, level and floor are computed from, as far as it may be shown."""
    sums_, by_stages = given.sums, given.by_stages
    shares = [None] if by_stages else [given.figures.attained[level] for level in given.levels]
    return InputTable(
        rows=tuple(_row(given, tally) for tally in sums_.tallies),
        heads=(_("Stage"),)
        if by_stages
        else tuple(f"q({given.view.bank.level_number(level)})" for level in given.levels),
        by_stages=by_stages,
        weight=plain(sums_.answered_weight),
        total=fixed(sums_.answered_sum) if given.shows_totals and sums_.answered else None,
        shares=tuple(
            None if share is None or not given.shows_shares else fixed(share * sums_.applicable_weight)
            for share in shares
        ),
        hidden=_hidden(given),
    )


def _row(given: PillarInputs, tally: Tally) -> InputRow:
    key = tally.question.key
    counts = tally.state == "answered" and tally.weight > 0
    open_mean = counts and key in given.view.means and tally.mean is not None
    return InputRow(
        key=key,
        question=tally.question.short or tally.question.text,
        weight=plain(tally.weight),
        n=str(tally.n) if open_mean else None,
        mean=fixed(tally.mean) if open_mean and tally.mean is not None else None,
        product=fixed(tally.weight * tally.mean) if open_mean and tally.mean is not None else None,
        shares=_shares(given, tally),
        absent=None if open_mean else _absent(tally),
    )


def _shares(given: PillarInputs, tally: Tally) -> tuple[str | None, ...]:
    if given.by_stages:
        stage = tally.question.stage
        return (None if stage is None else str(given.view.bank.level_number(stage)),)
    if tally.missing and tally.weight > 0:
        return tuple(fixed(0.0) for _level in given.levels)
    if tally.state != "answered" or tally.weight == 0 or tally.question.key not in given.view.counts:
        return (None,) * len(given.levels)
    return tuple(fixed(tally.share(level)) for level in given.levels)


def _absent(tally: Tally) -> str:
    if tally.state == "not_applicable":
        return _("not applicable: in no sum")
    if tally.weight == 0:
        return _("weight 0: in no sum")
    return _("missing: counts as not reached") if tally.missing else _("not shown")


def _hidden(given: PillarInputs) -> str | None:
    if given.means != "all":
        if given.means == "none":
            return _(
                "Too few people answered, so no mean is shown. Exact sums would give answers away and are left out too: "
                "this score cannot be recomputed from this page."
            )
        return _(
            "Too few people answered some questions, so their means are not shown. Exact sums would give them away and "
            "are left out too: this score cannot be recomputed from this page."
        )
    if given.shares != "all":
        return _(
            "Some questions have fewer than five answers, so their shares are not shown. The sums would give them away "
            "and are left out too: this level cannot be recomputed from this page."
        )
    return None


def fixed(value: float, places: int = PLACES) -> str:
    """An input with enough decimals to recompute the figures on the page: `2.8889`."""
    return numbers.decimal(value, places)


def plain(value: float) -> str:
    """A weight without trailing zeros: `1`, `0.25`."""
    text = f"{round(value, 6):f}".rstrip("0").rstrip(".")
    return numbers.decimal(value, len(text.partition(".")[2]))

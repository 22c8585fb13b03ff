"""How much of a pillar's inputs this reader may see, and the pillar as the instrument saw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessments.scoring.bank import LEVELS, Pillar, Question
from assessments.scoring.disclosure import Counts
from assessments.scoring.figures import PillarResult, QuestionResult
from assessments.scoring.pillar import PillarSums, sums
from assessments.scoring.question import Tally
from assessments.scoring.view import ResultView

type Seen = Literal["all", "none", "some"]


@dataclass(frozen=True)
class Known:
    """A pillar's figures beside its questions.

    `means` and `shares` say of how many answered, weighted questions the mean, and the counts a level, may be shown.
    Unless it is all of them, no exact total is printed: it would tell of the hidden ones.
    """

    view: ResultView
    pillar: Pillar
    figures: PillarResult
    standing: PillarSums
    means: Seen
    shares: Seen

    @property
    def is_closed(self) -> bool:
        """Whether nothing may be shown that tells of single questions beyond their means."""
        return self.pillar.key in self.view.seen.closed

    @property
    def shows_totals(self) -> bool:
        """Whether the exact sum of the means may be printed."""
        return self.means == "all"

    @property
    def shows_shares(self) -> bool:
        """Whether a(L) may be printed."""
        return not self.is_closed


def known(view: ResultView, pillar: Pillar) -> Known:
    """What may be explained of a pillar."""
    tallies = tuple(
        _tally(question, view.questions[question.key], view.counts.get(question.key)) for question in pillar.questions
    )
    found = sums(pillar, tallies)
    keys = [tally.question.key for tally in found.answered]
    return Known(
        view=view,
        pillar=pillar,
        figures=view.rows[pillar.key],
        standing=found,
        means=_seen([key in view.means for key in keys]),
        shares=_seen([key in view.counts for key in keys]),
    )


def _seen(flags: list[bool]) -> Seen:
    if all(flags):
        return "all"
    return "none" if len(flags) > 1 and not any(flags) else "some"


def _tally(question: Question, row: QuestionResult, counts: Counts | None) -> Tally:
    """The counted question again. How many reached each level is known only where the counts may be shown."""
    people = counts or (0, 0, 0, 0, 0)
    r1, r2, r3, r4, r5 = (sum(people[level - 1 :]) for level in LEVELS)
    return Tally(
        question,
        question.weight,
        row.state,
        (r1, r2, r3, r4, r5),
        row.n,
        row.mean,
        row.low_median,
        row.dont_know,
        row.not_applicable,
        row.evidence,
    )

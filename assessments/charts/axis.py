"""The axis of a bank's scores: its ends, and where the levels are on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessments.charts.svg import Scale
from assessments.scoring.bank import Bank, Scale as Range
from assessments.scoring.figures import Interval
from assessments.sentences import gettext as _
from assessments.wording import numbers

CLOSEST = 0.06  # of the axis: ticks nearer to one another would have overlapping numbers


@dataclass(frozen=True)
class ScoreAxis:
    """Scores from `low` to `high`, with a tick at each level that leaves room for its number."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def span(self) -> float:
        return self.high - self.low

    def over(self, start: float, length: float, sign: str = "") -> Scale:
        """The axis drawn over this length."""
        return Scale(self.low, length / self.span, start, sign)

    @property
    def percent(self) -> Scale:
        """The axis over the whole width, in per cent, so that circles stay round at any width."""
        return self.over(0, 100, "%")

    def share(self, score: float) -> float:
        """How far along the axis a score is, 0-1."""
        return (score - self.low) / self.span

    def ends(self, interval: Interval) -> Interval:
        """The same of an interval."""
        return self.share(interval[0]), self.share(interval[1])

    def shares(self, scores: Iterable[float | None]) -> list[float | None]:
        return [None if score is None else self.share(score) for score in scores]

    @property
    def name(self) -> str:
        """`Scale from 1 to 5`."""
        return _("Scale from %(scale)s") % {"scale": numbers.ends(Range(self.low, self.high))}

    @property
    def labels(self) -> Iterator[tuple[float, str]]:
        """Each tick and what is written at it."""
        return ((tick, numbers.point(tick)) for tick in self.ticks)


def axis_of(bank: Bank) -> ScoreAxis:
    """The axis of a bank's scores. The ends always have a tick."""
    first, *between, last = bank.level_scores
    room, kept = CLOSEST * (last - first), [first]
    for score in between:
        if score - kept[-1] >= room and last - score >= room:
            kept.append(score)
    return ScoreAxis(bank.scale.low, bank.scale.high, (*kept, last))

"""What a comparison may not show: a score on part of the questions that reveals more than the score on all of them."""

from collections.abc import Collection
from dataclasses import replace

from .change import Change, Comparison
from .figures import Interval, PillarResult
from .suppression import ReaderResult
from .tolerance import rounded


def gives_away(pillar: PillarResult, common: Collection[str], means: Collection[str]) -> bool:
    """Whether this pillar's score on the common questions would reveal a hidden answer.

    The pillar's own score is published. A second one, on part of its questions that includes a hidden one, narrows down
    the answers of one or two people; on the same questions, or if nothing is hidden, it reveals nothing.
    """
    answered = {question.key for question in pillar.questions if question.state == "answered"}
    part = answered & set(common)
    return part != answered and not part <= set(means)


def without_pillars(comparison: Comparison, hidden: Collection[str]) -> Comparison:
    """Return the comparison without these pillars and, if there are any, without the index that includes them."""
    if not hidden:
        return comparison
    pillars = tuple(empty_change(change.key) if change.key in hidden else change for change in comparison.pillars)
    return replace(comparison, overall=empty_change(None), pillars=pillars, withheld=frozenset(hidden))


def restricted_comparison(comparison: Comparison, common: Collection[str], *sides: ReaderResult) -> Comparison:
    """Return as much of a comparison as its sides allow to be shown.

    A pillar that is closed on a side has no standard error and its interval as printed; one that is rounded has all its
    figures as printed. Only questions whose median answer is shown on every side are named as changed.
    """
    hidden = hidden_in(common, *sides)
    closed = frozenset(key for side in sides for key in side.closed)
    coarse = frozenset(key for side in sides for key in side.rounded)
    middles = frozenset.intersection(*(frozenset(side.counts) for side in sides))
    found = without_pillars(comparison, hidden)
    pillars = tuple(_within(change, change.key in closed, change.key in coarse) for change in found.pillars)
    overall = _within(found.overall, bool(closed), bool(coarse))
    return replace(
        found, overall=_named(overall, middles), pillars=tuple(_named(change, middles) for change in pillars)
    )


def hidden_in(common: Collection[str], *sides: ReaderResult) -> frozenset[str]:
    """The pillars that a comparison on these questions may not show."""
    return frozenset(
        row.key for side in sides for row in side.result.pillars
        if (row.key in side.withheld and row.score is None) or gives_away(row, common, side.means)
    )  # fmt: skip


def _within(change: Change, closed: bool, coarse: bool) -> Change:
    """The change in printed figures: a difference of rounded scores reveals no more than they do."""
    if not coarse:
        return replace(change, se=None, interval=_both(change.interval, 2)) if closed else change
    before, after = _one(change.before), _one(change.after)
    both = before is not None and after is not None and change.delta is not None
    delta = round(after - before, 9) if both and after is not None and before is not None else None
    return replace(change, before=before, after=after, delta=delta, se=None, interval=_both(change.interval, 1))


def _one(value: float | None) -> float | None:
    return None if value is None else float(rounded(value))


def _both(pair: Interval | None, places: int) -> Interval | None:
    return None if pair is None else (float(rounded(pair[0], places)), float(rounded(pair[1], places)))


def _named(change: Change, means: Collection[str]) -> Change:
    return replace(change, changed=tuple(key for key in change.changed if key in means))


def empty_change(key: str | None) -> Change:
    """An empty change of a pillar, or of the index if `key` is None."""
    return Change(key, "none", None, None, None, None, None, None, None, None, ())

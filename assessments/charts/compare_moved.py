"""The common questions whose middle answer differs, as far as their figures may be shown in both assessments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assessments.scoring.change import Comparison
from assessments.wording.compare_side import Side


@dataclass(frozen=True)
class Moved:
    """One question between the first side and another."""

    other: str
    pillar: str
    question: str
    before: int
    after: int


def moved(sides: Sequence[Side], pairs: Sequence[Comparison], hidden: Collection[str]) -> tuple[Moved, ...]:
    """In the order of the sides, then of the later bank."""
    first, *others = sides
    return tuple(entry for other, pair in zip(others, pairs, strict=True) for entry in _of(first, other, pair, hidden))


def _of(first: Side, other: Side, pair: Comparison, hidden: Collection[str]) -> Iterator[Moved]:
    before, after = _middles(first), _middles(other)
    for change in pair.pillars:
        for key in change.changed if change.key not in hidden else ():
            low, high = before.get(key), after.get(key)
            if key in first.seen.counts and key in other.seen.counts and low is not None and high is not None:
                bank = other.bank
                yield Moved(other.name, bank.pillar_of[key].name, bank.questions[key].text, low, high)


def _middles(side: Side) -> dict[str, int | None]:
    return {question.key: question.low_median for pillar in side.result.pillars for question in pillar.questions}

"""What each answer of a question is worth, on the scale that people see.

Every value is a whole number of units, the largest fraction of which all values of a question are multiples: sums of
answers are exact. A bank of format 1 counts in whole levels everywhere; one of format 2 in each question's own steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from .asked import AnswerSet, Level, Question, Scale
from .tolerance import as_written, at_least

CLAIMED = 0.75  # the value from which a level needs evidence
LEVEL_VARIANCE = 2  # (5^2 - 1) / 12: of answers spread evenly over five levels
PART_OF_ANSWERS = 0.16  # the deviation that needs discussion, for each answer offered
LARGE_RANGE = 3  # steps, from four answers on
MAX_LEVEL = 7


@dataclass(frozen=True, eq=False)
class Marks:
    """The answers of one question as numbers; answer n is at index n - 1 of every tuple."""

    question: Question
    units: tuple[int, ...]  # value on the scale x denominator
    denominator: int
    places: tuple[int, ...]  # among the answers offered; the levels themselves in format 1
    step: float  # between neighbouring answers, on the scale
    null_variance: float  # of answers spread evenly, in units squared
    answers: int  # offered; five in format 1

    @property
    def large_deviation(self) -> float:
        """The mean deviation above which views differ, in steps."""
        return PART_OF_ANSWERS * self.answers

    @cached_property
    def rises(self) -> tuple[int, ...]:
        """What each answer adds to the one below it, in units; the first has its own value."""
        return tuple(unit - below for unit, below in zip(self.units, (0, *self.units), strict=False))

    @cached_property
    def first(self) -> tuple[int, ...]:
        """`first[L]` is the index of the lowest answer that counts for level L, from 0."""
        return tuple(self.question.reaching(level) - 1 for level in range(MAX_LEVEL + 1))

    @cached_property
    def downwards(self) -> tuple[int, ...]:
        """The numbers of the answers, highest first."""
        return tuple(range(len(self.units), 0, -1))

    def value(self, answer: int) -> float:
        """The value of an answer on the scale."""
        return self.units[answer - 1] / self.denominator

    @cached_property
    def highest(self) -> float:
        """The value of the highest answer offered."""
        return self.value(self.question.offered[-1])


def level_values(levels: Sequence[Level]) -> tuple[Fraction, ...]:
    """How far up the range each level counts, 0-1: as written, or in equal steps."""
    top = len(levels) - 1
    return tuple(
        Fraction(place, top) if level.value is None else as_written(level.value) for place, level in enumerate(levels)
    )


def level_at(value: float, ladder: Sequence[Fraction]) -> int:
    """The level of a choice: the highest whose value is at most `value`."""
    return max(level for level, each in enumerate(ladder, start=1) if at_least(value, float(each)))


def marks_of(question: Question, ladder: Sequence[Fraction], scale: Scale, in_levels: bool) -> Marks:
    """The marks of one question; `in_levels` counts in whole levels, whatever the question offers."""
    low, span = as_written(scale.low), as_written(scale.high) - as_written(scale.low)
    shown = [low + span * value for value in values_of(question.choices, ladder)]
    denominator = lcm(*(value.denominator for value in shown))
    units = tuple(int(value * denominator) for value in shown)
    numbers, offered = range(1, len(units) + 1), question.offered
    if in_levels:
        return Marks(question, units, denominator, (*numbers,), 1.0, float(LEVEL_VARIANCE), len(units))
    return Marks(
        question=question,
        units=units,
        denominator=denominator,
        places=tuple(sum(each < number for each in offered) for number in numbers),
        step=float(span / (len(offered) - 1)),
        null_variance=float(variance([units[number - 1] for number in offered])),
        answers=len(offered),
    )


def values_of(choices: AnswerSet | None, ladder: Sequence[Fraction]) -> Sequence[Fraction]:
    """The value of every answer, 0-1."""
    return ladder if choices is None else [as_written(choice.value) for choice in choices.choices]


def variance(units: Sequence[int]) -> Fraction:
    """The population variance."""
    return Fraction(len(units) * sum(unit * unit for unit in units) - sum(units) ** 2, len(units) ** 2)

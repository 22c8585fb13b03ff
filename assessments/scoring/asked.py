"""A question with its answers and next steps, the ladder of levels, and the scale that people see.

Import these names from `bank.py`.
"""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class NextStep:
    """An action that lifts an organisation above a level; the first step of a level is its main one."""

    from_level: int
    action: str
    owner: str | None = None
    effort: float | None = None  # person-months, above 0
    horizon: str | None = None  # one of HORIZONS
    requires: tuple[str, ...] = ()  # keys of the questions to address first


@dataclass(frozen=True)
class Choice:
    """One answer of an answer set: its value from 0 to 1, and the highest level of the ladder whose value that is."""

    text: str
    value: float
    level: int


@dataclass(frozen=True)
class AnswerSet:
    """Answers that questions share, lowest first; the first has the value 0, the last the value 1."""

    key: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Question:
    """One question. Its answers are anchors, one a level from the lowest, `None` for a level that is not offered; or
    those of an answer set. An answer is a number: the level of an anchor, the place in an answer set."""

    key: str
    text: str
    anchors: tuple[str | None, ...] = ()
    weight: float = 1.0
    essential_at: int | None = None
    essential_reason: str | None = None
    allows_na: bool = False
    help: str | None = None
    error: str | None = None
    short: str | None = None
    covers: tuple[str, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    choices: AnswerSet | None = None
    stage: int | None = None  # the level to which it belongs, in a bank whose levels are stages
    central: bool = False  # where units are asked, only of people who answer for the whole

    @property
    def texts(self) -> tuple[str | None, ...]:
        """The text of every answer by number, from 1; None for a level that is not offered."""
        return self.anchors if self.choices is None else tuple(choice.text for choice in self.choices.choices)

    @cached_property
    def offered(self) -> tuple[int, ...]:
        """The answers that a respondent can choose, lowest first; 1 is always among them."""
        return tuple(number for number, text in enumerate(self.texts, start=1) if text is not None)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The level of every answer by number, from 1."""
        if self.choices is None:
            return tuple(range(1, len(self.anchors) + 1))
        return tuple(choice.level for choice in self.choices.choices)

    def level_of(self, answer: int) -> int:
        """The level of an answer."""
        return self.levels[answer - 1]

    @cached_property
    def highest(self) -> int:
        """The highest level offered: the best that a missing answer could have been."""
        return self.level_of(self.offered[-1])

    def reaching(self, level: int) -> int:
        """The lowest answer that counts for `level`: at least that level, or the highest answer if none is."""
        return next((number for number in self.offered if self.level_of(number) >= level), self.offered[-1])

    def asked(self, level: int) -> int:
        """The lowest offered level that is at least `level`, or the highest if there is none: an answer below `level`
        counts for it only if the question offers nothing that high."""
        return self.level_of(self.reaching(level))

    def offered_up_to(self, level: int) -> int:
        """The highest answer whose level is not above `level`: the nearest that a person can give."""
        return max([number for number in self.offered if self.level_of(number) <= level])

    @cached_property
    def main_steps(self) -> dict[int | None, NextStep]:
        """The first next step from each level that has one."""
        return {step.from_level: step for step in reversed(self.next_steps)}

    def main_step(self, level: int | None) -> NextStep | None:
        """The first next step from `level`; None if the bank has none or `level` is None."""
        return self.main_steps.get(level)


@dataclass(frozen=True)
class Level:
    """The name and the one-sentence description of a maturity level, and how far up the range it counts (0-1)."""

    name: str
    summary: str | None = None
    value: float | None = None  # None in every level: equal steps


@dataclass(frozen=True)
class Scale:
    """The figures that people see, from the lowest to the highest."""

    low: float
    high: float

    def clip(self, value: float) -> float:
        """Clip a mean of answers to the scale, which it can only leave by a rounded last bit."""
        return min(self.high, max(self.low, value))

    @property
    def points(self) -> float:
        """Points of 0-100 per unit of the scale."""
        return 100 / (self.high - self.low)

    def hundred(self, score: float | None) -> float | None:
        """The 0-100 form of a score."""
        return None if score is None else self.points * (score - self.low)

    def share(self, score: float) -> float:
        """How far up the range a score is, 0-1."""
        return (score - self.low) / (self.high - self.low)

"""The questionnaire as scoring sees it: Bank > Pillar > Question > anchors and next steps.

All objects are frozen. Levels are whole numbers 1-5, weights are 0 or between 0.001 and 1000.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

LEVELS = (1, 2, 3, 4, 5)
HORIZONS = ("90d", "6m", "12m")  # soonest first


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
class Question:
    """One question with five behavioural anchors, level 1 first; `None` marks a level that is not offered."""

    key: str
    text: str
    anchors: tuple[str | None, ...]
    weight: float = 1.0
    essential_at: int | None = None
    essential_reason: str | None = None
    allows_na: bool = False
    help: str | None = None
    error: str | None = None
    short: str | None = None
    covers: tuple[str, ...] = ()
    next_steps: tuple[NextStep, ...] = ()

    @cached_property
    def offered(self) -> tuple[int, ...]:
        """The levels that a respondent can choose, lowest first; level 1 is always among them."""
        return tuple(level for level, anchor in zip(LEVELS, self.anchors, strict=True) if anchor is not None)

    @cached_property
    def highest(self) -> int:
        """The highest level offered: the best that a missing answer could have been."""
        return self.offered[-1]

    @cached_property
    def asks(self) -> tuple[int, ...]:
        """`asks[L]` is what a rule about level L requires of this question, for L in 1-5 (1 for the unused index 0)."""
        return (1, *[next((each for each in self.offered if each >= level), self.highest) for level in LEVELS])

    def asked(self, level: int) -> int:
        """The lowest offered level that is at least `level`, or the highest if there is none: an answer below `level`
        counts for it only if the question offers nothing that high."""
        return self.asks[level]

    def offered_up_to(self, level: int) -> int:
        """The highest offered level not above `level`: the nearest answer that a person can give."""
        return max([offered for offered in self.offered if offered <= level])

    def main_step(self, level: int | None) -> NextStep | None:
        """The first next step from `level`; None if the bank has none or `level` is None."""
        return next((step for step in self.next_steps if step.from_level == level), None)


@dataclass(frozen=True)
class Pillar:
    """A field of leadership practice: its questions in display order."""

    key: str
    name: str
    questions: tuple[Question, ...]
    weight: float = 1.0
    group: str | None = None
    summary: str | None = None
    short: str | None = None

    @cached_property
    def highest(self) -> int:
        """The highest level that a weighted question offers: the pillar's highest. 1 if no question is weighted."""
        return max([question.highest for question in self.questions if question.weight > 0], default=1)


@dataclass(frozen=True)
class Level:
    """The name and the one-sentence description of a maturity level."""

    name: str
    summary: str


@dataclass(frozen=True)
class Bank:
    """One version of a question bank; the order of pillars and questions is the display order."""

    key: str
    version: str
    title: str
    levels: tuple[Level, ...]  # exactly five, level 1 first
    pillars: tuple[Pillar, ...]
    language: str = "en"  # BCP 47
    source: str | None = None
    licence: str | None = None
    about: str | None = None
    retired: tuple[str, ...] = ()
    checksum: str | None = field(default=None, compare=False)  # "sha256:…" of the dumped YAML, where known

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by key, in bank order."""
        return {question.key: question for pillar in self.pillars for question in pillar.questions}

    @cached_property
    def highest(self) -> int:
        """The highest level that a pillar of weight above 0 can reach: the organisation's highest."""
        return max([pillar.highest for pillar in self.pillars if pillar.weight > 0], default=1)

    @cached_property
    def pillar_of(self) -> dict[str, Pillar]:
        """The pillar that a question key belongs to."""
        return {question.key: pillar for pillar in self.pillars for question in pillar.questions}

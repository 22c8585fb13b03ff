"""The questionnaire as scoring sees it: Bank > Pillar > Question > answers and next steps.

All objects are frozen. Levels are whole numbers from 1, weights are 0 or between 0.001 and 1000.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from .asked import AnswerSet, Choice, Level, NextStep, Question, Scale
from .marks import CLAIMED, Marks, level_values, marks_of
from .tolerance import above, as_written, at_least, whole

LEVELS = (1, 2, 3, 4, 5)  # of a bank of format 1
MAX_LEVELS = 7
MAX_ANSWERS = 7  # of one question
HORIZONS = ("90d", "6m", "12m")  # soonest first


@dataclass(frozen=True)
class Pillar:
    """A field of leadership practice: its questions in display order."""

    key: str
    name: str
    questions: tuple[Question, ...]
    weight: float = 1.0
    group: str | None = None  # a heading; in a bank with groups, the key of one
    summary: str | None = None
    short: str | None = None

    @cached_property
    def highest(self) -> int:
        """The highest level that a weighted question offers: the pillar's highest. 1 if no question is weighted."""
        return max([question.highest for question in self.questions if question.weight > 0], default=1)


@dataclass(frozen=True)
class Group:
    """A heading over pillars that is scored too."""

    key: str
    name: str
    weight: float = 1.0


@dataclass(frozen=True)
class Subset:
    """A published selection of questions, such as a pulse: it has no index, level or pillar score of its own."""

    key: str
    title: str
    questions: tuple[str, ...]  # keys


@dataclass(frozen=True)
class Gate:
    """How a level is reached. `cap` and `spread` are None where there is none; `reach`, `cap` and `spread` apply to
    `answers` alone."""

    by: Literal["answers", "stages"] = "answers"
    reach: float = 0.50
    hold: float = 0.85
    cap: int | None = 2
    spread: int | None = 1


@dataclass(frozen=True)
class Bank:
    """One version of a question bank; the order of pillars and questions is the display order."""

    key: str
    version: str
    title: str
    levels: tuple[Level, ...]  # the ladder, level 1 first; exactly five in format 1
    pillars: tuple[Pillar, ...]
    language: str = "en"  # BCP 47
    source: str | None = None
    licence: str | None = None
    about: str | None = None
    retired: tuple[str, ...] = ()
    checksum: str | None = field(default=None, compare=False)  # "sha256:…" of the dumped YAML, where known
    format: int = 1  # of `maturity-bank/`
    attribution: str | None = None
    range: Scale | None = None  # None: from 1 to the number of levels
    choices: tuple[AnswerSet, ...] = ()
    gate: Gate = Gate()
    groups: tuple[Group, ...] = ()
    index_of: Literal["pillars", "groups"] = "pillars"
    subsets: tuple[Subset, ...] = ()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by key, in bank order."""
        return {question.key: question for pillar in self.pillars for question in pillar.questions}

    def subset(self, key: str) -> Subset:
        """The subset with this key. Raises KeyError."""
        found = next((each for each in self.subsets if each.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    def limited_to(self, subset: str) -> Bank:
        """The bank with the questions of a subset, in the bank's order, and the pillars that have one; all for "".

        Raises KeyError for an unknown subset.
        """
        return self.with_questions(self.subset(subset).questions) if subset else self

    def with_questions(self, keys: Collection[str]) -> Bank:
        """The bank with only these questions, and the pillars that have one."""
        pillars = [replace(p, questions=tuple(q for q in p.questions if q.key in keys)) for p in self.pillars]
        return replace(self, pillars=tuple(pillar for pillar in pillars if pillar.questions))

    @cached_property
    def central(self) -> frozenset[str]:
        """The keys of the questions that are asked once, of people who answer for the whole, where units are asked; empty if
        no other question would be left."""
        keys = frozenset(key for key, question in self.questions.items() if question.central)
        return frozenset() if len(keys) == len(self.questions) else keys

    @cached_property
    def asked_of_units(self) -> Bank:
        """The bank without central questions."""
        return self.with_questions(self.questions.keys() - self.central) if self.central else self

    @cached_property
    def of_units(self) -> Bank:
        """The bank by which units are scored: central questions weigh nothing and gate no level."""
        return replace(self, pillars=tuple(map(self._of_units, self.pillars))) if self.central else self

    def _of_units(self, pillar: Pillar) -> Pillar:
        questions = tuple(
            replace(question, weight=0.0, essential_at=None) if question.key in self.central else question
            for question in pillar.questions
        )
        left = any(question.weight > 0 for question in questions)
        return replace(pillar, questions=questions, weight=pillar.weight if left else 0.0)

    @cached_property
    def sections(self) -> tuple[tuple[Group | None, tuple[Pillar, ...]], ...]:
        """The pillars by group, in the order of the groups; all of them under None in a bank without groups."""
        if not self.groups:
            return ((None, self.pillars),)
        return tuple((each, tuple(p for p in self.pillars if p.group == each.key)) for each in self.groups)

    @cached_property
    def highest(self) -> int:
        """The highest level that a pillar of weight above 0 can reach: the organisation's highest."""
        return max([pillar.highest for pillar in self.pillars if pillar.weight > 0], default=1)

    @cached_property
    def pillar_of(self) -> dict[str, Pillar]:
        """The pillar that a question key belongs to."""
        return {question.key: pillar for pillar in self.pillars for question in pillar.questions}

    @cached_property
    def index_groups(self) -> dict[str, str | None]:
        """The group of each pillar by key, where the index is a mean of groups; otherwise empty."""
        return {pillar.key: pillar.group for pillar in self.pillars} if self.index_of == "groups" else {}

    @cached_property
    def scale(self) -> Scale:
        """The scale of every score of this bank."""
        return self.range or Scale(1.0, float(len(self.levels)))

    @cached_property
    def climb(self) -> tuple[int, ...]:
        """The levels above the lowest."""
        return tuple(range(2, len(self.levels) + 1))

    @cached_property
    def _numbers_in_names(self) -> list[int]:
        return [int(found[0]) for level in self.levels if (found := re.search(r"[0-9]+", level.name))]

    @cached_property
    def names_count(self) -> bool:
        """Whether the names of the levels count up: Level 0, Level 1, …"""
        found = self._numbers_in_names
        return len(found) == len(self.levels) and found == [*range(found[0], found[0] + len(found))]

    @cached_property
    def first_level(self) -> int:
        """The number by which people call the lowest level: that in its name, if the names of all levels count up; that
        of the scale, if its whole numbers are the levels; else 0 for stages and 1 otherwise."""
        if self.names_count:
            return self._numbers_in_names[0]
        if self.level_scores == tuple(self.scale.low + step for step in range(len(self.levels))):
            return int(self.scale.low)
        return 0 if self.gate.by == "stages" else 1

    def level_number(self, level: int) -> int:
        """The number by which people call a level, which is counted from 1 everywhere in code and files."""
        return self.first_level + level - 1

    def level_text(self, level: int) -> str:
        """The same as text."""
        return str(self.level_number(level))

    @cached_property
    def level_values(self) -> tuple[Fraction, ...]:
        """How far up the range each level counts, 0-1."""
        return level_values(self.levels)

    @cached_property
    def marks(self) -> Mapping[str, Marks]:
        """What the answers to each question are worth, by question key."""
        return self.marks_on(self.scale)

    def marks_on(self, scale: Scale) -> dict[str, Marks]:
        """The marks on the scale of another version."""
        in_levels = self.format == 1
        return {key: marks_of(each, self.level_values, scale, in_levels) for key, each in self.questions.items()}

    @cached_property
    def claimed_from(self) -> int:
        """The lowest level that is self-declared unless evidence supports it."""
        return next(n for n, value in enumerate(self.level_values, start=1) if at_least(float(value), CLAIMED))

    def next_level(self, score: float) -> int:
        """The next whole level above a score; one above the number of levels if there is none."""
        share, top = self.scale.share(score), len(self.levels)
        if self.levels[0].value is None:
            return whole(1 + (top - 1) * share) + 1
        values = enumerate(self.level_values, start=1)
        return next((n for n, value in values if above(float(value), share)), top + 1)

    @cached_property
    def level_scores(self) -> tuple[float, ...]:
        """Each level on the scale of the scores."""
        low, high = as_written(self.scale.low), as_written(self.scale.high)
        return tuple(float(low + (high - low) * value) for value in self.level_values)

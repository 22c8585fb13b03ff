"""A result as one reader may see it, with what it is compared with: every sentence, drawing, page and report takes one.

It lies here, beside the figures, because results, wording, charts, pages and reports all import this room and no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .agreed import Agreed
from .bank import Bank
from .benchmark import PeerFigures
from .change import Comparison
from .figures import PillarResult, QuestionResult, Result
from .suppression import ReaderResult
from .thresholds import Counts

type Axis = tuple[str, PillarResult]  # the pillar's short name, or its name where it has no short one


@dataclass(frozen=True)
class Earlier:
    """The previous round: its result, what changed since, and the names of both assessments."""

    result: Result
    comparison: Comparison
    names: tuple[str, str]


@dataclass(frozen=True)
class Peers:
    """What the newest published cohort says about one result: how many are in it, since which quarter, and their
    figures, of pillars by key. Those that may not be told are left out."""

    n: int
    quarter: date
    index: PeerFigures | None = None
    pillars: Mapping[str, PeerFigures] = field(default_factory=dict)


@dataclass(frozen=True)
class ResultView:
    """`seen` is all that may be told: without a mean a question shows no gain; without counts it shows no columns, no
    median answer, not whether views differ, not which level it blocks, and no next step.

    `functions` are the means a function by question key, `supported` the level that evidence supports by pillar key,
    `careless` how many people gave nearly the same answer throughout, `agreed` what a workshop agreed on.
    """

    bank: Bank
    seen: ReaderResult
    organisation: str
    earlier: Earlier | None = None
    peers: Peers | None = None
    functions: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    supported: Mapping[str, int | None] = field(default_factory=dict)
    careless: int = 0
    agreed: Agreed | None = None

    @property
    def result(self) -> Result:
        """The figures, None where one may not be told."""
        return self.seen.result

    @property
    def means(self) -> frozenset[str]:
        """The questions whose mean may be told."""
        return self.seen.means

    @property
    def counts(self) -> Mapping[str, Counts]:
        """People a level, of the questions whose distribution may be told."""
        return self.seen.counts

    @cached_property
    def rows(self) -> Mapping[str, PillarResult]:
        """The figures of each pillar, by its key."""
        return {row.key: row for row in self.result.pillars}

    @cached_property
    def questions(self) -> Mapping[str, QuestionResult]:
        """The figures of each question, by its key."""
        return {question.key: question for row in self.result.pillars for question in row.questions}

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The pillars of the bank that the result knows, in the bank's order."""
        found = ((pillar.short or pillar.name, self.rows.get(pillar.key)) for pillar in self.bank.pillars)
        return tuple((name, row) for name, row in found if row is not None)

    @property
    def previous(self) -> Mapping[str, float | None]:
        """The scores of the previous round by pillar key; empty without one."""
        return {} if self.earlier is None else {row.key: row.score for row in self.earlier.result.pillars}

    @property
    def medians(self) -> Mapping[str, float]:
        """Those of the peers by pillar key; empty without a cohort."""
        return {} if self.peers is None else {key: found.median for key, found in self.peers.pillars.items()}


def view_of(bank: Bank, result: Result, organisation: str = "") -> ResultView:
    """A result by itself, of whose questions nothing is told."""
    return ResultView(bank, ReaderResult(result, frozenset(), {}), organisation)

"""A result as one reader may see it, with its comparisons: the input of every sentence, drawing, page and report.

It is defined here because this is the only package that results, wording, charts, pages and reports all import.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .agreed import Agreed
from .bank import Bank
from .benchmark import PeerFigures
from .change import Comparison
from .documents import PillarEvidence
from .figures import PillarResult, QuestionResult, Result
from .suppression import ReaderResult, Seen
from .trend import Trends

type Axis = tuple[str, PillarResult]  # the pillar's short name, or its name where it has no short one


@dataclass(frozen=True)
class Earlier:
    """The previous round: its result, what changed since, and the names of both assessments."""

    result: Result
    comparison: Comparison
    names: tuple[str, str]


@dataclass(frozen=True)
class Trended:
    """One assessment of a trend, and what differs from the one before: people, the bank's version."""

    name: str
    day: date
    version: str
    new_people: bool
    new_version: bool


@dataclass(frozen=True)
class TrendHistory:
    """Three or more assessments, oldest first, and the trends on the `common` of `questions` that all answered.

    `withheld` are the keys of pillars left out because they would reveal what is hidden.
    """

    rounds: tuple[Trended, ...]
    trends: Trends
    withheld: frozenset[str]
    common: int
    questions: int


@dataclass(frozen=True)
class Peers:
    """What the newest published cohort shows about one result: its size, its quarter and its figures (of pillars by
    key). Figures that may not be shown are left out."""

    n: int
    quarter: date
    index: PeerFigures | None = None
    pillars: Mapping[str, PeerFigures] = field(default_factory=dict)


@dataclass(frozen=True)
class ResultView(Seen):
    """A result with its comparisons. `seen` is all that may be shown: a question without a mean has no gain; one
    without counts has no columns, median answer, disagreement flag, blocked level or next step.

    `functions` are the means per function by question key, `supported` the level that evidence supports by pillar key,
    `careless` how many people gave nearly the same answer throughout, `agreed` what a workshop agreed on,
    `trend` the assessments up to this one, `backing` what documents do to the supported levels.
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
    trend: TrendHistory | None = None
    backing: tuple[PillarEvidence, ...] = ()

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
        """The bank's pillars that are in the result, in bank order."""
        found = ((pillar.short or pillar.name, self.rows.get(pillar.key)) for pillar in self.bank.pillars)
        return tuple((name, row) for name, row in found if row is not None)

    @property
    def previous(self) -> Mapping[str, float | None]:
        """The scores of the previous round by pillar key; empty without one."""
        return {} if self.earlier is None else {row.key: row.score for row in self.earlier.result.pillars}

    @property
    def medians(self) -> Mapping[str, float]:
        """The cohort's medians by pillar key; empty without a cohort."""
        return {} if self.peers is None else {key: found.median for key, found in self.peers.pillars.items()}


def view_of(bank: Bank, result: Result, organisation: str = "") -> ResultView:
    """A result by itself, with no detail of single questions."""
    return ResultView(bank, ReaderResult(result, frozenset(), {}), organisation)

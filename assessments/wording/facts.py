"""Everything that the charts of one result may draw, collected by the caller and already within the reader's limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.scoring.agreed import Agreed
from assessments.scoring.bank import Bank
from assessments.scoring.benchmark import PeerFigures
from assessments.scoring.change import Comparison
from assessments.scoring.figures import Result
from assessments.wording.disclosure import Disclosure


@dataclass(frozen=True)
class Earlier:
    """The previous round: its result, what changed since, and the names of both assessments."""

    result: Result
    comparison: Comparison
    names: tuple[str, str]


@dataclass(frozen=True)
class Cohort:
    """The peers of one result: how many, frozen in which quarter (`Q4 2026`), and their figures, by pillar key."""

    n: int
    quarter: str
    index: PeerFigures | None = None
    pillars: Mapping[str, PeerFigures] = field(default_factory=dict)

    @property
    def medians(self) -> dict[str, float]:
        """By pillar key."""
        return {key: found.median for key, found in self.pillars.items()}


@dataclass(frozen=True)
class Facts:
    """One result as its reader may see it, what may be shown of its questions, and what it is compared with.

    `functions` are the means a function by question key, `supported` the level that evidence supports by pillar key,
    `careless` how many people gave nearly the same answer throughout, `agreed` what a workshop agreed on.
    """

    bank: Bank
    result: Result
    organisation: str
    disclosure: Disclosure
    earlier: Earlier | None = None
    cohort: Cohort | None = None
    functions: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    supported: Mapping[str, int | None] = field(default_factory=dict)
    careless: int = 0
    agreed: Agreed | None = None

    @property
    def previous(self) -> Result | None:
        """The result of the previous round, where there is one to compare with."""
        return None if self.earlier is None else self.earlier.result

    @property
    def peers(self) -> Mapping[str, float]:
        """The medians of the cohort by pillar key; empty without one."""
        return {} if self.cohort is None else self.cohort.medians

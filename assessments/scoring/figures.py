"""The output of scoring: `Result` > `Overall`, `PillarResult` > `QuestionResult`, and the ordered priorities.

Scores are on the bank's scale (1-5 unless it has another) and on 0-100, shares on 0-1. Nothing is rounded here, and an undefined
figure is None. The shapes follow *A result (JSON)* in `docs/formats.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .asked import Scale

type Interval = tuple[float, float]
type Status = Literal["rated", "provisional", "insufficient", "not_applicable", "unscored", "withheld"]
type State = Literal["answered", "missing", "not_applicable"]
type Because = Literal["essential", "cap", "below"]
type Band = Literal["weak", "moderate", "strong"]
type Why = Literal["agree_on_the_facts", "blocks_next_level", "gain_per_effort"]


@dataclass(frozen=True)
class QuestionResult:
    """The figures of one question over all respondents."""

    key: str
    state: State
    mean: float | None
    low_median: int | None
    n: int
    dont_know: int
    not_applicable: int
    disagreement: float | None  # mean absolute deviation in steps, k >= 2
    evidence: int | None  # the highest grade among numeric answers; None without a number


@dataclass(frozen=True)
class Blocker:
    """A question that keeps its pillar from the next level, and by which rule."""

    question: str
    because: Because | None  # None if it may not be shown


@dataclass(frozen=True)
class Agreement:
    """r*wg of a pillar, its band, and the questions flagged for disagreement in bank order."""

    r_wg_star: float | None
    band: Band | None
    flagged: tuple[str, ...]


@dataclass(frozen=True)
class PillarResult:
    """The figures of one pillar."""

    key: str
    status: Status
    score: float | None
    score_100: float | None
    level: int | None
    self_declared: bool | None
    coverage: float | None
    na_share: float | None
    dont_know_rate: float | None
    bounds: Interval | None
    evidence_coverage: float | None
    attained: Mapping[int, float | None]  # a(L) for L from 2
    blocking: tuple[Blocker, ...]
    respondents: int
    se: float | None
    interval: Interval | None
    agreement: Agreement
    target: int | float | None  # as entered
    gap: float | None
    gap_within_error: bool | None
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True)
class ShapedPillarResult(PillarResult):
    """The figures of a pillar of a bank of format 2."""

    above: bool | None = None  # a stage above the level has been started; None without stages or a level


@dataclass(frozen=True)
class GroupResult:
    """The figures of one group; its score needs three quarters of its pillars."""

    key: str
    score: float | None
    score_100: float | None
    coverage: float | None


@dataclass(frozen=True)
class Priority:
    """One entry of the ordered next steps; `gain` in points of the 0-100 index."""

    question: str
    tier: int
    why: Why
    gain: float | None
    effort: int | float | None  # person-months, as entered
    action: str | None
    owner: str | None
    horizon: str | None


@dataclass(frozen=True)
class Overall:
    """The organisation's figures; `reason` explains why there is no index or no level."""

    index: float | None
    index_100: float | None
    level: int | None
    coverage: float | None
    weight_range: Interval | None
    interval: Interval | None
    reason: str | None


@dataclass(frozen=True)
class Result:
    """Everything known about one assessment."""

    engine: str
    id: str | None
    bank_key: str
    bank_version: str
    bank_checksum: str | None
    answered: int  # respondents with at least one answer, "don't know" included
    invited: int | None
    overall: Overall
    pillars: tuple[PillarResult, ...]  # bank order
    priorities: tuple[Priority, ...]
    scale: Scale | None = None  # None for a bank of format 1: from 1 to 5
    groups: tuple[GroupResult, ...] = ()

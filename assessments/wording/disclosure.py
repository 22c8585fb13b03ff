"""What the reader may see of single questions. The caller decides; drawings and sentences only obey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.scoring.suppression import ReaderResult

type Counts = tuple[int, int, int, int, int]  # people at levels 1-5


@dataclass(frozen=True)
class Disclosure:
    """The questions whose mean may be shown, and the counts a level of those whose distribution may.

    Without a mean a question shows no gain. Without counts it shows no columns, no middle answer, not whether views
    differ, not which level it blocks, and no next step. Of `closed` pillars nothing is shown that tells of single questions
    beyond that, of `rounded` ones the score as it is printed, of `withheld` ones no level or no score.
    """

    means: frozenset[str] = frozenset()
    distributions: Mapping[str, Counts] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    rounded: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()


def disclosure_of(seen: ReaderResult) -> Disclosure:
    """The same for drawings and sentences."""
    return Disclosure(seen.means, seen.counts, seen.closed, seen.rounded, seen.withheld)

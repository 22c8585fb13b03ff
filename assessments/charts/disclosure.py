"""What the reader may see of single questions. The caller decides; drawings and sentences only obey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

type Counts = tuple[int, int, int, int, int]  # people at levels 1-5


@dataclass(frozen=True)
class Disclosure:
    """The questions whose mean may be shown, and the counts a level of those whose distribution may be.

    Without a mean a question shows neither gain nor middle answer; without counts it shows no columns.
    """

    means: frozenset[str] = frozenset()
    distributions: Mapping[str, Counts] = field(default_factory=dict)

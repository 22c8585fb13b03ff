"""How many people must stand behind a figure before it may be shown, in a confidential and in a named round.

`n` is the number of people behind the very figure: for a question those who gave a number, for a split those of the
smallest function, for comments those who submitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

type Shown = Literal["pillar", "question", "distribution", "function", "comments"]

CONFIDENTIAL: Mapping[Shown, int] = {"pillar": 1, "question": 3, "distribution": 5, "function": 3, "comments": 3}
NAMED: Mapping[Shown, int] = {"pillar": 1, "question": 1, "distribution": 1, "function": 3, "comments": 1}


def may_show(shown: Shown, n: int, *, confidential: bool) -> bool:
    """Whether enough people stand behind a figure.

    `pillar` covers its figures, blockers and priorities; `question` its mean and n; `distribution` the counts a level,
    unlabelled; `function` a split by function; `comments` also evidence texts.
    """
    return n >= (CONFIDENTIAL if confidential else NAMED)[shown]


def may_split(sizes: Iterable[int]) -> bool:
    """Whether a split by function may be shown: at least three people in each, in either kind of round.

    All or nothing: one hidden function could be worked out from the others and the total.
    """
    found = [*sizes]
    return bool(found) and all(may_show("function", size, confidential=True) for size in found)

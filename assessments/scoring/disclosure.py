"""How many people must stand behind a figure before it may be shown, in a confidential and in a named round.

`n` is the number of people behind the very figure: for a question those who gave a number, for a split those of the
smallest function, for comments those who submitted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from .answers import Answers
from .bank import LEVELS, Bank

type Counts = tuple[int, int, int, int, int]  # people at levels 1-5
type Shown = Literal["pillar", "question", "distribution", "function", "comments"]

CONFIDENTIAL: Mapping[Shown, int] = {"pillar": 1, "question": 3, "distribution": 5, "function": 3, "comments": 3}
NAMED: Mapping[Shown, int] = {"pillar": 1, "question": 1, "distribution": 1, "function": 1, "comments": 1}


def may_show(shown: Shown, n: int, *, confidential: bool) -> bool:
    """Whether enough people stand behind a figure.

    `pillar` covers its figures, blockers and priorities; `question` its mean and n; `distribution` the counts a level,
    unlabelled; `function` a split by function; `comments` also evidence texts.
    """
    return n >= (CONFIDENTIAL if confidential else NAMED)[shown]


def may_split(sizes: Iterable[int], *, confidential: bool) -> bool:
    """Whether a split by function may be shown, from the number of people in each function.

    All or nothing: one hidden function could be worked out from the others and the total.
    """
    found = [*sizes]
    return bool(found) and all(may_show("function", size, confidential=confidential) for size in found)


class Disclosed(NamedTuple):
    """What may be shown of single questions: whose mean, and the counts a level of those whose distribution may."""

    means: frozenset[str]
    counts: Mapping[str, Counts]


def disclosed(bank: Bank, answers: Answers, *, confidential: bool) -> Disclosed:
    """The questions with enough people behind them."""
    boxes = {key: Counter(person.answers.get(key) for person in answers.respondents) for key in bank.questions}
    people = {key: sum(box[level] for level in LEVELS) for key, box in boxes.items()}
    return Disclosed(
        means=frozenset(key for key, n in people.items() if may_show("question", n, confidential=confidential)),
        counts={
            key: (box[1], box[2], box[3], box[4], box[5])
            for key, box in boxes.items()
            if may_show("distribution", people[key], confidential=confidential)
        },
    )

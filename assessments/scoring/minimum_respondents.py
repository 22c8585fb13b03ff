"""How many people must be behind a figure before it may be shown, in a confidential and in a named assessment.

`n` is the number of people behind that very figure: for a question those who gave a number, for a split those of the
smallest function, for comments those who submitted. Only people who answered themselves, or confirmed what was recorded
for them, count. `suppression.py` hides whatever else would reveal a hidden figure.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Literal, NamedTuple

from .answers import Answers
from .bank import Bank

type LevelCounts = tuple[int, ...]  # people who gave each answer, lowest first: at levels 1-5 in format 1
type Shown = Literal["pillar", "question", "distribution", "function", "comments"]

CONFIDENTIAL: Mapping[Shown, int] = {"pillar": 1, "question": 3, "distribution": 5, "function": 3, "comments": 3}
NAMED: Mapping[Shown, int] = {"pillar": 1, "question": 1, "distribution": 1, "function": 1, "comments": 1}


def may_show(shown: Shown, n: int, *, confidential: bool) -> bool:
    """Whether enough people are behind a figure.

    `pillar` covers its figures; `question` its mean and n; `distribution` the unlabelled counts per level, the median
    answer, whether views differ, what its level blocks and the step that follows from it; `function` a split by
    function; `comments` also evidence texts.
    """
    return n >= (CONFIDENTIAL if confidential else NAMED)[shown]


def may_split(sizes: Iterable[int], *, confidential: bool) -> bool:
    """Whether a split by function may be shown, from the number of people in each function.

    All or nothing: one hidden function could be derived from the others and the total.
    """
    found = [*sizes]
    return bool(found) and all(may_show("function", size, confidential=confidential) for size in found)


class Disclosed(NamedTuple):
    """What may be shown of single questions: which means, and the counts per level of which distributions."""

    means: frozenset[str]
    counts: Mapping[str, LevelCounts]


def disclosed(
    bank: Bank, answers: Answers, *, confidential: bool, eligible: Collection[str] | None = None
) -> Disclosed:
    """Return the questions with enough people behind them; `eligible` are the ids of the people who count (None: all).

    The counts per level include everybody, counted or not.
    """
    people = numbers_of(bank, answers, eligible)
    means = frozenset(key for key, n in people.items() if may_show("question", n, confidential=confidential))
    open_ones = [key for key, n in people.items() if may_show("distribution", n, confidential=confidential)]
    tallies = {key: Counter([person.answers.get(key) for person in answers.respondents]) for key in open_ones}
    return Disclosed(
        means, {key: tuple(n[a] for a in range(1, len(bank.questions[key].texts) + 1)) for key, n in tallies.items()}
    )


def numbers_of(bank: Bank, answers: Answers, eligible: Collection[str] | None = None) -> dict[str, int]:
    """How many of the people who count gave a number, by question key."""
    people = [person for person in answers.respondents if eligible is None or person.id in eligible]
    given = [person.answers for person in people]
    return {key: sum([isinstance(answers.get(key), int) for answers in given]) for key in bank.questions}

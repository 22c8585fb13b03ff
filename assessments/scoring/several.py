"""More than two assessments, or several organisations, compared on the questions that all of them share.

Each is compared with the first. Questions that some but not all of them share are left out of every pair, so that the
first has one score per pillar and all the others are compared with it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from .answers import Answers
from .bank import Bank
from .change import Comparison, compare
from .common import common_questions, round_of

type Side = tuple[Bank, Answers]


@dataclass(frozen=True)
class Several:
    """`pairs` compares the first side with each other; `common` are the shared questions in the first bank's order."""

    pairs: tuple[Comparison, ...]
    common: tuple[str, ...]


def compare_several(sides: Sequence[Side]) -> Several:
    """Return the comparison of two or more sides; two as in `compare`. Raises KeyError for an unknown question."""
    (bank, _answers), *others = sides
    shared = [_shared(sides[0], other) for other in others]
    common = tuple(key for key in bank.questions if all(key in keys for keys in shared))
    first, *rest = sides if len(sides) == 2 else [_trimmed(side, shared, common) for side in sides]
    pairs = tuple(compare(first[0], first[1], other[0], other[1]) for other in rest)
    return Several(pairs, common)


def _shared(first: Side, other: Side) -> set[str]:
    rounds = round_of(*first, other[0]), round_of(*other, other[0])
    return set(common_questions(first[0], other[0], *rounds))


def _trimmed(side: Side, shared: Sequence[Collection[str]], common: Collection[str]) -> Side:
    """Drop the answers to questions that some pair but not all share: an answered question then counts as missing."""
    bank, answers = side
    some = {key for keys in shared for key in keys} - set(common)
    tallies = round_of(bank, answers, bank).tallies
    dropped = {key for key in some if key in tallies and tallies[key].state == "answered"}
    people = tuple(
        replace(person, answers={key: value for key, value in person.answers.items() if key not in dropped})
        for person in answers.respondents
    )
    return bank, replace(answers, respondents=people)

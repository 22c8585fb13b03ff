"""What a workshop agreed on: which questions to discuss first, and the score with the agreed levels in place of the
individual answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from .answers import Answers
from .bank import Bank
from .figures import Result
from .question import NO_ANSWERS, Tally, deviation, tally, tally_up
from .result import score_tallies
from .suppression import ReaderResult, suppress


@dataclass(frozen=True)
class AgreedLevel:
    """A workshop's level for one question, with the reason and the dissenting views ("" if there are none)."""

    level: int
    reason: str
    dissent: str
    at: datetime


@dataclass(frozen=True)
class Agreed:
    """The agreed answers by question key in bank order, and the result with them instead of the individual ones.

    `withheld` are the pillars whose agreed figures would reveal a hidden answer; `without_index` that the
    organisation's index would. A closed pillar has no agreed level: it would reveal how its other questions were
    answered.
    """

    answers: Mapping[str, AgreedLevel]
    result: Result
    withheld: frozenset[str]
    without_index: bool


def agreed(bank: Bank, answers: Answers, seen: ReaderResult, said: Mapping[str, AgreedLevel]) -> Agreed | None:
    """Return the agreed answers and their result, alongside the result in `seen`; None if nothing was agreed.

    A pillar's score is published, rounded if it includes a hidden question. A second score that differs from it by a
    known amount narrows it down, and with it the answers of one or two people; so does a second index.
    """
    ordered = {key: said[key] for key in bank.questions if key in said}
    if not ordered:
        return None
    talked_of = {bank.pillar_of[key].key for key in ordered}
    scored = score_agreed(bank, answers, {key: each.level for key, each in ordered.items()})
    shown = suppress(bank, scored, seen.counts, seen.extents).result
    hiding, levelless = seen.rounded | seen.withheld, seen.closed & talked_of
    pillars = tuple(replace(row, level=None) if row.key in levelless else row for row in shown.pillars)
    overall = replace(shown.overall, level=None) if levelless else shown.overall
    result = replace(shown, pillars=pillars, overall=overall)
    return Agreed(ordered, result, hiding & talked_of, without_index=bool(hiding))


def most_disagreement_first(bank: Bank, answers: Answers, known: Collection[str]) -> tuple[str, ...]:
    """Return the key of every question by descending mean absolute deviation; ties keep bank order.

    Only `known` questions are ranked. The others, and those with fewer than two numeric answers, come last in bank
    order, because their disagreement is unknown.
    """
    tallies = tally_up(bank, answers.respondents)
    spread = {key: deviation(found) for key, found in tallies.items() if key in known}
    return tuple(sorted(tallies, key=lambda key: _rank(spread.get(key))))


def _rank(spread: float | None) -> float:
    return 1.0 if spread is None else -round(spread, 9)


def score_agreed(bank: Bank, answers: Answers, levels: Mapping[str, int]) -> Result:
    """Return the result with the agreed level as the only answer to each question in `levels`.

    An agreed question has one numeric answer and no *don't know* or *not applicable*; its evidence is kept. Every other
    question keeps its individual answers. There is no interval, because nobody gave these answers individually. Raises
    KeyError for a question that is not in the bank.
    """
    tallies = tally_up(bank, answers.respondents)
    for key, level in levels.items():
        tallies[key] = one_voice(tallies[key], level)
    return score_tallies(bank, answers, tallies, intervals=False)


def one_voice(found: Tally, level: int) -> Tally:
    """Return the tally of a question answered once, with `level`; its evidence is kept."""
    return tally(found.marks, {**NO_ANSWERS, level: 1}, found.evidence)

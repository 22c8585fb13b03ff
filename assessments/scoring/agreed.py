"""What a room agreed on beside what people answered: which questions to talk about first, and the score if the agreed
level stood where the individual answers stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from .answers import Answers
from .bank import Bank
from .question import NO_ANSWERS, Tally, deviation, tally, tally_up
from .result import Result, score_tallies
from .suppression import ReaderResult, suppress


@dataclass(frozen=True)
class AgreedLevel:
    """What a room agreed on for one question: the level, why, and what those say who do not agree ("" for nobody)."""

    level: int
    reason: str
    dissent: str
    at: datetime


@dataclass(frozen=True)
class Agreed:
    """The agreed answers by question key in bank order, and the result in which they stand for the individual ones.

    `withheld` are the pillars whose agreed figures would tell a hidden answer, `without_index` says that the
    organisation's would. A closed pillar has no agreed level: it would tell how its other questions were answered.
    """

    answers: Mapping[str, AgreedLevel]
    result: Result
    withheld: frozenset[str]
    without_index: bool


def agreed(bank: Bank, answers: Answers, seen: ReaderResult, said: Mapping[str, AgreedLevel]) -> Agreed | None:
    """What was agreed on beside the result that is `seen`; None where nothing was.

    A pillar's score is published, rounded where a hidden question is in it. A second one that differs from it by a known
    amount narrows it down, and with it what one or two people answered; so does a second index.
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
    """The keys of every question: the largest mean absolute deviation first, equal ones in bank order.

    Only the deviations of `known` questions count. The others, and those that fewer than two people answered with a
    number, come last in bank order: nobody can say how far views lie apart there.
    """
    tallies = tally_up(bank, answers.respondents)
    spread = {key: deviation(found) for key, found in tallies.items() if key in known}
    return tuple(sorted(tallies, key=lambda key: _rank(spread.get(key))))


def _rank(spread: float | None) -> float:
    return 1.0 if spread is None else -round(spread, 9)


def score_agreed(bank: Bank, answers: Answers, levels: Mapping[str, int]) -> Result:
    """The result with the agreed level of each of these questions, by key, as its only answer.

    The room speaks there with one voice: one number, and nobody who does not know or says *not applicable*. Its evidence
    stays. Every other question keeps the individual answers. No interval: nobody gave these answers by themselves.
    Raises KeyError for a question that the bank does not have.
    """
    tallies = tally_up(bank, answers.respondents)
    for key, level in levels.items():
        tallies[key] = one_voice(tallies[key], level)
    return score_tallies(bank, answers, tallies, intervals=False)


def one_voice(found: Tally, level: int) -> Tally:
    """The question answered once, with `level`."""
    return tally(found.question, {**NO_ANSWERS, level: 1}, found.evidence)

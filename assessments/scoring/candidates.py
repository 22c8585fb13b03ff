"""How many answers are possible behind a hidden one, given everything shown of its pillar.

Shared by page, chart, file and API. An *extent* of a pillar (what is shown of it) is safe when each hidden answer has
at least three candidates. A witness proves a candidate: other answers of the same people that would show exactly the
same figures. Each hidden answer is protected against two people who pool their own answers (one, if three took part)
and know those of everybody who does not count. An answer whose question's mean is shown has as many candidates as that
mean leaves; nothing else that is shown may rule one out.

Extents are tried from the most open to the least; the first safe one is used. Which extra mean is hidden depends only
on the number of people, never on what they answered.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, combinations_with_replacement, islice

from .answers import Answers
from .bank import Bank, Question
from .figures import Result
from .minimum_respondents import disclosed, numbers_of
from .suppression import Extent, ReaderResult, suppress
from .witnesses import Case, Shown, has_witness, unknown_answers

NEEDED = 3  # candidates required for each hidden answer
COLLUDING = 2
MAX_SETS = 15  # sets of people who may pool their answers
NOTHING = Extent(frozenset(), frozenset(), blockers=False)  # shows no single question
LEVELLESS = replace(NOTHING, interval=False, level=False)
SCORELESS = replace(LEVELLESS, score=False)
INDEXLESS = replace(SCORELESS, index=False)
SHUT = (NOTHING, LEVELLESS, SCORELESS, INDEXLESS)


def seen_by(bank: Bank, answers: Answers, result: Result, eligible: Collection[str] | None = None) -> ReaderResult:
    """Return a confidential assessment's result as readers see it; `eligible` are the people who count (None: all)."""
    people = frozenset(person.id for person in answers.respondents) if eligible is None else eligible
    counts = disclosed(bank, answers, confidential=True, eligible=people).counts
    return suppress(bank, result, counts, extents_of(bank, answers, result, people))


def extents_of(
    bank: Bank, answers: Answers, result: Result, eligible: Collection[str], differing: Collection[str] = ()
) -> dict[str, Extent]:
    """Return the extent of every pillar that is closed to a reader, by key; `eligible` are those who count for them.

    `differing`: the few people who account for the difference from a result shown before. Then no figure of a single
    question is shown, and only their answers need protection: the others are known from the earlier result. If they are
    all who count, the earlier result may have shown whatever this one could, and nothing else may add to that.
    """
    limits, people = disclosed(bank, answers, confidential=True, eligible=eligible), numbers_of(bank, answers, eligible)
    protected = (frozenset(differing) & frozenset(eligible)) or frozenset(eligible)
    found: dict[str, Extent] = {}
    for pillar, row in zip(bank.pillars, result.pillars, strict=True):
        keys = frozenset(question.key for question in row.questions if question.n)
        whole = Extent(limits.means & keys, frozenset(limits.counts) & keys)
        if differing or whole.distributions != keys:
            case = Case(bank, pillar, answers, result, protected)
            steps = SHUT if differing else tuple(dict.fromkeys(_steps(whole, keys, people)))
            known = whole if differing and protected == frozenset(eligible) else NOTHING
            found[pillar.key] = next((each for each in steps[:-1] if is_safe(case, each.beside(known))), steps[-1])
    return found


def _steps(whole: Extent, keys: frozenset[str], people: Mapping[str, int]) -> Iterator[Extent]:
    """From the most open: drop names, interval, one more mean, all means, level, score, the organisation's index."""
    yield whole
    yield (nameless := replace(whole, blockers=False))
    yield replace(nameless, interval=False)
    if whole.means and whole.means != keys:
        cover = {min(sorted(whole.means), key=lambda key: people[key])}
        yield replace(nameless, means=whole.means - cover, distributions=whole.distributions - cover)
    yield from SHUT


def is_safe(case: Case, extent: Extent) -> bool:
    """Whether every hidden answer of the pillar has enough candidates."""
    truth = case.shown({}, extent)
    return all(_is_defended(case, extent, truth, question) for question in case.pillar.questions)


def _is_defended(case: Case, extent: Extent, truth: Shown, question: Question) -> bool:
    unknown = unknown_answers(case, question.key)
    if not unknown or question.key in extent.distributions:
        return True
    if question.key in extent.means:
        return _has_distributions(case, extent, truth, question)
    if len(unknown) >= NEEDED:
        return True  # hidden only to protect another mean: enough people are behind its own
    return all(_has_levels(case, extent, truth, question, person) for person in unknown)


def _has_levels(case: Case, extent: Extent, truth: Shown, question: Question, person: str) -> bool:
    """Whether one person's answer could be another level, whatever two others know about their own answers."""
    unknown, offered = unknown_answers(case, question.key), question.offered
    own, needed = unknown[person], min(NEEDED, len(offered))
    others = sorted((level for level in offered if level != own), key=lambda level: (abs(level - own), level))
    for known in _colluding(case, person, unknown):
        witnessed = (has_witness(case, extent, truth, {(person, question.key): level}, known) for level in others)
        if sum(islice((found for found in witnessed if found), needed - 1)) < needed - 1:
            return False
    return True


def _has_distributions(case: Case, extent: Extent, truth: Shown, question: Question) -> bool:
    """Whether as many distributions fit as the mean alone leaves, up to three."""
    unknown = unknown_answers(case, question.key)
    people = sorted(unknown, key=lambda person: (unknown[person], person))
    worth = dict(enumerate(case.bank.marks[question.key].units, start=1))
    levels, total = sorted(unknown.values()), sum(worth[answer] for answer in unknown.values())
    others = [
        other for other in combinations_with_replacement(question.offered, len(levels))
        if sum(worth[answer] for answer in other) == total and [*other] != levels
    ]  # fmt: skip
    needed, found = min(NEEDED, 1 + len(others)), 1
    for other in sorted(others, key=lambda each: sum(abs(a - b) for a, b in zip(each, levels, strict=True))):
        if found < needed:
            changes = {(person, question.key): level for person, level in zip(people, other, strict=True)}
            found += has_witness(case, extent, truth, changes, frozenset())
    return found >= needed


def _colluding(case: Case, person: str, unknown: Collection[str]) -> Iterator[frozenset[str]]:
    """The sets of people who may pool their answers: two if at least one other remains besides this person, else one.

    Those who answered the same question come first. At most fifteen sets: with many people it hardly matters who.
    """
    others = sorted(case.eligible - {person}, key=lambda one: (one not in unknown, one))
    together = min(COLLUDING, max(0, len(others) - 1)) or min(1, len(others))
    yield from map(frozenset, islice(combinations(others, together), MAX_SETS))

"""How many answers are possible behind a hidden one, given everything shown of its pillar.

Shared by page, chart, file and API. An *extent* of a pillar (what is shown of it) is safe when each hidden answer has
at least three candidates. A witness proves a candidate: other answers of the same people that would show exactly the
same figures. Each hidden answer is protected against two people who pool their own answers (one, if three took part)
and know those of everybody who does not count. An answer whose question's mean is shown has as many candidates as that
mean leaves; nothing else that is shown may rule one out.

Extents are tried from the most open to the least; the first safe one is used. Which extra mean is hidden depends only
on the number of people, never on what they answered.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, combinations_with_replacement, islice

from .answers import Answers, Respondent
from .bank import Bank, Pillar, Question
from .changes import Changes, changed, tally_without_evidence
from .figures import PillarResult, Result
from .minimum_respondents import disclosed, numbers_of
from .organisation import groups, level as organisation_level, shares_of_index
from .pillar import PillarSums, pillar_sums
from .priorities import pillar_entries
from .result import pillar_result, sample
from .suppression import Extent, ReaderResult, pillar_within, suppress
from .tolerance import EPSILON, rounded

NEEDED = 3  # candidates required for each hidden answer
ATTEMPTS = 12  # tries at offsetting a changed answer before it is rejected as a candidate
COLLUDING = 2
MAX_SETS = 15  # sets of people who may pool their answers
NOTHING = Extent(frozenset(), frozenset(), blockers=False)  # shows no single question
LEVELLESS = replace(NOTHING, interval=False, level=False)
SCORELESS = replace(LEVELLESS, score=False)
INDEXLESS = replace(SCORELESS, index=False)
SHUT = (NOTHING, LEVELLESS, SCORELESS, INDEXLESS)

type Shown = tuple[PillarResult, tuple[tuple[int, ...], ...], tuple[str, ...], tuple[str, ...], int | None]


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


@dataclass(frozen=True)
class Case:
    """One pillar of one result, and the people whose answers the reader does not know."""

    bank: Bank
    pillar: Pillar
    answers: Answers
    result: Result
    eligible: frozenset[str]
    compared: dict[tuple[Extent, frozenset[object]], bool] = field(default_factory=dict, repr=False, compare=False)

    def shows(self, truth: Shown, changes: Changes, extent: Extent) -> bool:
        """Whether other answers also show `truth`. Cached: every set of colluding people tries the same ones."""
        tried, score = (extent, frozenset(changes.items())), truth[0].score
        if tried not in self.compared:
            found = self._sums(changed(self.answers.respondents, changes))
            near = score is None or (found.score is not None and rounded(found.score) == rounded(score))
            self.compared[tried] = near and self.shown(changes, extent) == truth
        return self.compared[tried]

    def shown(self, changes: Changes, extent: Extent) -> Shown:
        """Everything shown of the pillar with these changes; then index and groups to one decimal, and the level."""
        people = changed(self.answers.respondents, changes)
        found = self._sums(people)
        row = pillar_result(found, sample(found, people, True), self.answers)
        counts = tuple(one.counts for one in found.tallies if one.question.key in extent.distributions)
        rows = [row if one.key == row.key else one for one in self.result.pillars]
        level = organisation_level(self.bank, rows) if extent.score else None
        return (
            pillar_within(self.bank.scale, row, extent),
            counts,
            self._listed(found, row, extent),
            (self._index(row), *self._groups(rows, extent)),
            level,
        )

    def _sums(self, people: Sequence[Respondent]) -> PillarSums:
        tallies = [tally_without_evidence(self.bank, one, people) for one in self.pillar.questions]
        return pillar_sums(self.bank, self.pillar, tuple(tallies))

    def _listed(self, found: PillarSums, row: PillarResult, extent: Extent) -> tuple[str, ...]:
        if not extent.blockers:
            return ()
        blocked = frozenset(blocker.question for blocker in row.blocking)
        entries = pillar_entries(found, self.answers.targets.get(row.key), blocked, None)
        return tuple(sorted(entry.priority.question for entry in entries))

    def _groups(self, rows: Sequence[PillarResult], extent: Extent) -> list[str]:
        """The groups' scores; that of the pillar is shown with the pillar's own."""
        scores = [group.score for group in groups(self.bank, rows)] if extent.score else []
        return [str(rounded(score)) for score in scores if score is not None]

    def _index(self, row: PillarResult) -> str:
        before = next(found for found in self.result.pillars if found.key == row.key).score
        share = shares_of_index(self.bank, self.result.pillars).get(row.key)
        if self.result.overall.index is None or row.score is None or before is None or share is None:
            return ""
        return str(rounded(self.result.overall.index + share.value * (row.score - before)))


def is_safe(case: Case, extent: Extent) -> bool:
    """Whether every hidden answer of the pillar has enough candidates."""
    truth = case.shown({}, extent)
    return all(_is_defended(case, extent, truth, question) for question in case.pillar.questions)


def _is_defended(case: Case, extent: Extent, truth: Shown, question: Question) -> bool:
    unknown = _unknown(case, question.key)
    if not unknown or question.key in extent.distributions:
        return True
    if question.key in extent.means:
        return _has_distributions(case, extent, truth, question)
    if len(unknown) >= NEEDED:
        return True  # hidden only to protect another mean: enough people are behind its own
    return all(_has_levels(case, extent, truth, question, person) for person in unknown)


def _has_levels(case: Case, extent: Extent, truth: Shown, question: Question, person: str) -> bool:
    """Whether one person's answer could be another level, whatever two others know about their own answers."""
    unknown, offered = _unknown(case, question.key), question.offered
    own, needed = unknown[person], min(NEEDED, len(offered))
    others = sorted((level for level in offered if level != own), key=lambda level: (abs(level - own), level))
    for known in _colluding(case, person, unknown):
        witnessed = (_has_witness(case, extent, truth, {(person, question.key): level}, known) for level in others)
        if sum(islice((found for found in witnessed if found), needed - 1)) < needed - 1:
            return False
    return True


def _has_distributions(case: Case, extent: Extent, truth: Shown, question: Question) -> bool:
    """Whether as many distributions fit as the mean alone leaves, up to three."""
    unknown = _unknown(case, question.key)
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
            found += _has_witness(case, extent, truth, changes, frozenset())
    return found >= needed


def _has_witness(case: Case, extent: Extent, truth: Shown, changes: Changes, known: Collection[str]) -> bool:
    """Whether other answers exist that include these changes and show exactly the same."""
    return any(case.shows(truth, {**changes, **more}, extent) for more in _ways(case, extent, changes, known))


def _ways(case: Case, extent: Extent, changes: Changes, known: Collection[str]) -> Iterator[Changes]:
    """Further changes that may offset these: none, opposite ones to the same or another question, a few of many."""
    yield {}
    (fixed,) = {key for _person, key in changes}
    shift = _shift(case, changes)
    if len(changes) == 1:
        yield from _same_question_offsets(case, changes, fixed, known)
    others = [question for question in case.pillar.questions if question.key != fixed]
    for question in others:
        if question.key not in extent.distributions and (abs(shift) < EPSILON or question.key not in extent.means):
            yield from _other_question_offsets(case, changes, question)
    free = [
        (person, question, level)
        for question in others
        if question.key not in extent.means
        for person, level in _unknown(case, question.key).items()
        if person not in known
    ]
    yield from _random_offsets(case, free, shift, seed=str(sorted(changes.items())))


def _same_question_offsets(case: Case, changes: Changes, key: str, known: Collection[str]) -> Iterator[Changes]:
    """Another person's answer to the same question, moved as far the other way."""
    unknown, worth = _unknown(case, key), case.bank.marks[key].value
    ((person, _key), level), *_more = changes.items()
    for other, own in unknown.items():
        wanted = worth(own) + worth(unknown[person]) - worth(level)
        if other != person and other not in known:
            yield from ({(other, key): turned} for turned in _worth(case, key, wanted))


def _worth(case: Case, key: str, wanted: float) -> list[int]:
    """The answer to a question that has this value, if it offers one."""
    value = case.bank.marks[key].value
    return [answer for answer in case.bank.questions[key].offered if abs(value(answer) - wanted) < EPSILON]


def _other_question_offsets(case: Case, changes: Changes, question: Question) -> Iterator[Changes]:
    """The same people's answers to another question, moved as far the other way, so that all sums stay the same."""
    answers, unknown = {person.id: person.answers for person in case.answers.respondents}, _unknown(case, question.key)
    found: dict[tuple[str, str], int] = {}
    for (person, key), level in changes.items():
        before = answers[person][key]
        if person not in unknown or not isinstance(before, int):
            return
        ratio = _unit(case, case.bank.questions[key]) / (_unit(case, question) or 1.0)
        there, here = case.bank.marks[key].value, case.bank.marks[question.key].value
        wanted = here(unknown[person]) - (there(level) - there(before)) * ratio
        found[person, question.key] = min(question.offered, key=lambda answer: abs(here(answer) - wanted))
    yield found


def _shift(case: Case, changes: Changes) -> float:
    """How far these changes shift the sum of weight x mean."""
    questions = {question.key: question for question in case.pillar.questions}
    answers = {person.id: person.answers for person in case.answers.respondents}
    moved = 0.0
    for (person, key), level in changes.items():
        before = answers[person][key]
        value = case.bank.marks[key].value
        moved += (value(level) - value(before)) * _unit(case, questions[key]) if isinstance(before, int) else 0.0
    return moved


def _unit(case: Case, question: Question) -> float:
    """How far raising one answer by 1 on the scale shifts the sum of weight x mean."""
    n = sum(isinstance(person.answers.get(question.key), int) for person in case.answers.respondents)
    return question.weight / n if n else 0.0


def _random_offsets(
    case: Case, free: Sequence[tuple[str, Question, int]], shift: float, seed: str
) -> Iterator[Changes]:
    """Ways to restore the sum by changing answers that are free to vary."""
    chance = random.Random(seed)  # noqa: S311 - an order in which to try, not a secret
    for _attempt in range(ATTEMPTS):
        left, changes = shift, {}
        for person, question, level in chance.sample(free, len(free)):
            unit, marks = _unit(case, question), case.bank.marks[question.key]
            if not unit or abs(left) < unit * marks.step / 2:
                continue
            value, own = marks.value, marks.value(level)
            ways = ((abs(left + (value(each) - own) * unit), abs(each - level), each) for each in question.offered)
            best = min(ways)[2]
            if best != level:
                changes[person, question.key] = best
                left += (value(best) - own) * unit
        if changes:
            yield changes


def _unknown(case: Case, key: str) -> dict[str, int]:
    """The numeric answers of the people who count, by person."""
    people = ((person.id, person.answers.get(key)) for person in case.answers.respondents if person.id in case.eligible)
    return {person: level for person, level in people if isinstance(level, int)}


def _colluding(case: Case, person: str, unknown: Collection[str]) -> Iterator[frozenset[str]]:
    """The sets of people who may pool their answers: two if at least one other remains besides this person, else one.

    Those who answered the same question come first. At most fifteen sets: with many people it hardly matters who.
    """
    others = sorted(case.eligible - {person}, key=lambda one: (one not in unknown, one))
    together = min(COLLUDING, max(0, len(others) - 1)) or min(1, len(others))
    yield from map(frozenset, islice(combinations(others, together), MAX_SETS))

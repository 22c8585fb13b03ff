"""Other answers of the same people that would show exactly the same figures of a pillar: witnesses of a candidate."""

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from .answers import Answers, Respondent
from .bank import Bank, Pillar, Question
from .changes import Changes, changed, tally_without_evidence
from .figures import PillarResult, Result
from .organisation import groups, level as organisation_level, shares_of_index
from .pillar import PillarSums, pillar_sums
from .priorities import pillar_entries
from .result import pillar_result, sample
from .suppression import Extent, pillar_within
from .tolerance import EPSILON, rounded

ATTEMPTS = 12  # tries at offsetting a changed answer before it is rejected as a candidate

type Shown = tuple[PillarResult, tuple[tuple[int, ...], ...], tuple[str, ...], tuple[str, ...], int | None]


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


def has_witness(case: Case, extent: Extent, truth: Shown, changes: Changes, known: Collection[str]) -> bool:
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
        for person, level in unknown_answers(case, question.key).items()
        if person not in known
    ]
    yield from _random_offsets(case, free, shift, seed=str(sorted(changes.items())))


def _same_question_offsets(case: Case, changes: Changes, key: str, known: Collection[str]) -> Iterator[Changes]:
    """Another person's answer to the same question, moved as far the other way."""
    unknown, worth = unknown_answers(case, key), case.bank.marks[key].value
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
    answers, unknown = (
        {person.id: person.answers for person in case.answers.respondents},
        unknown_answers(case, question.key),
    )
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


def unknown_answers(case: Case, key: str) -> dict[str, int]:
    """The numeric answers of the people who count, by person."""
    people = ((person.id, person.answers.get(key)) for person in case.answers.respondents if person.id in case.eligible)
    return {person: level for person, level in people if isinstance(level, int)}

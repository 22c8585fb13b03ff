"""A pulse: some questions of a bank, asked again between two full assessments.

It says how its own questions have changed since they were last answered. It never has an index, a level or a score of
a pillar: two questions of seven would look like one, and would be none.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from .answers import Answers
from .bank import Bank
from .change import Change, Comparison
from .figures import Overall, PillarResult, Result
from .result import score
from .several import Side, compare_several
from .suppression import ReaderResult
from .withheld import empty_change, restricted_comparison, without_pillars

NO_INDEX = "A pulse has no index and no level."


def score_asked(bank: Bank, answers: Answers, subset: str) -> Result:
    """The result of an assessment that asks a subset of the bank; of all questions for ""."""
    result = score(bank, answers)
    return without_scores(result) if subset else result


def without_scores(result: Result) -> Result:
    """The result without index, levels and scores: of a few questions they would look like those of a pillar."""
    return replace(
        result,
        overall=Overall(None, None, None, result.overall.coverage, None, None, NO_INDEX),
        pillars=tuple(_without_score(row) for row in result.pillars),
        priorities=(),
        groups=tuple(replace(group, score=None, score_100=None) for group in result.groups),
    )


def _without_score(row: PillarResult) -> PillarResult:
    """The pillar without what a score or level is made of; how much was answered, and how much alike, is none of it."""
    return replace(
        row,
        status="insufficient" if row.status in ("rated", "provisional") else row.status,
        score=None,
        score_100=None,
        level=None,
        self_declared=None,
        bounds=None,
        attained=dict.fromkeys(row.attained),
        blocking=(),
        se=None,
        interval=None,
        target=None,
        gap=None,
        gap_within_error=None,
    )


@dataclass(frozen=True)
class QuestionChange:
    """The mean of one question when it was last answered and now, on the later bank's scale; None where it may not be
    shown, or was not asked."""

    key: str
    before: float | None
    after: float | None

    @property
    def delta(self) -> float | None:
        return None if self.before is None or self.after is None else round(self.after - self.before, 9)


@dataclass(frozen=True)
class PulseChange:
    """What changed since the questions of a pulse were last answered, as far as a reader may see it.

    `overall` and `pillars` have a change, and an interval from five people on, but no scores.
    """

    overall: Change
    pillars: tuple[Change, ...]
    questions: tuple[QuestionChange, ...]
    withheld: frozenset[str] = frozenset()  # pillars whose change would tell what one or two people answered


def pulse_change(
    before: tuple[Bank, Answers, ReaderResult] | None, after: Side, subset: str, seen: ReaderResult
) -> PulseChange:
    """The change on the questions of a subset that mean the same in both, as far as both readings allow.

    A pillar is left out if one of its means is hidden on a side: of two questions, its change would give it away.
    """
    keys, now = after[0].limited_to(subset).questions, _means(seen)
    if before is None:
        questions = tuple(QuestionChange(key, None, now.get(key)) for key in keys)
        return PulseChange(empty_change(None), (), questions)
    bank, answers, seen_before = before
    compared = compare_several([_limited((bank, answers), keys), _limited(after, keys)])
    then = {key: mean for key, mean in _means(seen_before).items() if key in compared.common}
    found = _restricted(compared.pairs[0], compared.common, after[0], seen_before, seen)
    questions = tuple(QuestionChange(key, then.get(key), now.get(key)) for key in keys)
    return PulseChange(found.overall, found.pillars, questions, found.withheld)


def _means(seen: ReaderResult) -> dict[str, float]:
    rows = (question for pillar in seen.result.pillars for question in pillar.questions)
    return {row.key: row.mean for row in rows if row.key in seen.means and row.mean is not None}


def _limited(side: Side, keys: Collection[str]) -> Side:
    """The questions with these keys, and the answers to them."""
    bank, answers = side
    people = tuple(
        replace(person, answers={key: value for key, value in person.answers.items() if key in keys})
        for person in answers.respondents
    )
    return bank.with_questions(keys), replace(answers, respondents=people)


def _restricted(comparison: Comparison, common: Collection[str], bank: Bank, *sides: ReaderResult) -> Comparison:
    """The comparison within its sides' limits, without scores, and without intervals where a distribution is hidden."""
    shown = frozenset.intersection(*(side.means for side in sides))
    limited = restricted_comparison(comparison, common, *sides)
    unsafe = {bank.pillar_of[key].key for key in common if key not in shown} | limited.withheld
    found = without_pillars(limited, unsafe)
    closed = frozenset(key for side in sides for key in side.closed)
    return replace(
        found,
        overall=_change_only(found.overall, bool(closed)),
        pillars=tuple(_change_only(change, change.key in closed) for change in found.pillars),
    )


def _change_only(change: Change, closed: bool) -> Change:
    bare = replace(change, before=None, after=None)
    return replace(bare, se=None, interval=None, real=None) if closed else bare

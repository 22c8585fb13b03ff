"""The entry point: `score(bank, answers)` returns the `Result` that page, PDF, file and command all read.

The classes of a result are in `figures.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .agreement import agreement
from .answers import Answers, Respondent
from .bank import Bank
from .figures import (
    PillarResult,
    Result,
    ShapedPillarResult,
)
from .interval import MIN_RESPONDENTS, Replicates, floor_squared, interval, leave_one_out, margin, standard_error
from .level import attained, blockers, capped, may_have_level, self_declared
from .organisation import Scored, groups, overall, shares_of_index
from .pillar import PillarSums, bounds, dont_know_rate, evidence_coverage, pillar_sums
from .priorities import gap, gap_within_error, priorities
from .question import Tally, question_result, tally_up
from .stages import goes_beyond

ENGINE = "2.0.0"


def score(bank: Bank, answers: Answers) -> Result:
    """Return everything known about one assessment, by the method of `docs/method.md`.

    Linear in respondents times questions. The order of the respondents does not change a single bit. Raises KeyError
    for an answer to a question that is not in the bank.
    """
    return score_tallies(bank, answers, tally_up(bank, answers.respondents))


def score_with_parts(bank: Bank, answers: Answers, *, moves: bool = True) -> tuple[Result, list[Scored]]:
    """The same, with what each pillar contributes to the SE of the index; without `moves` it has no priorities."""
    return _result(bank, answers, tally_up(bank, answers.respondents), intervals=True, moves=moves)


def score_tallies(bank: Bank, answers: Answers, tallies: Mapping[str, Tally], *, intervals: bool = True) -> Result:
    """Return the result of these tallies, which need not be those of `answers`; a what-if has no interval."""
    return _result(bank, answers, tallies, intervals=intervals)[0]


def _result(
    bank: Bank, answers: Answers, tallies: Mapping[str, Tally], *, intervals: bool, moves: bool = True
) -> tuple[Result, list[Scored]]:
    all_sums = [pillar_sums(bank, p, tuple(tallies[question.key] for question in p.questions)) for p in bank.pillars]
    samples = [sample(one, answers.respondents, intervals) for one in all_sums]
    pillars = tuple(pillar_result(one, its, answers) for one, its in zip(all_sums, samples, strict=True))
    blocking = {pillar.key: [blocker.question for blocker in pillar.blocking] for pillar in pillars}
    parts = index_parts(all_sums, samples)
    result = Result(
        engine=ENGINE,
        id=answers.id,
        bank_key=bank.key,
        bank_version=bank.version,
        bank_checksum=bank.checksum,
        answered=sum(1 for person in answers.respondents if person.answers),
        invited=answers.invited,
        overall=overall(bank, pillars, parts, answers.invited),
        pillars=pillars,
        priorities=priorities(all_sums, answers.targets, blocking, shares_of_index(bank, pillars)) if moves else (),
        scale=bank.scale if bank.format > 1 else None,
        groups=groups(bank, pillars),
    )
    return result, parts


@dataclass(frozen=True)
class Sample:
    """How many people are behind a pillar's figures, and its replicates if an interval is wanted and possible."""

    n: int
    replicates: Replicates | None


def sample(sums: PillarSums, people: Sequence[Respondent], intervals: bool) -> Sample:
    """Return a pillar's sample; `n` counts the respondents with a number on an answered weighted question."""
    if intervals and sums.score is not None and len(people) >= MIN_RESPONDENTS:
        replicates = leave_one_out(sums.answered, people)
        return Sample(replicates.n, replicates)
    keys = [tally.question.key for tally in sums.answered]
    return Sample(sum(1 for person in people if any(isinstance(person.answers.get(key), int) for key in keys)), None)


def index_parts(all_sums: Sequence[PillarSums], samples: Sequence[Sample]) -> list[Scored]:
    """The scored pillars of weight above 0, as the interval of the index needs them."""
    return [
        Scored(one.pillar, floor_squared(one.answered), its.replicates)
        for one, its in zip(all_sums, samples, strict=True)
        if one.pillar.weight > 0 and its.replicates is not None
    ]


def pillar_result(sums: PillarSums, sample: Sample, answers: Answers) -> PillarResult:
    """The figures of one pillar."""
    score, reached = sums.score, attained(sums)
    level = capped(sums, reached) if may_have_level(sums) else None
    se = pillar_error(sums, sample, answers.invited)
    half_width = None if se is None else margin(se, sample.n - 1)
    target = None if score is None else answers.targets.get(sums.pillar.key)
    distance = gap(sums, target)
    found = PillarResult(
        key=sums.pillar.key,
        status=sums.status,
        score=score,
        score_100=sums.bank.scale.hundred(score),
        level=level,
        self_declared=self_declared(sums, level),
        coverage=sums.coverage,
        na_share=sums.na_share,
        dont_know_rate=dont_know_rate(sums),
        bounds=bounds(sums),
        evidence_coverage=evidence_coverage(sums),
        attained=reached,
        blocking=blockers(sums, reached, level),
        respondents=sample.n,
        se=se,
        interval=None if score is None or half_width is None else interval(sums.bank.scale, score, half_width),
        agreement=agreement(sums, sample.n),
        target=target,
        gap=distance,
        gap_within_error=gap_within_error(distance, half_width),
        questions=tuple([question_result(tally) for tally in sums.tallies]),
    )
    return found if sums.bank.format == 1 else ShapedPillarResult(**vars(found), above=goes_beyond(sums, level))


def pillar_error(sums: PillarSums, sample: Sample, invited: int | None) -> float | None:
    """The SE of a pillar's score; None for fewer than three respondents, without a score, and in a what-if."""
    if sample.replicates is None:
        return None
    return standard_error(sample.replicates, floor_squared(sums.answered), invited)

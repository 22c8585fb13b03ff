"""The trend of an organisation's assessments up to one of them, limited to what everyone with access may see.

The figures are the same for every reader of the same assessments, so they are computed once per process.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from assessments.formats.answers import load_answers
from assessments.formats.result import dump_trends
from assessments.models import Assessment, Organisation, Result as ResultRow
from assessments.scoring.answers import Answers
from assessments.scoring.suppression import WITHHELD
from assessments.scoring.trend import MIN_ASSESSMENTS, Dated, prepared
from assessments.scoring.trend_limits import TrendLimit, limited_trends
from assessments.scoring.view import Trended, TrendHistory

from .assessment import AssessmentResult
from .bank import bank_of
from .changes import rounds_before
from .limits import eligible_for

MAX_ASSESSMENTS = 40  # the latest


@dataclass(frozen=True)
class _Point:
    """One assessment of a trend; equal ones give the same figures. `eligible` is None if it has no limits.

    `own` are the people behind the latest result if the reader alone is: they see their own figures without limits.
    """

    pk: int
    checksum: str
    name: str
    day: date
    eligible: frozenset[str] | None
    own: frozenset[str]
    row: ResultRow = field(compare=False)


def trend_of(result: AssessmentResult, may_see: Callable[[Assessment], bool]) -> TrendHistory | None:
    """The trend of this assessment and those closed before it on the same bank, without pulses; None with fewer than three.

    One query, and two more the first time.
    """
    rows = [result.frozen, *_before(result.assessment, may_see)[: MAX_ASSESSMENTS - 1]]
    if len(rows) < MIN_ASSESSMENTS:
        return None
    return _history(tuple(_point(row, result) for row in reversed(rows)))


def has_trend(assessment: Assessment, may_see: Callable[[Assessment], bool]) -> bool:
    """Whether there is a trend up to this assessment. One query."""
    return len(_before(assessment, may_see)) + 1 >= MIN_ASSESSMENTS


def _before(assessment: Assessment, may_see: Callable[[Assessment], bool]) -> list[ResultRow]:
    rows = rounds_before(assessment).current().without_texts()
    return [row for row in rows if not assessment.is_pulse and may_see(row.assessment)]


def trend_json(history: TrendHistory) -> bytes:
    """The lines and their points, as the command `trend` prints them."""
    return dump_trends(history.trends).encode()


def latest_of_trends(organisation: Organisation) -> list[Assessment]:
    """The latest assessment on each bank on which the organisation has a trend, newest first. One query."""
    closed = organisation.assessments.closed().full().select_related("bank_version").order_by("-closed_at")
    by_bank: dict[int, list[Assessment]] = {}
    for assessment in closed:
        by_bank.setdefault(assessment.bank_version.bank_id, []).append(assessment)
    return [rows[0] for rows in by_bank.values() if len(rows) >= MIN_ASSESSMENTS]


def _point(row: ResultRow, current: AssessmentResult) -> _Point:
    assessment, zone = row.assessment, current.assessment.organisation.zone
    day = (assessment.closed_at or row.frozen_at).astimezone(zone).date()
    eligible = None if assessment.is_named else eligible_for(row.counted, None, everybody=True)
    alone = not (current.confidential or current.assessment.is_named)
    own = frozenset(person.id for person in current.answers.respondents if alone)
    return _Point(row.pk, row.checksum, assessment.name, day, eligible, own, row)


@lru_cache(maxsize=64)
def _history(points: Sequence[_Point]) -> TrendHistory:
    rows = ResultRow.objects.only("answers", "differing", "assessment").prefetch_related("pillars")
    stored = {row.pk: row for row in rows.filter(pk__in=[point.pk for point in points])}
    banks = [bank_of(point.row.assessment.bank_version) for point in points]
    dated = [
        Dated(point.day, bank, load_answers(stored[point.pk].answers, bank))
        for point, bank in zip(points, banks, strict=True)
    ]
    found = prepared(dated)
    limits = [_limit(point, stored[point.pk], each.answers) for point, each in zip(points, dated, strict=True)]
    limited = limited_trends(found, limits)
    people = [frozenset(person.id for person in each.answers.respondents if person.answers) for each in dated]
    rounds = [
        Trended(
            point.name,
            point.day,
            bank.version,
            new_people=place > 0 and people[place] != people[place - 1],
            new_version=place > 0 and bank.version != banks[place - 1].version,
        )
        for place, (point, bank) in enumerate(zip(points, banks, strict=True))
    ]
    return TrendHistory(tuple(rounds), limited.trends, limited.withheld, len(found.shared), len(banks[-1].questions))


def _limit(point: _Point, row: ResultRow, answers: Answers) -> TrendLimit:
    if point.eligible is None or {person.id for person in answers.respondents} <= point.own:
        return TrendLimit()
    hidden = frozenset(each.key for each in row.pillars.all() if each.status == WITHHELD and each.score is None)
    return TrendLimit(point.eligible, hidden, shows_no_question=bool(row.differing))

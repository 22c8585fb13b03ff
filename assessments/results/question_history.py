"""One question over an organisation's assessments, as far as a reader may see each of them."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import Count, Max

from assessments.formats.answers import load_answers
from assessments.models import Assessment, Participant, Result as ResultRow
from assessments.scoring.suppression import ReaderResult

from .assessment import AssessmentResult, limits_hold
from .bank import bank_of
from .limits import eligible_for, frozen_within

MAX_EARLIER = 5  # assessments


class QuestionThen(NamedTuple):
    """The mean of a question in one assessment, on the bank's scale; None if it is not shown."""

    assessment: Assessment
    mean: float | None


def question_over_time(result: AssessmentResult, key: str, may_see: Callable[[Assessment], bool]) -> list[QuestionThen]:
    """The assessments up to this one in which the question had the same answers, oldest first.

    Each mean is the one on that assessment's own result page. Two queries once the banks are cached.
    """
    current = result.assessment
    before = Assessment.objects.closed().full().filter(
        organisation=current.organisation_id, bank_version__bank=current.bank_version.bank_id,
        closed_at__lt=current.closed_at,
    )  # fmt: skip
    rows = ResultRow.objects.current().filter(assessment__in=before).select_related("assessment__bank_version__bank")
    rows = rows.order_by("-assessment__closed_at", "assessment")[:MAX_EARLIER]
    shown = [row for row in rows if may_see(row.assessment) and _is_same(row.assessment, current, key)]
    found = [QuestionThen(row.assessment, _mean(seen, key)) for row, seen in _seen(shown, result)]
    return [*found[::-1], QuestionThen(current, _mean(result.seen, key))]


def _is_same(one: Assessment, other: Assessment, key: str) -> bool:
    """Whether both banks have the question with the same answers."""
    first, second = (bank_of(each.bank_version).questions.get(key) for each in (one, other))
    return first is not None and second is not None and first.texts == second.texts


def _seen(rows: Iterable[ResultRow], current: AssessmentResult) -> Iterable[tuple[ResultRow, ReaderResult]]:
    """Each result within the limits of the page's reader. One query."""
    people = Participant.objects.filter(assessment__in=[row.assessment_id for row in rows]).order_by()
    counts = {
        pk: (count, last)
        for pk, count, last in people.values_list("assessment").annotate(Count("pk"), Max("user")).iterator()
    }
    for row in rows:
        count, last = counts.get(row.assessment_id, (0, None))
        confidential = limits_hold(row.assessment, current.reader, people=count, last=last)
        eligible = eligible_for(row.counted, current.reader) if confidential else None
        bank = bank_of(row.assessment.bank_version)
        yield row, frozen_within(row, bank, load_answers(row.answers, bank), eligible)


def _mean(seen: ReaderResult, key: str) -> float | None:
    means = {row.key: row.mean for pillar in seen.result.pillars for row in pillar.questions}
    return means.get(key) if key in seen.means else None

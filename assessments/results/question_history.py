"""One question over an organisation's assessments, as far as a reader may see each of them."""

from collections.abc import Callable
from typing import NamedTuple

from assessments.models import Assessment

from .assessment import AssessmentResult, assessment_result
from .bank import bank_of

MAX_EARLIER = 5  # assessments


class QuestionThen(NamedTuple):
    """The mean of a question in one assessment, on the bank's scale; None if it is not shown."""

    assessment: Assessment
    mean: float | None


def question_over_time(result: AssessmentResult, key: str, may_see: Callable[[Assessment], bool]) -> list[QuestionThen]:
    """The assessments up to this one in which the question had the same answers, oldest first.

    Each mean is the one on that assessment's own result page. About eight queries for each earlier one.
    """
    current = result.assessment
    rows = Assessment.objects.closed().full().select_related("organisation", "bank_version")
    rows = rows.filter(
        organisation=current.organisation_id, bank_version__bank=current.bank_version.bank_id,
        closed_at__lt=current.closed_at,
    )  # fmt: skip
    earlier = [
        row for row in rows.order_by("-closed_at", "pk")[:MAX_EARLIER] if may_see(row) and _is_same(row, current, key)
    ]
    found = [_then(assessment_result(row, reader=result.reader, may_read_comments=False), key) for row in earlier[::-1]]
    return [*found, _then(result, key)]


def _is_same(one: Assessment, other: Assessment, key: str) -> bool:
    """Whether both banks have the question with the same answers."""
    first, second = (bank_of(each.bank_version).questions.get(key) for each in (one, other))
    return first is not None and second is not None and first.texts == second.texts


def _then(result: AssessmentResult, key: str) -> QuestionThen:
    rows = {row.key: row for pillar in result.result.pillars for row in pillar.questions}
    return QuestionThen(result.assessment, rows[key].mean if key in result.means and key in rows else None)

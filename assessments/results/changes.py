"""What changed since the round before, frozen with a result so that lists need not compare anything."""

from typing import TypedDict

from assessments.exchange.answers import load_answers
from assessments.models import Assessment
from assessments.models import Result as ResultRow
from assessments.scoring.change import compare

from .bank import bank_of
from .rounds import Scored


class ChangeColumns(TypedDict):
    """The columns of a result that say how it differs from `compared_with`."""

    compared_with: ResultRow | None
    comparability: str | None
    change: float | None
    change_is_real: bool | None


def change_columns(assessment: Assessment, scored: Scored) -> ChangeColumns:
    """The like-for-like change of the index; all absent for a first round. Two queries once the banks have been read."""
    before = round_before(assessment)
    if before is None:
        return ChangeColumns(compared_with=None, comparability=None, change=None, change_is_real=None)
    old, new = bank_of(before.assessment.bank_version), bank_of(assessment.bank_version)
    found = compare(old, load_answers(before.answers, old), new, load_answers(scored.answers_text, new)).overall
    return ChangeColumns(
        compared_with=before, comparability=found.comparability, change=found.delta, change_is_real=found.real
    )


def round_before(assessment: Assessment) -> ResultRow | None:
    """The current result of the organisation's latest closed round on the same bank, whatever the version.

    A round that was closed before is compared with what came before it then. One query.
    """
    same = Assessment.objects.closed().exclude(pk=assessment.pk)
    same = same.filter(organisation=assessment.organisation_id, bank_version__bank=assessment.bank_version.bank_id)
    if assessment.closed_at is not None:
        same = same.filter(closed_at__lt=assessment.closed_at)
    found = ResultRow.objects.filter(assessment__in=same).order_by("-assessment__closed_at", "-revision")
    return found.select_related("assessment__bank_version__bank").first()

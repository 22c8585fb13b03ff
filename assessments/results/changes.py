"""The change since the previous round, frozen with a result so that lists need not compare anything."""

from typing import TypedDict

from assessments.formats.answers import load_answers
from assessments.models import Assessment, Result as ResultRow, ResultQuerySet
from assessments.scoring.several import compare_several
from assessments.scoring.withheld import restricted_comparison

from .assessment import Scored
from .bank import bank_of
from .limits import seen_by_everybody


class ChangeColumns(TypedDict):
    """The columns of a result that describe how it differs from `compared_with`."""

    compared_with: ResultRow | None
    comparability: str | None
    change: float | None
    change_is_real: bool | None


def change_columns(assessment: Assessment, scored: Scored) -> ChangeColumns:
    """The like-for-like change of the index; all None for a first round and a pulse. Two queries once the banks are cached.

    No change if a pillar's would reveal what is hidden: readers of lists may not be allowed to see that.
    """
    before = None if assessment.is_pulse else previous_round(assessment)
    if before is None:
        return ChangeColumns(compared_with=None, comparability=None, change=None, change_is_real=None)
    return change_since(before, assessment, scored)


def change_since(before: ResultRow, assessment: Assessment, scored: Scored) -> ChangeColumns:
    """The same, relative to a given earlier result."""
    old, new = bank_of(before.assessment.bank_version), bank_of(assessment.bank_version)
    answers = load_answers(before.answers, old)
    compared = compare_several([(old, answers), (new, scored.answers)])
    earlier = seen_by_everybody(before, before.assessment, old, answers)
    change = compared.pairs[0].overall
    overall = restricted_comparison(compared.pairs[0], compared.common, earlier, scored.shown).overall
    return ChangeColumns(
        compared_with=before,
        comparability=change.comparability,
        change=overall.delta,
        change_is_real=overall.real,
    )


def previous_round(assessment: Assessment, *, texts: bool = True) -> ResultRow | None:
    """The current result of the organisation's latest closed full assessment on the same bank, in any version.

    A closed assessment is compared with the one closed before it, and a pulse also with an earlier pulse of its kind. One query; without `texts` a fast one that defers the
    long texts.
    """
    rows = rounds_before(assessment)
    return (rows if texts else rows.without_texts()).first()


def rounds_before(assessment: Assessment) -> ResultQuerySet:
    """The results of the organisation's assessments on the same bank that closed before this one, newest first.

    An assessment that was reopened has several, its current one first.
    """
    rows = ResultRow.objects.exclude(assessment=assessment).filter(
        assessment__state__in=Assessment.CLOSED,
        assessment__organisation=assessment.organisation_id,
        assessment__bank_version__bank=assessment.bank_version.bank_id,
        assessment__subset__in={"", assessment.subset},
    )
    if assessment.closed_at is not None:
        rows = rows.filter(assessment__closed_at__lt=assessment.closed_at)
    return rows.order_by("-assessment__closed_at", "-revision").select_related("assessment__bank_version__bank")

"""Compare an assessment's result with the previous round."""

from collections.abc import Callable
from dataclasses import replace

from assessments.formats.answers import load_answers
from assessments.models import Assessment, Cohort, Result as ResultRow
from assessments.scoring.answers import Answers
from assessments.scoring.several import compare_several
from assessments.scoring.view import ResultView
from assessments.scoring.withheld import restricted_comparison

from .assessment import AssessmentResult, EarlierRound
from .bank import bank_of
from .benchmark import peers_of
from .changes import previous_round
from .limits import eligible_for, frozen_within
from .trend import trend_of
from .units import seen_units, with_units_before


def with_previous_round(result: AssessmentResult, may_see: Callable[[Assessment], bool]) -> AssessmentResult:
    """The result, compared with the previous round if the reader may see it, and with the trend of three or more."""
    before = previous_round(result.assessment)
    if before is None or not may_see(before.assessment):
        return result
    trend = None if before.compared_with_id is None else trend_of(result, may_see)
    return replace(result, earlier=compared(before, result), trend=trend)


def with_all_units(result: AssessmentResult, may_see: Callable[[Assessment], bool]) -> AssessmentResult:
    """The result with those of all its units, if there are any and the reader may see all. Four queries with units."""
    assessment = result.assessment
    if not assessment.unit_kind or not may_see(assessment):
        return result
    units = seen_units(assessment, everything=True)
    return replace(result, units=units and with_units_before(assessment, units, may_see))


def compared(before: ResultRow, current: AssessmentResult) -> EarlierRound:
    """What changed since `before`, as returned by `previous_round`. At most one query once its bank is cached."""
    if before.get_deferred_fields():
        before.refresh_from_db(fields=("result", "answers"))
    bank = bank_of(before.assessment.bank_version)
    answers = load_answers(before.answers, bank)
    limited = _is_confidential(before.assessment, answers, current)
    eligible = eligible_for(before.counted, current.reader) if limited else None
    visible = frozen_within(before, bank, answers, eligible)
    several = compare_several([(bank, answers), (current.bank, current.answers)])
    comparison = restricted_comparison(several.pairs[0], several.common, visible, current.seen)
    return EarlierRound(before.assessment, visible, comparison, bank, answers, before.checksum)


def page_view(result: AssessmentResult, before: ResultRow | None, cohort: Cohort | None, *, runs: bool) -> ResultView:
    """A page's result with everything its reader may compare it with; `runs`: whether they manage the assessment."""
    compared_result = result if before is None else replace(result, earlier=compared(before, result))
    return replace(
        compared_result.view,
        peers=peers_of(result.frozen, cohort),
        functions=result.functions,
        supported=result.supported,
        backing=result.backing,
        careless=result.careless if runs else 0,
    )


def _is_confidential(assessment: Assessment, answers: Answers, result: AssessmentResult) -> bool:
    """Whether limits apply in the earlier round: not if it is named, or if the reader alone answered both."""
    alone = not result.confidential and not result.assessment.is_named
    own = {person.id for person in result.answers.respondents}
    return not (assessment.is_named or (alone and {person.id for person in answers.respondents} <= own))

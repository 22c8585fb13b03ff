"""The previous round, compared with an assessment's result."""

from collections.abc import Callable
from dataclasses import replace

from assessments.formats.answers import load_answers
from assessments.formats.result import load_result
from assessments.models import Assessment, Cohort
from assessments.models import Result as ResultRow
from assessments.scoring.answers import Answers
from assessments.scoring.several import compare_several
from assessments.scoring.view import ResultView
from assessments.scoring.withheld import told

from .assessment import AssessmentResult, EarlierRound
from .bank import bank_of
from .benchmark import peers_of
from .changes import previous_round
from .limits import Limits, counted_for, within


def beside_the_previous_round(shown: AssessmentResult, may_see: Callable[[Assessment], bool]) -> AssessmentResult:
    """The same, compared with the previous round where there is one that the reader may see."""
    before = previous_round(shown.assessment)
    if before is None or not may_see(before.assessment):
        return shown
    return replace(shown, earlier=compared(before, shown))


def compared(before: ResultRow, shown: AssessmentResult) -> EarlierRound:
    """What changed since `before`, a result of `round_before`. One query at most once its bank has been read."""
    if before.get_deferred_fields():
        before.refresh_from_db(fields=("result", "answers"))
    bank = bank_of(before.assessment.bank_version)
    answers, result = load_answers(before.answers, bank), load_result(before.result)
    limited = _is_confidential(before.assessment, answers, shown)
    counted = counted_for(before.counted, shown.reader) if limited else None
    seen = within(Limits(before.checksum, counted, frozenset(before.differing), bank, answers, result))
    found = compare_several([(bank, answers), (shown.bank, shown.answers)])
    comparison = told(found.pairs[0], found.common, seen, shown.seen)
    return EarlierRound(before.assessment, seen, comparison, bank, answers, before.checksum)


def view_beside(shown: AssessmentResult, before: ResultRow | None, cohort: Cohort | None, *, runs: bool) -> ResultView:
    """The result of a page, with what its reader may compare it with; `runs`: whether they run the assessment."""
    found = shown if before is None else replace(shown, earlier=compared(before, shown))
    return replace(
        found.view,
        peers=peers_of(shown.frozen, cohort),
        functions=shown.functions,
        supported=shown.supported,
        careless=shown.careless if runs else 0,
    )


def _is_confidential(assessment: Assessment, answers: Answers, shown: AssessmentResult) -> bool:
    """Whether the limits hold in the earlier round: not where whoever reads their own answers alone did so before."""
    alone = not shown.confidential and not shown.assessment.is_named
    own = {person.id for person in shown.answers.respondents}
    return not (assessment.is_named or (alone and {person.id for person in answers.respondents} <= own))

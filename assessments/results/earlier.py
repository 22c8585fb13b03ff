"""The round before, compared with a round's result."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assessments.exchange.answers import load_answers
from assessments.exchange.result import load_result
from assessments.models import Assessment
from assessments.models import Result as ResultRow
from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank
from assessments.scoring.change import Comparison
from assessments.scoring.disclosure import disclosed
from assessments.scoring.result import Result
from assessments.scoring.several import compare_several
from assessments.scoring.withheld import gives_away, of_questions, without

from .bank import bank_of
from .changes import round_before
from .rounds import RoundResult


@dataclass(frozen=True)
class EarlierRound:
    """An earlier round of the same bank: its frozen result, and what changed from there to the later one.

    `means` are the questions whose mean the reader of the later round may see here. The comparison leaves out what
    would tell a hidden answer of either round.
    """

    assessment: Assessment
    result: Result
    comparison: Comparison
    bank: Bank
    answers: Answers
    means: frozenset[str]
    checksum: str


def beside_the_round_before(shown: RoundResult, may_see: Callable[[Assessment], bool]) -> RoundResult:
    """The same, compared with the round before where there is one that the reader may see."""
    before = round_before(shown.assessment)
    if before is None or not may_see(before.assessment):
        return shown
    return replace(shown, earlier=compared(before, shown))


def compared(before: ResultRow, shown: RoundResult) -> EarlierRound:
    """What changed since `before`, a result of `round_before`. One query at most once its bank has been read."""
    if before.get_deferred_fields():
        before.refresh_from_db(fields=("result", "answers"))
    bank, result = bank_of(before.assessment.bank_version), load_result(before.result)
    answers = load_answers(before.answers, bank)
    means = disclosed(bank, answers, confidential=_is_confidential(before.assessment, answers, shown)).means
    found = compare_several([(bank, answers), (shown.bank, shown.answers)])
    sides = ((result, means), (shown.result, shown.means))
    hidden = {row.key for own, seen in sides for row in own.pillars if gives_away(row, found.common, seen)}
    comparison = of_questions(without(found.pairs[0], hidden), means & shown.means)
    return EarlierRound(before.assessment, result, comparison, bank, answers, means, before.checksum)


def _is_confidential(assessment: Assessment, answers: Answers, shown: RoundResult) -> bool:
    """Whether the limits hold in the earlier round: not where whoever reads their own answers alone did so before."""
    alone = not shown.confidential and not shown.assessment.is_named
    own = {person.id for person in shown.answers.respondents}
    return not (assessment.is_named or (alone and {person.id for person in answers.respondents} <= own))

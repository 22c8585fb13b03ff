"""The round before, compared with a round's result."""

from dataclasses import dataclass

from assessments.exchange.answers import load_answers
from assessments.exchange.result import load_result
from assessments.models import Assessment
from assessments.models import Result as ResultRow
from assessments.scoring.change import Comparison, compare
from assessments.scoring.result import Result

from .bank import bank_of
from .rounds import RoundResult


@dataclass(frozen=True)
class EarlierRound:
    """An earlier round of the same bank: its frozen result, and what changed from there to the later one."""

    assessment: Assessment
    result: Result
    comparison: Comparison


def compared(before: ResultRow, shown: RoundResult) -> EarlierRound:
    """What changed since `before`, a result of `round_before`. No query once its bank has been read."""
    bank = bank_of(before.assessment.bank_version)
    answers = load_answers(before.answers, bank)
    return EarlierRound(
        before.assessment, load_result(before.result), compare(bank, answers, shown.bank, shown.answers)
    )

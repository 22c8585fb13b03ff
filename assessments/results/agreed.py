"""What a round's workshop agreed on, the result with it, and which questions a workshop should talk about first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessments.exchange.answers import load_answers
from assessments.models import AgreedAnswer, Assessment, Submission
from assessments.scoring.agreed import most_disagreement_first, score_agreed
from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank
from assessments.scoring.disclosure import disclosed
from assessments.scoring.figures import Result
from assessments.scoring.withheld import has_hidden

from .answers import answers_of
from .bank import bank_of


@dataclass(frozen=True)
class Agreed:
    """The agreed answers by question key in bank order, and the result in which they stand for the individual ones.

    `withheld` are the pillars whose figures would tell a hidden answer; with one of them the organisation's are too.
    """

    answers: Mapping[str, AgreedAnswer]
    result: Result
    withheld: frozenset[str]

    @property
    def tells_all(self) -> bool:
        return not self.withheld


def agreed_in(assessment: Assessment) -> dict[str, AgreedAnswer]:
    """The agreed answers of a round by question key. One query."""
    shown = ("assessment", "level", "reason", "dissent", "revision", "agreed_at", "question__key")
    found = AgreedAnswer.objects.filter(assessment=assessment).select_related("question").only(*shown)
    return {row.question.key: row for row in found}


def agreed_result(
    bank: Bank, answers: Answers, result: Result, found: Mapping[str, AgreedAnswer], means: Collection[str]
) -> Agreed | None:
    """The result with the agreed answers; None where there are none."""
    ordered = {key: found[key] for key in bank.questions if key in found}
    if not ordered:
        return None
    scored = score_agreed(bank, answers, {key: row.level for key, row in ordered.items()})
    talked_of = {bank.pillar_of[key].key for key in ordered}
    withheld = frozenset(row.key for row in result.pillars if row.key in talked_of and has_hidden(row, means))
    return Agreed(ordered, scored, withheld)


def order_of(assessment: Assessment) -> tuple[str, ...]:
    """The keys of a round's questions, those first on which its people disagree most, as far as that may be known."""
    bank = bank_of(assessment.bank_version)
    answers = _individual(assessment, bank)
    known = disclosed(bank, answers, confidential=not assessment.is_named).means
    return most_disagreement_first(bank, answers, known)


def _individual(assessment: Assessment, bank: Bank) -> Answers:
    """What is frozen in the result of a closed round, what is submitted in an open one."""
    if assessment.has_result:
        return load_answers(assessment.results.order_by("-revision")[0].answers, bank)
    return answers_of(assessment, Submission.objects.submitted().filter(participant__assessment=assessment))

"""What an assessment's workshop agreed on, and which questions a workshop should talk about first."""

from __future__ import annotations

from assessments.formats.answers import load_answers
from assessments.models import AgreedAnswer, Assessment, Submission
from assessments.scoring.agreed import AgreedLevel, most_disagreement_first

from .answers import answers_of
from .bank import bank_of
from .limits import seen_by_everybody


def agreed_in(assessment: Assessment) -> dict[str, AgreedAnswer]:
    """The agreed answers of an assessment by question key. One query."""
    columns = ("assessment", "level", "reason", "dissent", "revision", "agreed_at", "question__key")
    rows = AgreedAnswer.objects.filter(assessment=assessment).select_related("question").only(*columns)
    return {row.question.key: row for row in rows.order_by("pk")}


def said_in(assessment: Assessment) -> dict[str, AgreedLevel]:
    """The same as the instrument and the report take it."""
    rows = agreed_in(assessment)
    return {key: AgreedLevel(row.level, row.reason, row.dissent, row.agreed_at) for key, row in rows.items()}


def agreed_mark(assessment: Assessment) -> tuple[tuple[str, int, str, str], ...]:
    """Differs whenever something else was agreed on, and where a name was struck out of its words. One query."""
    rows = AgreedAnswer.objects.filter(assessment=assessment).order_by("pk")
    return tuple((str(row.pk), row.revision, row.reason, row.dissent) for row in rows)


def order_of(assessment: Assessment) -> tuple[str, ...]:
    """The keys of an assessment's questions, those first on which its people disagree most, as far as that may be known.

    While a confidential assessment is open the order is the bank's: another order with each submission would tell of it.
    """
    bank = bank_of(assessment.bank_version)
    if not assessment.has_result:
        submitted = Submission.objects.submitted().filter(participant__assessment=assessment)
        answers = answers_of(assessment, submitted)
        return most_disagreement_first(bank, answers, bank.questions if assessment.is_named else ())
    row = assessment.results.order_by("-revision")[0]
    visible = seen_by_everybody(row, assessment, bank)
    return most_disagreement_first(bank, load_answers(row.answers, bank), visible.counts)

"""What an assessment's workshop agreed on, and which questions a workshop should discuss first."""

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


def agreed_levels(assessment: Assessment) -> dict[str, AgreedLevel]:
    """The same as scoring and the report take it; equal unless an agreed answer or its text changed. One query."""
    rows = agreed_in(assessment)
    return {key: AgreedLevel(row.level, row.reason, row.dissent, row.agreed_at) for key, row in rows.items()}


def order_of(assessment: Assessment) -> tuple[str, ...]:
    """An assessment's question keys, largest disagreement first, as far as it may be known.

    An open confidential assessment uses bank order: an order that changes with each submission would reveal it.
    """
    bank = bank_of(assessment.bank_version)
    if not assessment.has_result:
        submitted = Submission.objects.submitted().filter(participant__assessment=assessment)
        answers = answers_of(assessment, submitted)
        return most_disagreement_first(bank, answers, bank.questions if assessment.is_named else ())
    row = assessment.results.order_by("-revision")[0]
    answers = load_answers(row.answers, bank)
    return most_disagreement_first(bank, answers, seen_by_everybody(row, assessment, bank, answers).counts)

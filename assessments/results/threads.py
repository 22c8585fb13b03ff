"""Whom a thread in a confidential assessment may address, which is no more than the result shows to all its readers."""

from collections.abc import Mapping

from assessments.formats.answers import load_answers
from assessments.models import Assessment

from .bank import bank_of
from .limits import seen_by_everybody


def answers_to_ask_about(assessment: Assessment) -> Mapping[str, tuple[int, ...]]:
    """The levels that somebody gave, by key of each question whose distribution every reader sees. Two queries.

    Empty without a result, for a pulse, and in a named assessment, where people are asked by name.
    """
    if not assessment.has_result or assessment.is_named or assessment.is_pulse:
        return {}
    row = assessment.results.order_by("-revision")[0]
    bank = bank_of(assessment.bank_version)
    counts = seen_by_everybody(row, assessment, bank, load_answers(row.answers, bank)).counts
    return {key: tuple(level for level, n in enumerate(each, start=1) if n) for key, each in counts.items()}


def people_who_answered(assessment: Assessment, key: str, level: int) -> frozenset[str]:
    """The pseudonyms of those who gave this level, in the current result. One query."""
    row = assessment.results.order_by("-revision")[0]
    answers = load_answers(row.answers, bank_of(assessment.bank_version))
    return frozenset(person.id for person in answers.respondents if person.answers.get(key) == level)

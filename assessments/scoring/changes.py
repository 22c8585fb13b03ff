"""Other answers in place of those that people gave: what a reader could believe instead."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .answers import Respondent
from .bank import Bank, Question
from .question import NO_ANSWERS, Tally, tally

type Changes = Mapping[tuple[str, str], int]  # (person, question) -> answer


def changed(people: tuple[Respondent, ...], changes: Changes) -> tuple[Respondent, ...]:
    """The people with these answers in place of their own."""
    if not changes:
        return people
    mine: dict[str, dict[str, int]] = {}
    for (person, key), level in changes.items():
        mine.setdefault(person, {})[key] = level
    return tuple(
        replace(person, answers={**person.answers, **mine[person.id]}) if person.id in mine else person
        for person in people
    )


def tally_without_evidence(bank: Bank, question: Question, people: Sequence[Respondent]) -> Tally:
    """Count a question without its evidence, which no answer changes."""
    counts = dict(NO_ANSWERS)
    for person in people:
        if (value := person.answers.get(question.key)) is not None:
            counts[value] += 1
    return tally(bank.marks[question.key], counts, None)

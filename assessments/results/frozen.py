"""A frozen result: its checksum, its rows for lists, and the erasure of a person's function from it."""

import dataclasses
import hashlib
from collections.abc import Iterator

from assessments.formats.answers import dump_answers, load_answers
from assessments.models import Participant, PillarResult, Result
from assessments.scoring.figures import Result as Figures

from .bank import bank_of


def checksum_of(result: str, answers: str, salt: str) -> str:
    """The checksum of a frozen result: over both texts and the salt, without which their content could be guessed.

    An empty salt gives the checksum used before salts, which older handovers contain.
    """
    texts = (salt, result, answers) if salt else (result, answers)
    return "sha256:" + hashlib.sha256("\n".join(texts).encode()).hexdigest()


def pillar_rows(row: Result, figures: Figures) -> Iterator[PillarResult]:
    """One summary row per pillar, not saved yet."""
    for order, pillar in enumerate(figures.pillars):
        yield PillarResult(
            result=row, order=order, key=pillar.key, status=pillar.status, score=pillar.score, level=pillar.level
        )


def forget_function(row: Result, pseudonym: str) -> str:
    """Remove one person's function from the answers and return the row's previous checksum. The caller saves."""
    before = row.checksum
    answers = load_answers(row.answers, bank_of(row.assessment.bank_version))
    people = tuple(
        dataclasses.replace(person, role=Participant.Function.OTHER) if person.id == pseudonym else person
        for person in answers.respondents
    )
    row.answers = dump_answers(dataclasses.replace(answers, respondents=people))
    row.checksum = checksum_of(row.result, row.answers, row.salt)
    return before

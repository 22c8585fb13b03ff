"""What a comparison is made of: one assessment of a client, or the latest assessment of one of several clients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank
from assessments.scoring.figures import Result
from assessments.scoring.suppression import ReaderResult

type Kind = Literal["change", "difference"]  # of one client over time, or between clients


@dataclass(frozen=True)
class Side:
    """One side with its name in the comparison, what else is said of it, and what its reader may see of questions."""

    id: str
    name: str
    detail: str
    bank: Bank
    seen: ReaderResult
    answers: Answers
    confidential: bool

    @property
    def result(self) -> Result:
        """As far as its reader may see it."""
        return self.seen.result

    @property
    def people(self) -> frozenset[str]:
        """Who answered, under pseudonyms."""
        return frozenset(person.id for person in self.answers.respondents if person.answers)

"""What a comparison is made of: one round of a client, or the latest round of one of several clients."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank
from assessments.scoring.figures import PillarResult, Result
from assessments.scoring.withheld import gives_away

type Kind = Literal["change", "difference"]  # of one client over time, or between clients


@dataclass(frozen=True)
class Side:
    """One side with its name in the comparison, what else is said of it, and what its reader may see of questions."""

    id: str
    name: str
    detail: str
    bank: Bank
    result: Result
    answers: Answers
    means: frozenset[str]
    confidential: bool

    @property
    def people(self) -> frozenset[str]:
        """Who answered, under pseudonyms."""
        return frozenset(person.id for person in self.answers.respondents if person.answers)

    def withholds(self, pillar: PillarResult, common: Collection[str]) -> bool:
        """Whether a score on these questions would give away an answer that is hidden."""
        return gives_away(pillar, common, self.means)

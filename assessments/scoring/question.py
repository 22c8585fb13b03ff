"""One question over all respondents: how often each value was chosen, its mean, its low median and its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .answers import DONT_KNOW, NOT_APPLICABLE, Respondent, Value
from .bank import LEVELS, Bank, Question
from .figures import QuestionResult, State

NO_ANSWERS: Mapping[Value, int] = {1: 0, 2: 0, 3: 0, 4: 0, 5: 0, DONT_KNOW: 0, NOT_APPLICABLE: 0}


class Tally(NamedTuple):
    """The answers to one question, counted. `V` below is the multiset of its numeric answers, `k` its size.

    `reach[L - 1]` is the number of answers in V that are at least L. Because a value x reaches exactly x levels, the
    sum of V is the sum of `reach`: every figure is computed from whole numbers and is exact before one division.
    """

    question: Question
    weight: float
    state: State
    reach: tuple[int, int, int, int, int]
    n: int  # k, the numeric answers
    mean: float | None
    low_median: int | None
    dont_know: int
    not_applicable: int
    evidence: int | None

    @property
    def total(self) -> int:
        """The sum of V."""
        return sum(self.reach)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many respondents chose level 1, 2, 3, 4 and 5."""
        n, r2, r3, r4, r5 = self.reach
        return n - r2, r2 - r3, r3 - r4, r4 - r5, r5

    @property
    def missing(self) -> bool:
        """Whether the question applies and nobody gave a number."""
        return self.state == "missing"

    def share(self, level: int) -> float:
        """`q(L)`: the share of V that reaches what this question offers for L; 0 for a missing question."""
        return self.reach[self.question.asks[level] - 1] / self.n if self.n else 0.0

    def attains(self, level: int) -> bool:
        """Whether the low median reaches what this question offers for `level`; a missing question does not."""
        return self.low_median is not None and self.low_median >= self.question.asks[level]


def tally(question: Question, counts: Mapping[Value, int], evidence: int | None) -> Tally:
    """Return one question's tally: `counts` says how often each value was given, `evidence` is the highest
    grade of a numeric answer.

    Low median: the middle value of V, or the lower of the two. It is at least L iff more than half of V reaches L.
    State: *not applicable* iff those answers outnumber the numbers (a tie means applicable).
    """
    r5 = counts[5]
    r4 = r5 + counts[4]
    r3 = r4 + counts[3]
    r2 = r3 + counts[2]
    n = r2 + counts[1]
    half = n // 2
    return Tally(
        question,
        question.weight,
        "not_applicable" if counts[NOT_APPLICABLE] > n else "answered" if n else "missing",
        (n, r2, r3, r4, r5),
        n,
        (n + r2 + r3 + r4 + r5) / n if n else None,
        1 + (r2 > half) + (r3 > half) + (r4 > half) + (r5 > half) if n else None,
        counts[DONT_KNOW],
        counts[NOT_APPLICABLE],
        (evidence or 0) if n else None,
    )


def tally_up(bank: Bank, respondents: Iterable[Respondent]) -> dict[str, Tally]:
    """Return the tally of every question, by key in bank order. Raises KeyError for a question not in the bank."""
    people = tuple(respondents)
    counts = {key: dict(NO_ANSWERS) for key in bank.questions}
    for person in people:
        for key, value in person.answers.items():
            counts[key][value] += 1
    grades = best_grades(people)
    return {key: tally(question, counts[key], grades.get(key)) for key, question in bank.questions.items()}


def best_grades(respondents: Iterable[Respondent]) -> dict[str, int]:
    """The highest evidence grade among the numeric answers to each question; evidence without a number is ignored."""
    grades: dict[str, int] = {}
    for person in respondents:
        for key, evidence in person.evidence.items():
            if isinstance(person.answers.get(key), int) and evidence.grade > grades.get(key, -1):
                grades[key] = evidence.grade
    return grades


def deviation(tally: Tally) -> float | None:
    """`AD = mean|x - m|` over V, in levels, for k >= 2 (average deviation index; Burke, Finkelstein and Dusig 1999)."""
    if tally.n < 2:
        return None
    n, total = tally.n, tally.total
    return sum([count * abs(level * n - total) for level, count in zip(LEVELS, tally.counts, strict=True)]) / (n * n)


def question_result(tally: Tally) -> QuestionResult:
    """The figures of a question as the result shows them; a question that does not apply keeps the numbers it has."""
    return QuestionResult(
        key=tally.question.key,
        state=tally.state,
        mean=tally.mean,
        low_median=tally.low_median,
        n=tally.n,
        dont_know=tally.dont_know,
        not_applicable=tally.not_applicable,
        disagreement=deviation(tally),
        evidence=tally.evidence,
    )

"""One question over all respondents: how often each value was chosen, its mean, its low median and its state."""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from operator import mul
from typing import NamedTuple

from .answers import DONT_KNOW, NOT_APPLICABLE, Respondent, Value
from .bank import MAX_ANSWERS, Bank, Question, Scale
from .figures import QuestionResult, State
from .marks import Marks

NO_ANSWERS: Mapping[Value, int] = {**dict.fromkeys(range(1, MAX_ANSWERS + 1), 0), DONT_KNOW: 0, NOT_APPLICABLE: 0}


class Tally(NamedTuple):
    """The answers to one question, counted. `V` below is the multiset of its numeric answers, `k` its size.

    `reach[n - 1]` is the number of answers in V that are at least answer n. `total` is the sum of V's values in units:
    every figure is computed from whole numbers and is exact before one division.
    """

    question: Question
    marks: Marks
    weight: float
    state: State
    reach: tuple[int, ...]
    n: int  # k, the numeric answers
    total: int  # units
    mean: float | None  # on the scale
    low_median: int | None  # a level
    dont_know: int
    not_applicable: int
    evidence: int | None

    @property
    def counts(self) -> tuple[int, ...]:
        """How many respondents gave each answer, lowest first."""
        return tuple([there - higher for there, higher in zip(self.reach, (*self.reach[1:], 0), strict=True)])

    @property
    def missing(self) -> bool:
        """Whether the question applies and nobody gave a number."""
        return self.state == "missing"

    def share(self, level: int) -> float:
        """`q(L)`: the share of V that counts for level L; 0 for a missing question."""
        return self.reach[self.marks.first[level]] / self.n if self.n else 0.0

    def attains(self, level: int) -> bool:
        """Whether the low median reaches what this question offers for `level`: more than half of V does."""
        return self.reach[self.marks.first[level]] > self.n // 2


def tally(marks: Marks, counts: Mapping[Value, int], evidence: int | None) -> Tally:
    """Return one question's tally: `counts` says how often each value was given, `evidence` is the highest
    grade of a numeric answer.

    Low median: the level of the middle value of V, or of the lower of the two. It is at least L iff more than half of V
    reaches L. State: *not applicable* iff those answers outnumber the numbers (a tie means applicable).
    """
    reach = tuple(accumulate([counts[answer] for answer in marks.downwards]))[::-1]
    n, total = reach[0], sum(map(mul, marks.rises, reach))
    half = n // 2
    return Tally(
        marks.question,
        marks,
        marks.question.weight,
        "not_applicable" if counts[NOT_APPLICABLE] > n else "answered" if n else "missing",
        reach,
        n,
        total,
        total / (n * marks.denominator) if n else None,
        marks.question.levels[sum([there > half for there in reach]) - 1] if n else None,
        counts[DONT_KNOW],
        counts[NOT_APPLICABLE],
        (evidence or 0) if n else None,
    )


def tally_up(bank: Bank, respondents: Iterable[Respondent], scale: Scale | None = None) -> dict[str, Tally]:
    """Return the tally of every question, by key in bank order, on the bank's own scale or another.

    Raises KeyError for a question not in the bank.
    """
    people = tuple(respondents)
    counts = {key: dict(NO_ANSWERS) for key in bank.questions}
    for person in people:
        for key, value in person.answers.items():
            counts[key][value] += 1
    grades = best_grades(people)
    every = bank.marks if scale in {None, bank.scale} else bank.marks_on(scale or bank.scale)
    return {key: tally(marks, counts[key], grades.get(key)) for key, marks in every.items()}


def best_grades(respondents: Iterable[Respondent]) -> dict[str, int]:
    """The highest evidence grade among the numeric answers to each question; evidence without a number is ignored."""
    grades: dict[str, int] = {}
    for person in respondents:
        for key, evidence in person.evidence.items():
            if isinstance(person.answers.get(key), int) and evidence.grade > grades.get(key, -1):
                grades[key] = evidence.grade
    return grades


def deviation(tally: Tally) -> float | None:
    """`AD = mean|x - m|` over V, in steps, for k >= 2 (average deviation index; Burke, Finkelstein and Dusig 1999)."""
    if tally.n < 2:
        return None
    n, pairs = tally.n, [*zip(tally.marks.places, tally.counts, strict=True)]
    total = sum([place * count for place, count in pairs])
    return sum([count * abs(place * n - total) for place, count in pairs]) / (n * n)


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

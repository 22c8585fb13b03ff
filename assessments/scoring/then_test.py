"""As you see it now: last time rated again today, beside what the same people answered then.

People who have learned what good practice looks like judge the past more strictly (response shift; Howard 1980). The
difference between both ratings of the same time shows it. It never enters a score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from .answers import Respondent
from .bank import Bank
from .interval import MIN_RESPONDENTS, margin
from .marks import values_of

ROUNDING = 1 / 6  # variance of the difference of two answers that are rounded to whole steps


@dataclass(frozen=True)
class Shift:
    """How much lower (below 0) or higher people now rate last time than they did then, on the bank's scale."""

    people: int
    mean: float
    half_width: float  # of the 90 % interval

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 0."""
        return abs(self.mean) > self.half_width


def shift(bank: Bank, then: Mapping[str, Respondent], now: Mapping[str, Mapping[str, int]]) -> Shift | None:
    """The mean over people of their mean difference on the questions that they rated both times; None below three.

    `then` are the recorded answers by person, `now` today's ratings of the same time, by person and question.
    """
    worth = {
        key: [float(value) for value in values_of(q.choices, bank.level_values)] for key, q in bank.questions.items()
    }
    differences = {
        person: [worth[key][level - 1] - worth[key][then[person].answers[key] - 1]  # type: ignore[operator]
                 for key, level in rated.items() if key in worth and isinstance(then[person].answers.get(key), int)]
        for person, rated in now.items() if person in then
    }  # fmt: skip
    own = {person: sum(found) / len(found) for person, found in differences.items() if found}
    n = len(own)
    if n < MIN_RESPONDENTS:
        return None
    mean = sum(own.values()) / n
    spread = sum((each - mean) ** 2 for each in own.values()) / (n - 1) / n
    step = 1 / (len(bank.levels) - 1)
    floor = sum(ROUNDING * step**2 / len(differences[person]) for person in own) / n**2
    width = bank.scale.high - bank.scale.low
    return Shift(n, width * mean, width * margin(sqrt(max(spread, floor)), n - 1))

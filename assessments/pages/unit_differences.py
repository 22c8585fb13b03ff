"""Where units differ most, question by question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from assessments.scoring.bank import Bank, Pillar, Question
from assessments.scoring.unit_figures import UnitLine
from assessments.wording import numbers

MOST_DIFFERING = 10
MEAN = itemgetter(0)

type UnitMean = tuple[float, str]  # and the id of the unit


@dataclass(frozen=True)
class Differing:
    """A question with the lowest and the highest mean of a unit."""

    pillar: str
    text: str
    low: str
    low_unit: str
    high: str
    high_unit: str


def most_differing(bank: Bank, lines: Sequence[UnitLine], names: Mapping[str, str]) -> list[Differing]:
    """The questions in which units at the ends of the tree differ most, the widest first; `names` by id."""
    found = [(pillar.name, *ends) for pillar in bank.pillars for ends in _ends_in(pillar, lines)]
    widest = sorted(found, key=lambda each: each[2][0] - each[3][0])[:MOST_DIFFERING]
    return [
        Differing(pillar, question.text, numbers.score(low), names[low_unit], numbers.score(high), names[high_unit])
        for pillar, question, (low, low_unit), (high, high_unit) in widest
    ]


def _ends_in(pillar: Pillar, lines: Sequence[UnitLine]) -> Iterator[tuple[Question, UnitMean, UnitMean]]:
    """The questions of a pillar that two units or more have a mean for, with the lowest and the highest."""
    means: dict[str, list[UnitMean]] = {question.key: [] for question in pillar.questions}
    for line in lines:
        shown = next((each for each in line.pillars if each.key == pillar.key), None)
        if line.is_leaf and shown is not None:
            for key, mean in (shown.means or {}).items():
                means[key].append((mean, line.id))
    for question in pillar.questions:
        if len(means[question.key]) > 1:
            yield question, min(means[question.key], key=MEAN), max(means[question.key], key=MEAN)

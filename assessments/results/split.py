"""Split answers by function, if every function has enough people."""

from collections.abc import Collection, Iterable, Mapping

from assessments.models import Participant
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.bank import Bank
from assessments.scoring.minimum_respondents import may_split


def means_by_function(
    bank: Bank, answers: Answers, visible: Collection[str], *, eligible: Collection[str] | None
) -> dict[str, dict[str, float]]:
    """The mean per function by question key, in the order of functions; only of `visible` questions.

    A question is split completely or not at all: a hidden function could be derived from the others and the total.
    `eligible` are the people who count towards the limits; None if there are no limits.
    """
    keys = [key for key in bank.questions if key in visible]
    means = {key: _by_function(answers.respondents, key) for key in keys}
    return {
        key: _means(split) for key, split in means.items() if len(split) > 1 and _may(answers, key, split, eligible)
    }


def _may(answers: Answers, key: str, split: Collection[str], eligible: Collection[str] | None) -> bool:
    if eligible is None:
        return True
    sizes = _by_function([person for person in answers.respondents if person.id in eligible], key)
    return may_split([len(sizes.get(function, ())) for function in split], confidential=True)


def _by_function(people: Iterable[Respondent], key: str) -> dict[str, list[int]]:
    split: dict[str, list[int]] = {}
    for person in people:
        value = person.answers.get(key)
        if isinstance(value, int) and person.role is not None:
            split.setdefault(person.role, []).append(value)
    return split


def _means(split: Mapping[str, list[int]]) -> dict[str, float]:
    labels = dict(Participant.Function.choices)
    order = [*labels, *sorted(set(split) - set(labels))]
    return {str(labels.get(role, role)): sum(split[role]) / len(split[role]) for role in order if role in split}

"""The answers split by function, where every function has enough people."""

from collections.abc import Mapping

from assessments.models import Participant
from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank
from assessments.scoring.disclosure import may_split


def means_by_function(bank: Bank, answers: Answers, *, confidential: bool) -> dict[str, dict[str, float]]:
    """The mean of each function by question key, in the order of the functions.

    A question is split whole or not at all: a hidden function could be worked out from the others and the total.
    """
    found = {key: _by_function(answers, key) for key in bank.questions}
    return {
        key: _means(split)
        for key, split in found.items()
        if len(split) > 1 and may_split([len(values) for values in split.values()], confidential=confidential)
    }


def _by_function(answers: Answers, key: str) -> dict[str, list[int]]:
    split: dict[str, list[int]] = {}
    for person in answers.respondents:
        value = person.answers.get(key)
        if isinstance(value, int) and person.role is not None:
            split.setdefault(person.role, []).append(value)
    return split


def _means(split: Mapping[str, list[int]]) -> dict[str, float]:
    labels = dict(Participant.Function.choices)
    order = [*labels, *sorted(set(split) - set(labels))]
    return {str(labels.get(role, role)): sum(split[role]) / len(split[role]) for role in order if role in split}

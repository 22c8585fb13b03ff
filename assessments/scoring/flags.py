"""Answers that look hurried: a hint on the page, never a deletion and never part of a figure."""

from __future__ import annotations

from itertools import groupby

from .answers import Respondent
from .bank import Bank
from .tolerance import at_least

SAME_SHARE = 0.80
MIN_NUMBERS = 5


def looks_careless(bank: Bank, person: Respondent) -> bool:
    """Whether at least 80 % of a person's numbers are identical and in one unbroken run, in bank order.

    Answers without a number neither count nor break a run. Fewer than five numbers are too few to say.
    """
    values = [value for key in bank.questions if isinstance(value := person.answers.get(key), int)]
    if len(values) < MIN_NUMBERS:
        return False
    longest = max([len([*run]) for _, run in groupby(values)])
    return at_least(longest / len(values), SAME_SHARE)

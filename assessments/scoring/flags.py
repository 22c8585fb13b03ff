"""Answers that look careless: a hint on the page; they are never deleted and the hint never enters a figure."""

from itertools import groupby

from .answers import Respondent
from .bank import Bank
from .tolerance import at_least

SAME_SHARE = 0.80
MIN_NUMBERS = 5


def looks_careless(bank: Bank, person: Respondent) -> bool:
    """Whether at least 80 % of a person's numbers are one unbroken run of identical values, in bank order.

    Answers without a number neither count nor break a run. Always False for fewer than five numbers.
    """
    values = [value for key in bank.questions if isinstance(value := person.answers.get(key), int)]
    if len(values) < MIN_NUMBERS:
        return False
    longest = max([len([*run]) for _, run in groupby(values)])
    return at_least(longest / len(values), SAME_SHARE)

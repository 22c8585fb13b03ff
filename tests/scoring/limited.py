"""A result within the limits of its readers, as tests need it."""

from assessments.scoring.candidates import seen_by
from assessments.scoring.minimum_respondents import disclosed
from assessments.scoring.result import score
from assessments.scoring.suppression import ReaderResult


def seen(bank, answers, *, confidential=True, eligible=None):
    """The result of these answers as a reader sees it, in a confidential or in a named assessment."""
    result = score(bank, answers)
    if confidential:
        return seen_by(bank, answers, result, eligible)
    return ReaderResult(result, *disclosed(bank, answers, confidential=False))


def table_alone(bank, answers):
    """What was shown before anything was hidden in addition: each figure from its number of people on, and no more."""
    return ReaderResult(score(bank, answers), *disclosed(bank, answers, confidential=True))

"""Who counts behind a figure for which reader, and how much of a result is shown to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from assessments.formats.result import load_result
from assessments.models import Assessment, Result as ResultRow, Submission, User
from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank
from assessments.scoring.candidates import extents_of
from assessments.scoring.figures import Result
from assessments.scoring.minimum_respondents import disclosed
from assessments.scoring.suppression import Extent, ReaderResult, suppress

type Recorders = Mapping[str, int | None]  # pseudonym -> the id of the user who recorded the answers, or None


def counted_in(assessment: Assessment) -> dict[str, int | None]:
    """Who answered, or signed in and confirmed recorded answers, as of now. One query."""
    rows = Submission.objects.submitted().filter(participant__assessment=assessment)
    submissions = rows.counted().values_list("participant__pseudonym", "mode", "recorded_by")
    return {
        pseudonym: recorder if mode == Submission.Mode.INTERVIEW else None
        for pseudonym, mode, recorder in submissions.order_by("participant__pseudonym")
    }


def eligible_for(counted: Recorders, reader: User | None, *, everybody: bool = False) -> frozenset[str]:
    """The people who count for this reader: nobody whose answers the reader recorded.

    `everybody`: only people who count for every reader, for lists that many people see.
    """
    if everybody:
        return frozenset(person for person, recorder in counted.items() if recorder is None)
    own = None if reader is None else reader.pk
    return frozenset(person for person, recorder in counted.items() if recorder is None or recorder != own)


@dataclass(frozen=True)
class Limits:
    """What decides how much of a result is shown. `checksum` identifies the result and its answers.

    `eligible` is None if there are no limits: in a named assessment, and for someone who reads only their own answers.
    `differing` is as in the row.
    """

    checksum: str
    eligible: frozenset[str] | None
    differing: frozenset[str]
    bank: Bank = field(compare=False)
    answers: Answers = field(compare=False)
    result: Result = field(compare=False)


def seen_by_everybody(row: ResultRow, assessment: Assessment, bank: Bank, answers: Answers) -> ReaderResult:
    """A frozen result, reduced to what everyone with access to it may see; `answers` are those of the row."""
    eligible = None if assessment.is_named else eligible_for(row.counted, None, everybody=True)
    return frozen_within(row, bank, answers, eligible)


def frozen_within(row: ResultRow, bank: Bank, answers: Answers, eligible: frozenset[str] | None) -> ReaderResult:
    """A frozen result, reduced to what the limits allow where these people count; `answers` are those of the row."""
    return within(Limits(row.checksum, eligible, frozenset(row.differing), bank, answers, load_result(row.result)))


def within(limits: Limits) -> ReaderResult:
    """The result, reduced to what the limits allow."""
    bank, answers = limits.bank, limits.answers
    if limits.eligible is None:
        means, counts = disclosed(bank, answers, confidential=False)
        return ReaderResult(limits.result, means, counts)
    counts = disclosed(bank, answers, confidential=True, eligible=limits.eligible).counts
    return suppress(bank, limits.result, counts, _extents(limits))


@lru_cache(maxsize=64)
def _extents(limits: Limits) -> Mapping[str, Extent]:
    """Cached for all pages: the search for candidates takes up to a third of a second if few people answered."""
    eligible = limits.eligible or frozenset()
    return extents_of(limits.bank, limits.answers, limits.result, eligible, limits.differing)

"""Whether too similar a set of people was shown before: in an earlier result of an assessment, or in one beside a pulse.

Two sets of answers that are shown differ by none or by five people, not counting interviews, whose recorder knows the
answers. The same people may be shown twice only if the first result hid nothing: together, two results that each hide
something else would show it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from assessments.formats.answers import load_answers
from assessments.models import Assessment, Result as ResultRow
from assessments.scoring.answers import Answers, Value
from assessments.scoring.bank import Bank
from assessments.scoring.minimum_respondents import disclosed, numbers_of

from .bank import bank_of
from .limits import Recorders, eligible_for

MIN_DIFFERENCE = 5  # minimum number of people by which two shown sets differ
NEIGHBOURS = timedelta(days=14)  # from the end of one to the start of the other; few answers change in that time


@dataclass(frozen=True)
class Beside:
    """A result that was shown before, and whose answers differ; `hides`: not every distribution was shown."""

    counted: Recorders
    people: frozenset[str]
    hides: bool

    def is_too_similar(self, counted: Recorders) -> bool:
        """Whether two results together would tell what the people who differ answered, or what the first hid."""
        if not self.people and not self.hides:
            return False
        known = eligible_for(counted, None, everybody=True) | eligible_for(self.counted, None, everybody=True)
        return len(self.people & known) < MIN_DIFFERENCE


def differing_from(assessment: Assessment, answers: Answers, bank: Bank, counted: Recorders) -> frozenset[str]:
    """The people who joined, left or changed answers since an earlier result whose questions were shown.

    Empty if there are none or at least five. Everyone if the earlier result hid something, or was erased, because the
    missing person made the difference.
    """
    everyone = frozenset(person.id for person in answers.respondents)
    if assessment.result_was_erased or _beside(Assessment.objects.filter(result_was_erased=True), assessment).exists():
        return everyone
    found = frozenset[str]()
    for each in (*_earlier(assessment, answers, bank), *_neighbours(assessment, answers, bank)):
        if each.is_too_similar(counted):
            found |= everyone if each.hides else each.people
    return found


def _earlier(assessment: Assessment, answers: Answers, bank: Bank) -> Iterator[Beside]:
    """The earlier results of an assessment that was opened again, if anything differs."""
    now = _given(answers)
    for row in assessment.results.all():
        if not row.differing:
            before = load_answers(row.answers, bank)
            people = _different(now, _given(before))
            yield Beside(row.counted, people, hides=bool(people) and _hides(bank, before, row))


def _neighbours(assessment: Assessment, answers: Answers, bank: Bank) -> Iterator[Beside]:
    """The results of other assessments that closed shortly before, if one of the two is a pulse.

    Few answers change in two weeks, so the two means of a question would reveal those of the one who is missing, and
    the score of a pillar what the means of a pulse leave open. Only numbers on questions that both asked count.
    """
    rows = ResultRow.objects.filter(assessment__in=_beside(Assessment.objects.exclude(pk=assessment.pk), assessment))
    for row in rows.select_related("assessment__bank_version__bank"):
        if row.differing:
            continue
        there = bank_of(row.assessment.bank_version)
        before = load_answers(row.answers, there)
        keys = {*bank.limited_to(assessment.subset).questions} & {*there.limited_to(row.assessment.subset).questions}
        people = _different(_numbers(answers, keys), _numbers(before, keys))
        yield Beside(row.counted, people, _hides(there, before, row))


def _beside(rows: QuerySet[Assessment], assessment: Assessment) -> QuerySet[Assessment]:
    """Those of the same bank that closed, or had closed before they were erased, up to two weeks before this one opened.

    The two weeks end when it opened, because people may have answered at once: who closes it can wait.
    """
    began = _first(assessment.opened_at, assessment.closed_at, timezone.now())
    closed = Q(closed_at__gt=began - NEIGHBOURS) | Q(result_was_erased=True, erased_result_closed_at=None)
    closed |= Q(erased_result_closed_at__gt=began - NEIGHBOURS)
    rows = rows.filter(closed, organisation=assessment.organisation_id)
    rows = rows.filter(bank_version__bank=assessment.bank_version.bank_id).exclude(pk=assessment.pk)
    if assessment.closed_at is not None:
        rows = rows.filter(Q(closed_at=None) | Q(closed_at__lt=assessment.closed_at))
    return rows if assessment.is_pulse else rows.exclude(subset="")


def _first(*times: datetime | None) -> datetime:
    return min(each for each in times if each is not None)


def _hides(bank: Bank, answers: Answers, row: ResultRow) -> bool:
    """Whether the distribution of a question with a number was hidden from somebody."""
    if row.assessment.is_named:
        return False
    eligible = eligible_for(row.counted, None, everybody=True)
    everybody = frozenset(person.id for person in answers.respondents)
    numbered = {key for key, n in numbers_of(bank, answers, everybody).items() if n}
    return not numbered <= disclosed(bank, answers, confidential=True, eligible=eligible).counts.keys()


type Given = Mapping[str, Mapping[str, Value]]


def _given(answers: Answers) -> Given:
    return {person.id: person.answers for person in answers.respondents}


def _numbers(answers: Answers, keys: set[str]) -> Given:
    """Who gave a number to which of these questions, whatever the number."""
    return {
        person.id: dict.fromkeys(
            (key for key, value in person.answers.items() if key in keys and type(value) is int), 1
        )
        for person in answers.respondents
    }


def _different(one: Given, other: Given) -> frozenset[str]:
    return frozenset(person for person in {*one, *other} if one.get(person, {}) != other.get(person, {}))

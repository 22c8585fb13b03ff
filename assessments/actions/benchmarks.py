"""Consenting to benchmarks, withdrawing, and freezing a cohort every quarter."""

import datetime
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assessments import audit
from assessments.models import BankVersion, Cohort, CohortMember, Organisation, PeerConsent, QuestionBank, User
from assessments.results import benchmark
from assessments.results.benchmark import CohortEntry
from assessments.scoring.benchmark import MIN_COHORT, may_publish


@transaction.atomic
def consent(*, organisation: Organisation, by: User) -> PeerConsent:
    """Include an organisation in benchmarks from today. Repeating this changes nothing."""
    Organisation.objects.locked(organisation.pk)
    earlier = PeerConsent.objects.filter(organisation=organisation).newest_first().first()
    if earlier is not None and earlier.until is None:
        return earlier
    columns = {} if earlier is None else {"alias": earlier.alias}
    row = PeerConsent.objects.create(organisation=organisation, since=organisation.today, given_by=by, **columns)
    audit.record(by=by, verb=audit.Verb.BENCHMARK_CONSENT, what=organisation)
    return row


@transaction.atomic
def withdraw(*, organisation: Organisation, by: User) -> None:
    """Leave all future cohorts; frozen ones do not change. Repeating this changes nothing."""
    current = PeerConsent.objects.active().select_for_update().filter(organisation=organisation).first()
    if current is None:
        return
    current.until, current.withdrawn_by = max(organisation.today, current.since), by
    current.save()
    audit.record(by=by, verb=audit.Verb.BENCHMARK_WITHDRAWAL, what=organisation)


def first_day_of_quarter(moment: datetime.datetime) -> datetime.date:
    """The first day of the quarter in UTC, the same for everyone."""
    day = moment.astimezone(datetime.UTC).date()
    return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)


def freeze_due(*, now: datetime.datetime | None = None) -> int:
    """Freeze this quarter's missing cohorts; returns the number published.

    Records nothing while fewer than ten verified organisations consent, so that the first cohort need not wait for the
    end of a quarter.
    """
    quarter = first_day_of_quarter(now or timezone.now())
    if benchmark.consenting().count() < MIN_COHORT:
        return 0
    frozen = set(Cohort.objects.filter(quarter=quarter).values_list("bank", "major"))
    missing = {key: versions for key, versions in _versions_by_major().items() if key not in frozen}
    return sum(_freeze(bank, major, versions, quarter) for (bank, major), versions in sorted(missing.items()))


def _versions_by_major() -> dict[tuple[int, int], list[int]]:
    """The ids of all non-draft versions, by bank and major version."""
    versions: dict[tuple[int, int], list[int]] = {}
    for version in BankVersion.objects.exclude(state=BankVersion.State.DRAFT).order_by("pk"):
        versions.setdefault((version.bank_id, benchmark.major_of(version)), []).append(version.pk)
    return versions


@transaction.atomic
def _freeze(bank: int, major: int, versions: list[int], quarter: datetime.date) -> bool:
    """Freeze a cohort; returns whether it was published. Concurrent calls freeze it only once."""
    QuestionBank.objects.select_for_update().get(pk=bank)
    if Cohort.objects.filter(bank=bank, major=major, quarter=quarter).exists():
        return False
    members = list(benchmark.countable(versions))
    earlier = [benchmark.members_of(each.pk) for each in Cohort.objects.published().filter(bank=bank, major=major)]
    publish = len(members) >= MIN_COHORT and _is_anonymous(members, earlier)
    cohort = Cohort.objects.create(
        bank_id=bank, major=major, quarter=quarter, is_published=publish, n=len(members) if publish else None
    )
    if publish:
        _store(cohort, members, earlier)
        audit.record(by=None, verb=audit.Verb.COHORT_FROZEN, what=cohort)
    return publish


def _is_anonymous(members: Iterable[CohortEntry], earlier: Iterable[Iterable[CohortEntry]]) -> bool:
    """Whether these entries differ enough from every published set, not only the last: someone with an old page could
    calculate the difference."""
    new = _entries(members)
    return all(may_publish(_entries(each), new) for each in earlier)


def _store(cohort: Cohort, members: Sequence[CohortEntry], earlier: Sequence[Sequence[CohortEntry]]) -> None:
    """Store all members, excluding pillars with too few scores or with nearly the same scores as before."""
    keys = {key for key in {key for member in members for key in member.scores} if _may_tell(key, members, earlier)}
    CohortMember.objects.bulk_create(
        CohortMember(
            cohort=cohort,
            alias=member.alias,
            result_id=member.result,
            index=member.index,
            scores={key: score for key, score in member.scores.items() if key in keys},
        )
        for member in members
    )


def _may_tell(key: str, members: Iterable[CohortEntry], earlier: Iterable[Iterable[CohortEntry]]) -> bool:
    """The same rules for one pillar, against the cohorts that published it."""
    now, *before = ([member for member in each if key in member.scores] for each in (members, *earlier))
    published = [each for each in before if len(each) >= MIN_COHORT]
    return len(now) >= MIN_COHORT and _is_anonymous(now, published)


def _entries(members: Iterable[CohortEntry]) -> dict[UUID, int | None]:
    return {member.alias: member.result for member in members}

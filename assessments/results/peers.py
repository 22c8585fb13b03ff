"""An organisation beside its peers: who may be counted in a cohort, and what a frozen one says about a result."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from assessments.exchange.result import load_result
from assessments.models import Assessment, BankVersion, Cohort, CohortMember, Organisation, PeerConsent
from assessments.models import Result as ResultRow
from assessments.scoring.peers import PeerFigures, is_benchmark, peer_figures
from assessments.scoring.result import Result


@dataclass(frozen=True)
class Counted:
    """One organisation in a cohort: its alias, its index, and its pillars' scores by key, on 1-5."""

    alias: UUID
    index: float
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Peers:
    """What the newest published cohort says about one result. Figures that may not be told are left out."""

    cohort: UUID
    quarter: datetime.date
    n: int
    index: PeerFigures | None
    pillars: Mapping[str, PeerFigures]


def major_of(version: BankVersion) -> int:
    """The first number of a version."""
    return int(version.version.split(".")[0])


def newest_cohort(assessment: Assessment) -> Cohort | None:
    """The last published cohort on the bank of a round, in the same major version. One query."""
    version = assessment.bank_version
    return Cohort.objects.published().filter(bank=version.bank_id, major=major_of(version)).order_by("-quarter").first()


def peers_of(assessment: Assessment, result: Result, cohort: Cohort | None) -> Peers | None:
    """Two queries, or one where this process has read the cohort before.

    The rank leaves the viewer out, and is told only of a result that could be counted itself.
    """
    if cohort is None:
        return None
    members = members_of(cohort.pk)
    consent = PeerConsent.objects.filter(organisation=assessment.organisation_id).first()
    viewer, counts = (str(consent.alias) if consent else None), is_benchmark(result)
    own = {pillar.key: pillar.score for pillar in result.pillars}
    figures = {
        key: peer_figures(_scores(members, key), score if counts else None, viewer) for key, score in own.items()
    }
    index = {str(member.alias): member.index for member in members}
    return Peers(
        cohort=cohort.pk,
        quarter=cohort.quarter,
        n=len(members),
        index=peer_figures(index, result.overall.index if counts else None, viewer),
        pillars={key: found for key, found in figures.items() if found is not None},
    )


def _scores(members: tuple[Counted, ...], key: str) -> dict[str, float]:
    return {str(member.alias): member.scores[key] for member in members if key in member.scores}


@lru_cache(maxsize=8)
def members_of(cohort: UUID) -> tuple[Counted, ...]:
    """Everybody in a cohort, read once a process: it never changes."""
    rows = CohortMember.objects.filter(cohort=cohort).order_by("alias")
    return tuple(Counted(row.alias, row.index, row.scores) for row in rows)


def consenting() -> QuerySet[PeerConsent]:
    """The standing consents of organisations that staff have verified, neither deleted nor invented to look around with.

    Anybody can found organisations: whoever founded nine would see the tenth in their cohort.
    """
    return PeerConsent.objects.standing().filter(
        organisation__is_verified=True, organisation__is_demo=False, organisation__deleted_at=None
    )


def countable(version_ids: list[int]) -> Iterator[Counted]:
    """The latest rated result of each organisation that consents today, on any of these versions of a bank.

    Reads one result's text an organisation, more where the latest is not rated.
    """
    aliases = dict(consenting().values_list("organisation", "alias"))
    rows = ResultRow.objects.current().filter(
        index__isnull=False,
        assessment__in=Assessment.objects.present().closed(),
        assessment__bank_version__in=version_ids,
        assessment__organisation__in=consenting().values("organisation"),
    )
    newest: dict[UUID, list[int]] = defaultdict(list)
    for organisation, pk in rows.order_by("-assessment__closed_at", "-pk").values_list(
        "assessment__organisation", "pk"
    ):
        newest[organisation].append(pk)
    for organisation, results in sorted(newest.items()):
        found = _first_rated(results)
        if found is not None:
            yield _counted(aliases[organisation], found)


def _first_rated(results: list[int]) -> Result | None:
    """The first of these results that may enter a cohort."""
    for pk in results:
        result = load_result(ResultRow.objects.values_list("result", flat=True).get(pk=pk))
        if is_benchmark(result):
            return result
    return None


def _counted(alias: UUID, result: Result) -> Counted:
    scores = {pillar.key: pillar.score for pillar in result.pillars if pillar.score is not None}
    return Counted(alias, result.overall.index or 0.0, scores)


def published_cohorts() -> QuerySet[Cohort]:
    """Every published cohort, the newest first. One query."""
    return Cohort.objects.published().select_related("bank").newest_first()


def consents_of(organisation: Organisation) -> QuerySet[PeerConsent]:
    """Every consent of an organisation with who gave and withdrew it, the newest first. One query."""
    consents = PeerConsent.objects.filter(organisation=organisation)
    return consents.select_related("given_by", "withdrawn_by").newest_first()

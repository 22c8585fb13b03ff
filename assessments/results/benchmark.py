"""Benchmarks: which results may join a cohort, and what a frozen cohort shows next to a result."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from assessments.formats.result import load_result
from assessments.models import (
    Assessment,
    BankVersion,
    Cohort,
    CohortMember,
    Organisation,
    PeerConsent,
    Result as ResultRow,
)
from assessments.scoring.benchmark import PeerFigures, is_benchmark, peer_figures
from assessments.scoring.tolerance import rounded
from assessments.scoring.view import Peers


@dataclass(frozen=True)
class CohortEntry:
    """One organisation in a cohort: its alias, its result's id, its index, and its pillar scores by key."""

    alias: UUID
    result: int | None  # None: deleted since then
    index: float
    scores: Mapping[str, float]


def major_of(version: BankVersion) -> int:
    """The major version number."""
    return int(version.version.split(".")[0])


def newest_cohort(assessment: Assessment) -> Cohort | None:
    """The latest published cohort for the assessment's bank and major version. One query."""
    version = assessment.bank_version
    return Cohort.objects.published().filter(bank=version.bank_id, major=major_of(version)).order_by("-quarter").first()


def peers_of(frozen: ResultRow, cohort: Cohort | None) -> Peers | None:
    """A cohort's figures for a frozen result. One query, or none if this process has cached the cohort.

    A rank is shown only with the result that was counted, and follows from frozen figures alone: anyone who could move
    their own result along the cohort would see it pass each of the others.
    """
    if cohort is None:
        return None
    members = members_of(cohort.pk)
    own = next((member for member in members if member.result == frozen.pk), None)
    keys = sorted({key for member in members for key in member.scores})
    pillars = {key: _figures({m.alias: m.scores[key] for m in members if key in m.scores}, own) for key in keys}
    return Peers(
        quarter=cohort.quarter,
        n=len(members),
        index=_figures({member.alias: member.index for member in members}, own),
        pillars={key: figures for key, figures in pillars.items() if figures is not None},
    )


def _figures(values: Mapping[UUID, float], own: CohortEntry | None) -> PeerFigures | None:
    """The figures as printed: neither a quartile nor a rank reveals more of anyone than their own page does."""
    figures = peer_figures(values)
    if figures is None:
        return None
    printed = {alias: _printed(value) for alias, value in values.items()}
    ranked = None if own is None else peer_figures(printed, printed.get(own.alias), own.alias)
    return PeerFigures(
        n=figures.n,
        lower_quartile=_printed(figures.lower_quartile),
        median=_printed(figures.median),
        upper_quartile=_printed(figures.upper_quartile),
        percentile=None if ranked is None else ranked.percentile,
    )


def _printed(score: float) -> float:
    return float(rounded(score))


@lru_cache(maxsize=8)
def members_of(cohort: UUID) -> tuple[CohortEntry, ...]:
    """Everyone in a cohort. Cached per process, because a published cohort never changes."""
    rows = CohortMember.objects.filter(cohort=cohort).order_by("alias")
    return tuple(CohortEntry(row.alias, row.result_id, row.index, row.scores) for row in rows)


def consenting() -> QuerySet[PeerConsent]:
    """The active consents of verified organisations that are neither deleted nor demonstrations.

    Anyone can create organisations: anyone who created nine would see the tenth in their cohort.
    """
    return PeerConsent.objects.active().filter(
        organisation__is_verified=True, organisation__is_demo=False, organisation__deleted_at=None
    )


def countable(version_ids: list[int]) -> Iterator[CohortEntry]:
    """The latest rated result of each organisation that currently consents, on any of these versions of a bank.

    Reads the text of one result per organisation, or more if the latest is not rated.
    """
    aliases = dict(consenting().values_list("organisation", "alias"))
    rows = ResultRow.objects.current().filter(
        index__isnull=False,
        origin__in=(ResultRow.Origin.HERE, ResultRow.Origin.RESCORED),
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
        rated = _first_rated(aliases[organisation], results)
        if rated is not None:
            yield rated


def _first_rated(alias: UUID, results: list[int]) -> CohortEntry | None:
    """The first of these results that may join a cohort, as its entry."""
    for pk in results:
        result = load_result(ResultRow.objects.values_list("result", flat=True).get(pk=pk))
        if is_benchmark(result):
            scores = {pillar.key: pillar.score for pillar in result.pillars if pillar.score is not None}
            return CohortEntry(alias, pk, result.overall.index or 0.0, scores)
    return None


def published_cohorts() -> QuerySet[Cohort]:
    """Every published cohort, newest first. One query."""
    return Cohort.objects.published().select_related("bank").newest_first()


def consents_of(organisation: Organisation) -> QuerySet[PeerConsent]:
    """An organisation's consents with who gave and withdrew them, newest first. One query."""
    consents = PeerConsent.objects.filter(organisation=organisation)
    return consents.select_related("given_by", "withdrawn_by").newest_first()

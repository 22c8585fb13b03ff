"""The heat map of a user's clients: the latest result of each client by pillar."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Lower

from assessments.charts.palette import tone
from assessments.models import Assessment, BankVersion, Organisation, Pillar, PillarResult, Result, User
from assessments.results import bank_of

from .clients import contains_word

CLIENTS_PER_PAGE = 50
NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class PillarColumn:
    """A pillar of the heat map."""

    key: str
    name: str


@dataclass(frozen=True)
class LevelShade:
    """A level as its bank counts it, and its colour."""

    number: int
    tone: str


@dataclass(frozen=True)
class PillarCell:
    """The score and the level of a pillar; each may be None."""

    key: str
    score: float | None
    level: LevelShade | None


@dataclass(frozen=True)
class ClientLine:
    """One client: its latest result and one cell per column, None if its bank does not have that pillar."""

    organisation: Organisation
    assessment: Assessment
    index: float | None
    level: LevelShade | None
    is_unverified: bool
    cells: tuple[PillarCell | None, ...]


@dataclass(frozen=True)
class Group:
    """Clients on one bank, highest index first; columns start with the pillars of their newest version."""

    bank: str
    newest: BankVersion
    versions: tuple[str, ...]
    columns: tuple[PillarColumn, ...]
    ramp: tuple[LevelShade, ...]  # of the newest version
    lines: tuple[ClientLine, ...]


@dataclass(frozen=True)
class HeatMap:
    """One page of the heat map."""

    groups: tuple[Group, ...]
    page: Page[int]


def heat_map_page(user: User, *, words: str = "", page: int = 1) -> HeatMap:
    """The requested page. Five queries, however many clients there are."""
    keys = Paginator(_latest(user, words), CLIENTS_PER_PAGE).get_page(page)
    rows = Result.objects.filter(pk__in=list(keys)).without_texts()
    rows = rows.select_related("assessment__organisation", "assessment__bank_version__bank")
    by_id = {row.pk: row for row in rows}
    results = [by_id[key] for key in keys]
    cells = _cells(results)
    banks = groupby(results, key=lambda row: row.assessment.bank_version.bank_id)
    pillars = _pillars({row.assessment.bank_version_id for row in results})
    return HeatMap(tuple(_group(list(rows), pillars, cells) for _bank, rows in banks), keys)


def _latest(user: User, words: str) -> Sequence[int]:
    """The ids of the clients' latest results: by bank, then highest index first."""
    closed = Result.objects.filter(assessment__organisation=OuterRef("pk"), assessment__state__in=Assessment.CLOSED)
    closed = closed.filter(assessment__subset="")
    latest = closed.order_by("-assessment__closed_at", "-revision", "-pk")
    clients = Organisation.objects.managed_by(user).annotate(
        latest=Subquery(latest.values("pk")[:1]),
        index=Subquery(latest.values("index")[:1]),
        bank=Subquery(latest.values("assessment__bank_version__bank__key")[:1]),
    )
    for word in words.split():
        clients = clients.filter(contains_word("name", word))
    clients = clients.filter(Exists(closed))
    order = ("bank", F("index").desc(nulls_last=True), Lower("name"), "pk")
    return clients.order_by(*order).values_list("latest", flat=True)  # type: ignore[return-value]


def _cells(results: Iterable[Result]) -> dict[int, dict[str, PillarResult]]:
    cells: dict[int, dict[str, PillarResult]] = {result.pk: {} for result in results}
    for cell in PillarResult.objects.filter(result__in=list(cells)):
        cells[cell.result_id][cell.key] = cell
    return cells


def _pillars(versions: Iterable[int]) -> dict[int, list[PillarColumn]]:
    """The pillars of each version in order, with their short names if they have one."""
    columns: dict[int, list[PillarColumn]] = {version: [] for version in versions}
    for pillar in Pillar.objects.filter(version__in=list(columns)).order_by("version", "order"):
        columns[pillar.version_id].append(PillarColumn(pillar.key, pillar.short or pillar.name))
    return columns


def _group(
    results: Sequence[Result],
    pillars: Mapping[int, Sequence[PillarColumn]],
    cells: Mapping[int, Mapping[str, PillarResult]],
) -> Group:
    versions = _newest_first({row.assessment.bank_version for row in results})
    columns = {column.key: column for version in reversed(versions) for column in pillars[version.pk]}
    newest = [column.key for column in pillars[versions[0].pk]]
    ordered = [*newest, *(key for key in columns if key not in newest)]
    return Group(
        bank=versions[0].title,
        newest=versions[0],
        versions=tuple(version.version for version in versions),
        columns=tuple(columns[key] for key in ordered),
        ramp=_shades(versions[0]),
        lines=tuple(_line(row, ordered, cells[row.pk]) for row in results),
    )


def _newest_first(versions: Iterable[BankVersion]) -> list[BankVersion]:
    return sorted(versions, key=lambda version: (version.published_at or NEVER, version.pk), reverse=True)


def _shades(version: BankVersion) -> tuple[LevelShade, ...]:
    """The levels of a version, the lowest first. No query once its bank is cached."""
    bank = bank_of(version)
    levels = range(1, len(bank.levels) + 1)
    return tuple(LevelShade(bank.level_number(level), tone(level, len(bank.levels))) for level in levels)


def _line(row: Result, keys: Sequence[str], cells: Mapping[str, PillarResult]) -> ClientLine:
    shades = _shades(row.assessment.bank_version)
    shown = {
        key: PillarCell(key, cell.score, None if cell.level is None else shades[cell.level - 1])
        for key, cell in cells.items()
    }
    return ClientLine(
        organisation=row.assessment.organisation,
        assessment=row.assessment,
        index=row.index,
        level=None if row.level is None else shades[row.level - 1],
        is_unverified=row.is_unverified,
        cells=tuple(shown.get(key) for key in keys),
    )

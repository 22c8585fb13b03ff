"""The demonstration's data from its files: `fixtures/demo/rounds.yaml` and the answers next to it."""

import datetime
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

FOLDER: Path = settings.BASE_DIR / "fixtures" / "demo"
BANK: Path = settings.BASE_DIR / "fixtures" / "ai-leadership.yaml"
BANKS = (BANK, BANK.with_name("ai-leadership-2.yaml"))  # in the order in which they are published
FIRST = "1.0.0"
MORNING = datetime.time(9)


@dataclass(frozen=True)
class Account:
    """A person who signs in with the demonstration password, and what the account is for."""

    email: str
    name: str
    does: str
    consultant: bool = False
    admin: bool = False


@dataclass(frozen=True)
class StoryPerson:
    """A member of an organisation; `id` is the respondent's id in the answer files."""

    id: str
    name: str
    email: str
    function: str


@dataclass(frozen=True)
class StoryAgreement:
    """The agreed answer of a workshop for one question."""

    question: str
    level: int
    reason: str
    dissent: str


@dataclass(frozen=True)
class StoryAssessment:
    """One assessment: its bank's version, its participants, dates and the reasons for its targets."""

    name: str
    file: Path
    invited: tuple[str, ...]
    submitted: tuple[str, ...] | None  # None: everyone with answers in the file
    reasons: Mapping[str, str]
    due_on: datetime.date
    opened_at: datetime.datetime
    closed_at: datetime.datetime | None
    released_at: datetime.datetime | None
    bank_version: str = FIRST
    agreed: tuple[StoryAgreement, ...] = ()


@dataclass(frozen=True)
class StoryClient:
    """An organisation with its people and assessments, oldest first."""

    id: UUID
    name: str
    time_zone: str
    lead: str
    people: tuple[StoryPerson, ...]
    assessments: tuple[StoryAssessment, ...]


@dataclass(frozen=True)
class Story:
    """All data of the demonstration."""

    consultancy_id: UUID
    consultancy: str
    since: datetime.date
    accounts: tuple[Account, ...]
    clients: tuple[StoryClient, ...]


def read_story() -> Story:
    """The story from the repository, with relative dates resolved."""
    from ruamel.yaml import YAML  # 60 ms that other parts of the site should not spend

    data = YAML(typ="safe").load(FOLDER / "rounds.yaml")
    consultancy = data["consultancy"]
    return Story(
        consultancy_id=UUID(consultancy["id"]),
        consultancy=consultancy["name"],
        since=consultancy["since"],
        accounts=tuple(Account(**account) for account in data["accounts"]),
        clients=tuple(_client(client) for client in data["organisations"]),
    )


def _client(data: dict[str, Any]) -> StoryClient:
    zone = zoneinfo.ZoneInfo(data["time_zone"])
    return StoryClient(
        id=UUID(data["id"]),
        name=data["name"],
        time_zone=data["time_zone"],
        lead=data["lead"],
        people=tuple(StoryPerson(**person) for person in data["people"]),
        assessments=tuple(_assessment(entry, zone) for entry in data["rounds"]),
    )


def _assessment(data: dict[str, Any], zone: zoneinfo.ZoneInfo) -> StoryAssessment:
    opened_at = _morning(data, "opened", zone)
    if opened_at is None:
        raise ValueError(f"{data['name']} does not say when it opened")
    return StoryAssessment(
        name=data["name"],
        file=FOLDER / data["file"],
        invited=tuple(data["invited"]),
        submitted=tuple(data["submitted"]) if "submitted" in data else None,
        reasons=data["reasons"],
        due_on=data["due"] if "due" in data else timezone.localdate() + datetime.timedelta(data["due_in_days"]),
        opened_at=opened_at,
        closed_at=_morning(data, "closed", zone),
        released_at=_morning(data, "released", zone),
        bank_version=data.get("bank", FIRST),
        agreed=tuple(StoryAgreement(**entry) for entry in data.get("agreed", ())),
    )


def _morning(data: dict[str, Any], name: str, zone: zoneinfo.ZoneInfo) -> datetime.datetime | None:
    """Nine o'clock on a calendar date, or on a date given as days before today; None if there is none."""
    if f"{name}_days_ago" in data:
        day = timezone.localdate() - datetime.timedelta(data[f"{name}_days_ago"])
    elif name in data:
        day = data[name]
    else:
        return None
    return datetime.datetime.combine(day, MORNING, zone)

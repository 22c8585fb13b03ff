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
REGULAR_DAY, SATURDAY = 8, 5
AFTER_OPENING = {"due": 14, "closed": 15, "released": 17}  # days, of a regular assessment


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
class StoryAction:
    """An action of the roadmap after a result. `owner` is a person's id; days count from the release, `due` from today
    if it is negative; `note` is by the owner, `done` days after the release."""

    question: str
    title: str
    owner: str
    within: str
    effort: float
    due: int
    done: int | None = None
    note: str = ""


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
    subset: str = ""
    actions: tuple[StoryAction, ...] = ()


@dataclass(frozen=True)
class StoryClient:
    """An organisation with its people and assessments, oldest first; with a programme if `measures_regularly`."""

    id: UUID
    name: str
    time_zone: str
    lead: str
    people: tuple[StoryPerson, ...]
    assessments: tuple[StoryAssessment, ...]
    measures_regularly: bool = False


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
        assessments=tuple(_assessment(_dated(entry), zone) for entry in data["rounds"]),
        measures_regularly=data.get("measures_regularly", False),
    )


def _dated(data: dict[str, Any]) -> dict[str, Any]:
    """An entry with its days, and its month in its name, if it says how many months ago it opened."""
    if "months_ago" not in data:
        return data
    opened = opened_months_ago(data["months_ago"], timezone.localdate())
    days = {name: opened + datetime.timedelta(days=after) for name, after in AFTER_OPENING.items()}
    return {**data, **days, "opened": opened, "name": data["name"].format(month=f"{opened:%B %Y}")}


def opened_months_ago(months: int, today: datetime.date) -> datetime.date:
    """The day of a regular assessment in that month, or the next one from Monday to Friday."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    day = datetime.date(year, month + 1, REGULAR_DAY)
    return day + datetime.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def _assessment(data: dict[str, Any], zone: zoneinfo.ZoneInfo) -> StoryAssessment:
    opened_at = _morning(data, "opened", zone)
    if opened_at is None:
        raise ValueError(f"{data['name']} does not say when it opened")
    return StoryAssessment(
        name=data["name"],
        file=FOLDER / data["file"],
        invited=tuple(data["invited"]),
        submitted=tuple(data["submitted"]) if "submitted" in data else None,
        reasons=data.get("reasons", {}),
        due_on=data["due"] if "due" in data else timezone.localdate() + datetime.timedelta(data["due_in_days"]),
        opened_at=opened_at,
        closed_at=_morning(data, "closed", zone),
        released_at=_morning(data, "released", zone),
        bank_version=data.get("bank", FIRST),
        agreed=tuple(StoryAgreement(**entry) for entry in data.get("agreed", ())),
        subset=data.get("subset", ""),
        actions=tuple(StoryAction(**entry) for entry in data.get("actions", ())),
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

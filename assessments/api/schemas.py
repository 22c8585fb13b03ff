"""The response schemas, from which the OpenAPI document is generated."""

import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema


class ClientShape(Schema):
    id: UUID
    name: str


class ScaleShape(Schema):
    low: float = Field(serialization_alias="from")
    high: float = Field(serialization_alias="to")


class BankShape(Schema):
    """The question bank that is answered, with what its author asks to be shown. `levels` counts its levels."""

    key: str
    version: str
    title: str
    licence: str
    attribution: str
    levels: int
    scale: ScaleShape


class AssessmentShape(Schema):
    """An assessment. `index` is on the scale of its bank, `level` from 1 to its levels; what does not exist is null.

    `origin` says whether the result was scored here, or taken in: scored again, or as delivered and not verified.
    """

    id: UUID
    client: ClientShape
    name: str
    bank: BankShape
    state: Literal["draft", "open", "closed", "released"]
    invited: int
    submitted: int
    overdue: bool
    due_on: datetime.date | None
    last_activity: datetime.datetime
    index: float | None
    level: int | None
    origin: Literal["here", "rescored", "delivered"] | None
    change: float | None
    change_verdict: Literal["real", "within_error", "cannot_say"] | None


class PortfolioShape(Schema):
    """One page of the portfolio."""

    count: int
    page: int
    pages: int
    rounds: list[AssessmentShape]


class UnitShape(Schema):
    """A unit or an AI system of a client. `parent` is the id of the one above; `headcount` counts the people in the unit
    itself; `purpose`, `owner`, `in_use_since` and `risk_class` are those of AI systems."""

    id: UUID
    kind: Literal["unit", "system"]
    name: str
    parent: UUID | None
    headcount: int | None
    closed_on: datetime.date | None
    purpose: str
    owner: str
    in_use_since: datetime.date | None
    risk_class: str


class ExportShape(Schema):
    """An export. `size` is in bytes; `file` is the address of the ZIP once it is ready."""

    id: UUID
    state: Literal["making", "packing", "ready", "empty"]
    created_at: datetime.datetime
    expires_at: datetime.datetime
    wanted: int
    made: int
    failed: int
    size: int | None
    checksum: str | None
    file: str | None


class Problem(Schema):
    detail: str

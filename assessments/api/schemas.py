"""The response schemas, from which the OpenAPI document is generated."""

import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema


class ClientShape(Schema):
    id: UUID
    name: str


class AssessmentShape(Schema):
    """An assessment. `index` is 1-5 and `level` 1-5; what does not exist is null.

    `origin` says whether the result was scored here, or taken in: scored again, or as delivered and not verified.
    """

    id: UUID
    client: ClientShape
    name: str
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

"""The assessments that a user selects for a comparison or an export, across several pages of the list.

The ids of the selection are in the URL, short enough for a hundred of them.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from assessments.models import Assessment, Export, ExportFile, User

from .assessments import Wanted, listed
from .clients import as_uuid

MAX_TICKED = 100  # a URL of 4,000 characters holds them, the page's own checkboxes and a search
LENGTH = 22  # of sixteen bytes in base64


@dataclass(frozen=True)
class Carried:
    """The selection: on the current page, and (encoded) on others. `too_many` counts those beyond the limit."""

    here: frozenset[UUID] = frozenset()
    elsewhere: tuple[UUID, ...] = ()
    too_many: int = 0

    @property
    def packed(self) -> str:
        return packed(self.elsewhere)

    @property
    def everything(self) -> str:
        """Both, for a search or another sort order of the list."""
        return packed((*self.elsewhere, *sorted(self.here)))


def carried(user: User, ids: Sequence[str], shown: Collection[UUID]) -> Carried:
    """Those of `ids` that `user` can export, split by whether the page shows them. One query, none without ids."""
    wanted = list(dict.fromkeys(key for key in map(as_uuid, ids) if key is not None))
    if not wanted:
        return Carried()
    rows = Assessment.objects.run_by(user).closed().filter(pk__in=wanted[: MAX_TICKED * 2])
    mine = set(rows.values_list("pk", flat=True))
    here = frozenset(mine & set(shown))
    rest = [key for key in wanted if key in mine - here]
    return Carried(here, tuple(rest[:MAX_TICKED]), max(0, len(rest) - MAX_TICKED))


def packed(ids: Iterable[UUID]) -> str:
    return "".join(urlsafe_b64encode(key.bytes).decode().rstrip("=") for key in ids)


def unpacked(text: str) -> list[str]:
    """The ids in a text encoded by `packed`; invalid ones are left out."""
    pieces = [text[start : start + LENGTH] for start in range(0, min(len(text), LENGTH * MAX_TICKED * 2), LENGTH)]
    return [str(key) for key in map(_key, pieces) if key is not None]


def _key(piece: str) -> UUID | None:
    try:
        return UUID(bytes=urlsafe_b64decode(f"{piece}=="))
    except (binascii.Error, ValueError):
        return None


MIN_COMPARED, MAX_COMPARED = 2, 4


def chosen_assessments(user: User, ids: Sequence[str]) -> list[Assessment]:
    """The assessments with these ids in this order, without duplicates. One query.

    Raises Http404 if one does not exist or is not managed by the user: an outsider cannot tell which.
    """
    wanted = list(dict.fromkeys(as_uuid(text) for text in ids))
    rows = Assessment.objects.run_by(user).filter(pk__in=[key for key in wanted if key is not None][:100])
    rows_by_id = {row.pk: row for row in rows.select_related("organisation", "bank_version__bank")}
    if not all(key in rows_by_id for key in wanted):
        raise Http404
    return [rows_by_id[key] for key in wanted if key is not None]


MAX_EXPORTED = 500  # assessments in one export


@dataclass(frozen=True)
class Chosen:
    """Assessments that can be exported, and how many of the selected ones have no result yet or exceed the limit."""

    assessments: tuple[Assessment, ...]
    without_result: int = 0
    too_many: int = 0


def picked(user: User, ids: Sequence[str]) -> Chosen:
    """The assessments with these ids, without duplicates. Raises Http404 if one does not exist or is not the user's."""
    wanted = {key for key in map(as_uuid, ids) if key is not None}
    if len(wanted) != len(set(ids)) or len(wanted) > MAX_EXPORTED:
        raise Http404
    rows = Assessment.objects.run_by(user).filter(pk__in=wanted).select_related("organisation")
    assessments = list(rows.order_by("organisation__name", "created_at", "pk"))
    if len(assessments) != len(wanted):
        raise Http404
    return _chosen(assessments)


def every(user: User, wanted: Wanted) -> Chosen:
    """Everything that the list of assessments shows."""
    return _chosen(listed(user, wanted))


def _chosen(assessments: Iterable[Assessment]) -> Chosen:
    rows = list(assessments)
    closed = [row for row in rows if row.has_result]
    return Chosen(tuple(closed[:MAX_EXPORTED]), len(rows) - len(closed), max(0, len(closed) - MAX_EXPORTED))


def failures(user: User, export: Export) -> list[ExportFile]:
    """Files that could not be created. An assessment that the user no longer manages is returned without its name."""
    failed = export.files.filter(state=ExportFile.State.FAILED).select_related("assessment__organisation")
    rows = list(failed.order_by("assessment__organisation__name", "pk"))
    run = Assessment.objects.run_by(user).filter(pk__in=[row.assessment_id for row in rows])
    mine = set(run.values_list("pk", flat=True))
    for row in rows:
        if row.assessment_id not in mine:
            row.assessment = None
    return rows

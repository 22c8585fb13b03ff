"""The assessments that a user selects in the list, across several of its pages, and those of a comparison.

The ids of the selection are in the URL, short enough for a hundred of them.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from assessments.models import Assessment, User

from .clients import as_uuid

MAX_TICKED = 100  # a URL of 4,000 characters holds them, the page's own checkboxes and a search
LENGTH = 22  # of sixteen bytes in base64


@dataclass(frozen=True)
class Selection:
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


def selection_of(user: User, ids: Sequence[str], shown: Collection[UUID]) -> Selection:
    """Those of `ids` that `user` can export, split by whether the page shows them. One query, none without ids."""
    keys = list(dict.fromkeys(key for key in map(as_uuid, ids) if key is not None))
    if not keys:
        return Selection()
    rows = Assessment.objects.managed_by(user).closed().full().filter(pk__in=keys[: MAX_TICKED * 2])
    mine = set(rows.values_list("pk", flat=True))
    here = frozenset(mine & set(shown))
    rest = [key for key in keys if key in mine - here]
    return Selection(here, tuple(rest[:MAX_TICKED]), max(0, len(rest) - MAX_TICKED))


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
MAX_COUNTERPARTS = 10


def counterparts(user: User, chosen: Sequence[Assessment]) -> list[Assessment]:
    """What a single chosen assessment can be compared with: its client's others with a result, latest first."""
    if len(chosen) != 1 or not chosen[0].has_result:
        return []
    others = Assessment.objects.managed_by(user).closed().full().filter(organisation=chosen[0].organisation_id)
    return list(others.exclude(pk=chosen[0].pk).order_by("-closed_at", "pk")[:MAX_COUNTERPARTS])


def chosen_assessments(user: User, ids: Sequence[str]) -> list[Assessment]:
    """The assessments with these ids in this order, without duplicates. One query.

    Raises Http404 if one does not exist or is not managed by the user: an outsider cannot tell which.
    """
    keys = list(dict.fromkeys(as_uuid(text) for text in ids))
    rows = Assessment.objects.managed_by(user).filter(pk__in=[key for key in keys if key is not None][:100])
    rows_by_id = {row.pk: row for row in rows.select_related("organisation", "bank_version__bank")}
    if not all(key in rows_by_id for key in keys):
        raise Http404
    return [rows_by_id[key] for key in keys if key is not None]

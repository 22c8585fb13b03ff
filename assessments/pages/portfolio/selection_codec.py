"""Assessments ticked on several pages of the list: their ids travel in the address, short enough for a hundred of them."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from assessments.models import Assessment, User

from .clients import as_uuid

MOST = 100  # an address of 4,000 characters holds them, a page's own boxes and a search
LENGTH = 22  # of sixteen bytes in base64


@dataclass(frozen=True)
class Carried:
    """What is ticked: on the page that is shown, and (packed) elsewhere. `too_many` were ticked beyond what fits."""

    here: frozenset[UUID] = frozenset()
    elsewhere: tuple[UUID, ...] = ()
    too_many: int = 0

    @property
    def packed(self) -> str:
        return packed(self.elsewhere)

    @property
    def everything(self) -> str:
        """Both, for a search or another order of the list."""
        return packed((*self.elsewhere, *sorted(self.here)))


def carried(user: User, ids: Sequence[str], shown: Collection[UUID]) -> Carried:
    """Those of `ids` that `user` can export, told apart by whether the page shows them. One query, none without ids."""
    wanted = list(dict.fromkeys(key for key in map(as_uuid, ids) if key is not None))
    if not wanted:
        return Carried()
    rows = Assessment.objects.run_by(user).closed().filter(pk__in=wanted[: MOST * 2])
    mine = set(rows.values_list("pk", flat=True))
    here = frozenset(mine & set(shown))
    rest = [key for key in wanted if key in mine - here]
    return Carried(here, tuple(rest[:MOST]), max(0, len(rest) - MOST))


def packed(ids: Iterable[UUID]) -> str:
    return "".join(urlsafe_b64encode(key.bytes).decode().rstrip("=") for key in ids)


def unpacked(text: str) -> list[str]:
    """The ids in a text that `packed` made; what is none is left out."""
    pieces = [text[start : start + LENGTH] for start in range(0, min(len(text), LENGTH * MOST * 2), LENGTH)]
    return [str(key) for key in map(_key, pieces) if key is not None]


def _key(piece: str) -> UUID | None:
    try:
        return UUID(bytes=urlsafe_b64decode(f"{piece}=="))
    except (binascii.Error, ValueError):
        return None

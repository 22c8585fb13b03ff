"""Whose votes on one question may be shown, beside those that were shown before.

Whoever keeps every spread subtracts one from another. People who were always shown together cannot be told apart by that;
so nobody may be shown apart from the others with whom they were together, or came, unless at least five are on both sides.
Two sets that are shown then differ by nobody or by five at least, and so does whatever is put together from more of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from .thresholds import CONFIDENTIAL

MIN_VOTES = CONFIDENTIAL["distribution"]


class RevealedVotes[Person](NamedTuple):
    """Who was shown together; `gone` counts those who voted with them and are not known any more."""

    people: AbstractSet[Person]
    gone: int = 0


def showable[Person](voters: AbstractSet[Person], before: Sequence[RevealedVotes[Person]]) -> frozenset[Person]:
    """The most of these voters who may be shown, beside every set that was shown before; nobody where five are not left.

    Each group that was always together stays so, or leaves five on both sides. A group that somebody has gone from is
    not shown again: the difference would be whoever has gone.
    """
    groups = _together(before, voters)
    found = {person for group in groups for person in _of(group, voters)}
    found -= {person for shown in before if shown.gone for person in shown.people}
    return frozenset(found) if len(found) >= MIN_VOTES else frozenset()


def _of[Person](group: Collection[Person], voters: AbstractSet[Person]) -> Iterable[Person]:
    """Those of a group who may be shown."""
    here = [person for person in group if person in voters]
    away = len(group) - len(here)
    return here if not away or min(len(here), away) >= MIN_VOTES else ()


def _together[Person](
    before: Sequence[RevealedVotes[Person]], voters: AbstractSet[Person]
) -> Iterable[Collection[Person]]:
    """Those who were in the same sets, in groups. Newcomers are a group where they are five or more."""
    everybody = {person for shown in before for person in shown.people} | voters
    groups: dict[tuple[bool, ...], list[Person]] = {}
    for person in everybody:
        groups.setdefault(tuple(person in shown.people for shown in before), []).append(person)
    new = groups.pop((False,) * len(before), [])
    return [*groups.values(), *([new] if len(new) >= MIN_VOTES or not before else [])]

"""Whose votes on one question may be shown, given those that were shown before.

A reader who keeps every distribution can subtract one from another. That cannot tell apart people who were always shown
together, so members of such a group, or of a group of newcomers, are shown apart from the rest only if at least five
are on both sides. Any two sets shown then differ by nobody or by at least five, as does any combination of more.
"""

from collections.abc import Collection, Iterable, Sequence, Set as AbstractSet
from typing import NamedTuple

from .minimum_respondents import CONFIDENTIAL

MIN_VOTES = CONFIDENTIAL["distribution"]


class RevealedVotes[Person](NamedTuple):
    """People who were shown together; `gone` counts those who voted with them and are no longer known. With `guests`,
    some of them had no account: nobody can tell whether they come back under another name."""

    people: AbstractSet[Person]
    gone: int = 0
    guests: bool = False


def showable[Person](
    voters: AbstractSet[Person], before: Sequence[RevealedVotes[Person]], guests: AbstractSet[Person] = frozenset()
) -> frozenset[Person]:
    """Return the most voters who may be shown, given every set shown before; nobody if fewer than five remain.

    Each group that was always together stays so, or leaves five on both sides. A group that has lost a member is not
    shown again: the difference would be that person. `guests` are the voters without an account.
    """
    voters = voters - newcomers_in_doubt(voters, before, guests)
    groups = _together(before, voters)
    found = {person for group in groups for person in _of(group, voters)}
    found -= {person for shown in before if shown.gone for person in shown.people}
    return frozenset(found) if len(found) >= MIN_VOTES else frozenset()


def newcomers_in_doubt[Person](
    voters: AbstractSet[Person], before: Sequence[RevealedVotes[Person]], guests: AbstractSet[Person]
) -> AbstractSet[Person]:
    """The voters who may have been shown before under another name: guests who are new, or anyone new after guests."""
    if not before:
        return frozenset()
    known = {person for shown in before for person in shown.people}
    return (voters if any(shown.guests for shown in before) else voters & guests) - known


def _of[Person](group: Collection[Person], voters: AbstractSet[Person]) -> Iterable[Person]:
    """The members of a group who may be shown."""
    here = [person for person in group if person in voters]
    away = len(group) - len(here)
    return here if not away or min(len(here), away) >= MIN_VOTES else ()


def _together[Person](
    before: Sequence[RevealedVotes[Person]], voters: AbstractSet[Person]
) -> Iterable[Collection[Person]]:
    """Group people by the sets they were in. Newcomers form a group from five on, or if nothing was shown before."""
    everybody = {person for shown in before for person in shown.people} | voters
    groups: dict[tuple[bool, ...], list[Person]] = {}
    for person in everybody:
        groups.setdefault(tuple(person in shown.people for shown in before), []).append(person)
    new = groups.pop((False,) * len(before), [])
    return [*groups.values(), *([new] if len(new) >= MIN_VOTES or not before else [])]

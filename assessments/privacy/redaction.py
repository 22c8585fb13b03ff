"""Redacting an erased person from texts by others: the texts stay, but their addresses are removed.

Names are only found here: `name_reviews` redacts them once someone has reviewed the places.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, JSONField, Model, Q

from assessments import privacy
from assessments.models import Consultancy, Delegation, Organisation, Participant, User
from assessments.privacy import TableEntry

STRUCK = "[…]"
SHORTEST_NAME = 3


@dataclass(frozen=True)
class SearchTerm:
    """What to search texts for. Every matching text contains one of `words`; `whole` are texts to redact entirely.

    `words` are ASCII, so that every database can ignore case: SQLite does not match ü with Ü.
    """

    words: tuple[str, ...]
    whole: frozenset[str]
    pattern: re.Pattern[str] | None


@dataclass(frozen=True)
class Mentions:
    """How to find a person in texts by others. Addresses are unique, and redacted everywhere. Users choose their own
    names, so these are searched for only in the person's organisations, and redacted only after a review: otherwise a
    user called *Board* could remove that word from everyone's texts."""

    user: User
    addresses: SearchTerm
    name: str
    organisations: frozenset[UUID]
    consultancies: frozenset[UUID]


def mentions_of(user: User) -> Mentions:
    """How to find `user`. Call it before anything is deleted."""
    return Mentions(
        user,
        _addresses(user),
        user.name,
        _organisations_of(user),
        frozenset(Consultancy.objects.of(user).values_list("pk", flat=True)),
    )


def owners_of(mentions: Mentions) -> list[Organisation | Consultancy]:
    """The organisations and consultancies whose texts may contain the name."""
    organisations = Organisation.objects.filter(pk__in=mentions.organisations)
    return [*organisations, *Consultancy.objects.filter(pk__in=mentions.consultancies)]


def _organisations_of(user: User) -> frozenset[UUID]:
    """Organisations the person belonged to, took part in, helped or consulted."""
    part = privacy.rows_about(user, Participant, privacy.REGISTER["assessments.Participant"]).values("pk")
    delegations = privacy.rows_about(user, Delegation, privacy.REGISTER["assessments.Delegation"]).values("pk")
    ways = (
        Q(memberships__user=user),
        Q(assessments__participants__in=part),
        Q(assessments__participants__submission__delegations__in=delegations),
        Q(engagements__consultancy__in=Consultancy.objects.of(user)),
    )
    return frozenset(pk for way in ways for pk in Organisation.objects.filter(way).values_list("pk", flat=True))


def _addresses(user: User) -> SearchTerm:
    addresses = sorted(privacy.addresses_of(user), key=len, reverse=True)
    if not addresses:
        return SearchTerm((), frozenset(), None)
    pattern = re.compile(rf"(?<![\w.+-])(?:{'|'.join(map(re.escape, addresses))})(?![\w-]|\.\w)", re.IGNORECASE)
    return SearchTerm(
        tuple(_ascii_in(address) for address in addresses),
        frozenset(address.casefold() for address in addresses),
        pattern,
    )


def term_of(name: str) -> SearchTerm:
    """How to find a name in texts: in either order ("Grey, Zoë"), ignoring case, as whole words."""
    parts = name.split()
    if len(" ".join(parts)) < SHORTEST_NAME:
        return SearchTerm((), frozenset(), None)
    whole = frozenset({" ".join(parts).casefold()})
    usual, listed = (r"\s+".join(map(re.escape, order)) for order in (parts, [f"{parts[-1]},", *parts[:-1]]))
    return SearchTerm((_ascii_in(name),), whole, re.compile(rf"(?<!\w)(?:{usual}|{listed})(?!\w)", re.IGNORECASE))


def _ascii_in(words: str) -> str:
    """The longest ASCII piece without spaces, or "", which every text contains."""
    return max(re.findall("[!-~]+", words), default="", key=len)


def redact(mentions: Mentions) -> None:
    """Redact the addresses. Reads the rows that contain one of the words; JSON columns are read completely."""
    for model, entry in privacy.tables():
        for row in holding(model, entry, mentions.addresses, Q()):
            changed = {c.name: _without(getattr(row, c.name), mentions.addresses, c) for c in columns_of(row, entry)}
            if any(getattr(row, name) != value for name, value in changed.items()):
                model._default_manager.filter(pk=row.pk).update(**changed)
    _forget_lines_of_the_admin(mentions)


def columns_of(row: Model, entry: TableEntry) -> list[Any]:
    """The columns in which someone may be named, except the name of a participant who has an account."""
    namesake = entry.own_name if getattr(row, "user_id", None) is not None else ""
    return [row._meta.get_field(name) for name in entry.redacted if name != namesake]


def holding(model: type[Model], entry: TableEntry, term: SearchTerm, where: Q) -> Iterator[Model]:
    """Rows that may contain one of the words."""
    columns: list[Any] = [model._meta.get_field(name) for name in entry.redacted]
    holds = Q(pk__in=[])
    for column in columns:
        if isinstance(column, JSONField):
            holds |= ~Q(**{column.name: column.get_default()}) if column.has_default() else Q(pk__isnull=False)
        else:
            for word in term.words:
                holds |= Q(**{f"{column.name}__icontains": word})
    rows = model._default_manager.filter(where, holds) if term.words else model._default_manager.none()
    return rows.order_by("pk").iterator()


def _without(value: Any, term: SearchTerm, column: Field[Any, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _without(each, term, column) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, term, column) for each in value]
    if not isinstance(value, str):
        return value
    if " ".join(value.split()).casefold() in term.whole:
        return "" if column.blank else STRUCK
    return value if term.pattern is None else term.pattern.sub(STRUCK, value)


def _forget_lines_of_the_admin(mentions: Mentions) -> None:
    """Delete entries of the admin log about their account. Redact addresses in the others, but the name only where the
    log itself wrote it, before an organisation they belonged to: otherwise a user called *Changed* could empty the
    log. Reads the entries that may contain one of the words."""
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=kind, object_id=str(mentions.user.pk)).delete()
    may_hold = _in_a_line(mentions.addresses) | _in_a_line(term_of(mentions.name))
    for line in LogEntry.objects.filter(may_hold).order_by("pk").iterator():
        before = line.object_repr, line.change_message
        line.object_repr = _without(line.object_repr, mentions.addresses, LogEntry._meta.get_field("object_repr"))
        line.change_message = _without_in_json(line.change_message, mentions)
        if (line.object_repr, line.change_message) != before:
            line.save(update_fields=("object_repr", "change_message"))


def _in_a_line(term: SearchTerm) -> Q:
    rows = Q(pk__in=[])
    for word in term.words:
        rows |= Q(object_repr__icontains=word) | Q(change_message__icontains=word)
        rows |= Q(change_message__icontains=json.dumps(word)[1:-1])  # quotes and backslashes as escaped in JSON
    return rows


def _without_in_json(message: str, mentions: Mentions) -> str:
    column = LogEntry._meta.get_field("change_message")
    try:
        content = _without(json.loads(message), mentions.addresses, column)
    except ValueError:
        return str(_without(message, mentions.addresses, column))
    return json.dumps(_without_member(content, mentions.name))


def _without_member(content: Any, name: str) -> Any:
    """Redact `{"name": "membership", "object": "Zoë Grey – Northfield"}`, which Django logs for an inline form row."""
    if isinstance(content, list):
        return [_without_member(each, name) for each in content]
    if not isinstance(content, dict):
        return content
    if name and content.get("name") == "membership" and str(content.get("object")).startswith(f"{name} – "):
        return {**content, "object": STRUCK + str(content["object"])[len(name) :]}
    return {key: _without_member(each, name) for key, each in content.items()}

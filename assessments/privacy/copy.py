"""A person's copy of all data about them, as plain data."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils import timezone

from assessments.models import Actor, AuditEvent, User

from .register import TableEntry
from .rows import label_of, rows_about, rows_by, tables

type Plain = str | int | float | bool | list[Any] | dict[str, Any] | None

# The field that identifies a referenced row to a reader; other rows are identified by id
NAMES = {
    "assessments.Question": "key",
    "assessments.Pillar": "key",
    "assessments.Assessment": "name",
    "assessments.Organisation": "name",
    "assessments.Consultancy": "name",
}


def copy_of(user: User) -> dict[str, Plain]:
    """Every row about this person, by table, and every row they made for others, without the others' data.

    No copy contains passwords, keys or tokens. A few queries per table.
    """
    about: dict[str, Plain] = {}
    content: dict[str, Plain] = {}
    for model, entry in tables():
        about |= _listed(model, _rows(user, model, entry, made_for_others=False))
        content |= _listed(model, _rows(user, model, entry, made_for_others=True))
    return {
        "format": "maturity-my-data/1",
        "made_at": timezone.now().isoformat(),
        "about_you": about,
        "made_by_you": content,
        "noted_in_the_audit_log": _events(user),
    }


def _listed(model: type[Model], rows: list[dict[str, Plain]]) -> dict[str, Plain]:
    return {label_of(model).split(".")[1]: list(rows)} if rows else {}


def _rows(user: User, model: type[Model], entry: TableEntry, *, made_for_others: bool) -> list[dict[str, Plain]]:
    rows = rows_by(user, model, entry) if made_for_others else rows_about(user, model, entry)
    left_out = {*entry.secret, *(entry.of_others if made_for_others else ())}
    fields = [field for field in model._meta.concrete_fields if field.name not in left_out]
    linked = [field.name for field in fields if isinstance(field, ForeignKey) and _name_of(field)]
    rows = rows.select_related(*linked) if linked else rows
    return [{field.name: _value(row, field, user) for field in fields} for row in rows.order_by("pk")]


def _value(row: Model, field: Field[Any, Any], user: User) -> Plain:
    value = getattr(row, field.attname)
    if value is None or not isinstance(field, ForeignKey):
        return plain(value)
    if field.related_model is User:
        return "you" if value == user.pk else "somebody else"
    name = _name_of(field)
    return plain(getattr(getattr(row, field.name), name) if name else value)


def _name_of(field: ForeignKey[Any, Any]) -> str | None:
    model: Any = field.related_model
    return NAMES.get(label_of(model))


def plain(value: object) -> Plain:
    """The value as JSON-compatible data."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return str(value)


def _events(user: User) -> list[Plain]:
    actors: list[uuid.UUID] = list(Actor.objects.filter(user=user).values_list("pk", flat=True))
    events = AuditEvent.objects.filter(actor__in=actors).order_by("at", "pk")
    return [
        {"at": at.isoformat(), "what": verb, "kind": kind, "id": pk}
        for at, verb, kind, pk in events.values_list("at", "verb", "object_type", "object_id")
    ]

"""Editing a draft: ordering, copying, deleting and restoring, each recorded in its history.

Each raises PublishedBankError, and changes nothing, once the version is published.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from assessments.models import BankVersion, Edit, Pillar, PublishedBankError, Question, User

from . import draft_snapshots
from .draft_snapshots import Snapshot

Verb, Kind = Edit.Verb, Edit.Kind


class NothingToRestoreError(Exception):
    """Nothing can be restored: its pillar no longer exists, or its key is in use."""


def lock(version: BankVersion) -> BankVersion:
    """The draft, locked until the transaction ends, so that concurrent edits are applied in turn."""
    current = BankVersion.objects.select_for_update().select_related("bank").get(pk=version.pk)
    if current.state != BankVersion.State.DRAFT:
        raise PublishedBankError
    return current


def record(
    *,
    version: BankVersion,
    verb: str,
    row: BankVersion | Pillar | Question,
    by: User | None,
    before: Snapshot | None = None,
    after: Snapshot | None = None,
    kind: str | None = None,
    reason: str = "",
) -> Edit | None:
    """Add an entry to the history; returns None if nothing changed."""
    if verb == Verb.CHANGED and before == after:
        return None
    return Edit.objects.create(
        version=version,
        verb=verb,
        kind=kind or row._meta.model_name.removeprefix("bank"),  # type: ignore[union-attr]
        row=None if isinstance(row, BankVersion) else row.pk,
        key="" if isinstance(row, BankVersion) else row.key,
        before=before,
        after=after,
        reason=reason,
        by=by,
    )


def siblings(row: Pillar | Question) -> list[Any]:
    """The pillars of the same version or the questions of the same pillar, in order."""
    family = row.version.pillars if isinstance(row, Pillar) else row.pillar.questions
    return list(family.order_by("order", "pk"))


def next_place(rows: Any) -> int:
    """The position after the last of these rows."""
    last = rows.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move(*, row: Pillar | Question, by: User, step: int) -> bool:
    """Move it one position up (-1) or down (1). Returns False at the end of the list."""
    lock(row.get_version())
    keys = [each.key for each in siblings(row)]
    place = keys.index(row.key)
    if not 0 <= place + step < len(keys):
        return False
    keys.insert(place + step, keys.pop(place))
    return arrange(row=row, by=by, keys=keys)


@transaction.atomic
def arrange(*, row: Pillar | Question, by: User, keys: Sequence[str]) -> bool:
    """Put the siblings of `row` in this order. Returns False if the keys are not theirs, or nothing changes."""
    version = lock(row.get_version())
    rows = siblings(row)
    before = draft_snapshots.order_of(rows)
    if sorted(keys) != sorted(before["order"]) or list(keys) == before["order"]:
        return False
    _put_order(rows, keys)
    parent: Any = version if isinstance(row, Pillar) else row.pillar
    record(
        version=version, verb=Verb.MOVED, kind=Kind.ORDER, row=parent, by=by, before=before, after={"order": [*keys]}
    )
    return True


def _put_order(rows: Sequence[Pillar | Question], keys: Sequence[str]) -> None:
    places = {key: place for place, key in enumerate(keys)}
    for row in rows:
        row.order = places.get(row.key, len(keys))
        row.save(update_fields=("order",))


@transaction.atomic
def duplicate(*, question: Question, by: User) -> Question:
    """Copy a question directly below the original, under a new key."""
    version = lock(question.get_version())
    state = draft_snapshots.state_of(question)
    state["key"] = _free_key(version, question.key)
    rows = siblings(question)
    copy = _new_question(question.pillar, state, by=by, verb=Verb.COPIED)
    keys = [row.key for row in rows]
    keys.insert(keys.index(question.key) + 1, copy.key)
    _put_order([*rows, copy], keys)
    return copy


def _free_key(version: BankVersion, key: str, first: int = 2) -> str:
    used = {*Question.objects.filter(pillar__version=version).values_list("key", flat=True), *version.retired}
    for number in range(first, len(used) + first + 1):
        if (free := f"{key[:60]}-{number}") not in used:
            return free
    raise AssertionError("one of these keys is free")


@transaction.atomic
def add_questions(*, pillar: Pillar, questions: Sequence[Snapshot], by: User) -> int:
    """Add questions at the end of a pillar under keys made from the pillar's; returns how many."""
    version = lock(pillar.version)
    for question in questions:
        _new_question(
            pillar,
            {"next_steps": [], **question, "key": _free_key(version, pillar.key, first=1)},
            by=by,
            verb=Verb.ADDED,
        )
    return len(questions)


def _new_question(pillar: Pillar, state: Snapshot, *, by: User, verb: str) -> Question:
    row = Question(pillar=pillar, order=next_place(pillar.questions))
    draft_snapshots.put_question(row, state)
    record(version=pillar.version, verb=verb, row=row, by=by, after=draft_snapshots.state_of(row))
    return row


@transaction.atomic
def restore(*, edit: Edit, by: User) -> None:
    """Restore the state before an edit. Raises NothingToRestoreError."""
    version = lock(edit.version)
    before: Snapshot | None = edit.before
    if before is None or not edit.can_be_undone:
        raise NothingToRestoreError
    restored = {
        Kind.VERSION: _restore_version,
        Kind.PILLAR: _restore_pillar,
        Kind.QUESTION: _restore_question,
        Kind.ORDER: _restore_order,
    }.get(Kind(edit.kind))
    if restored is None:
        raise NothingToRestoreError
    restored(version, edit, before, by)


def _restore_version(version: BankVersion, edit: Edit, state: Snapshot, by: User) -> None:
    before = draft_snapshots.state_of(version)
    draft_snapshots.put_version(version, state)
    _record_restored(version, version, before, by)


def _restore_pillar(version: BankVersion, edit: Edit, state: Snapshot, by: User) -> None:
    """Restore a pillar; if deleted, without its questions, which can be restored individually afterwards."""
    row = version.pillars.filter(pk=edit.row or 0).first()
    if version.pillars.filter(key=state["key"]).exclude(pk=edit.row or 0).exists():
        raise NothingToRestoreError
    before = None if row is None else draft_snapshots.state_of(row)
    row = row or Pillar(version=version, order=next_place(version.pillars))
    draft_snapshots.put_pillar(row, state)
    _record_restored(version, row, before, by)


def _restore_question(version: BankVersion, edit: Edit, state: Snapshot, by: User) -> None:
    questions = Question.objects.filter(pillar__version=version)
    row = questions.filter(pk=edit.row or 0).first()
    pillar = version.pillars.filter(key=state["pillar"]).first()
    if pillar is None or questions.filter(key=state["key"]).exclude(pk=edit.row or 0).exists():
        raise NothingToRestoreError
    if row is None:
        _new_question(pillar, state, by=by, verb=Verb.RESTORED)
        return
    before = draft_snapshots.state_of(row)
    row.pillar = pillar
    draft_snapshots.put_question(row, state)
    _record_restored(version, row, before, by)


def _record_restored(
    version: BankVersion, row: BankVersion | Pillar | Question, before: Snapshot | None, by: User
) -> None:
    after = draft_snapshots.state_of(row)
    record(version=version, verb=Verb.RESTORED, row=row, by=by, before=before, after=after)


def _restore_order(version: BankVersion, edit: Edit, state: Snapshot, by: User) -> None:
    """Restore the order of those that still exist; others follow."""
    parent: Any = version if edit.row is None else version.pillars.filter(pk=edit.row or 0).first()
    if parent is None:
        raise NothingToRestoreError
    rows = list((parent.pillars if isinstance(parent, BankVersion) else parent.questions).all())
    before = draft_snapshots.order_of(rows)
    existing = {row.key for row in rows}
    keys = [key for key in state["order"] if key in existing]
    keys += [row.key for row in rows if row.key not in keys]
    _put_order(rows, keys)
    record(
        version=version,
        verb=Verb.RESTORED,
        kind=Kind.ORDER,
        row=parent,
        by=by,
        before=before,
        after={"order": keys},
    )

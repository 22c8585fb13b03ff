"""The tree of an organisation's units: adding, changing, moving, merging, closing and deleting them, and their leads."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from assessments import audit
from assessments.models import (
    MAX_DEPTH,
    MAX_UNITS,
    Assessment,
    Organisation,
    Participant,
    RoadmapAction,
    Unit,
    UnitLead,
    User,
)

DETAILS = ("headcount", "purpose", "owner", "in_use_since", "risk_class")


class UnitError(Exception):
    """A change that the tree does not allow; nothing was changed. `code` says why, `name` which unit it is about."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code, self.name = code, name


@dataclass(frozen=True)
class NewUnit:
    """A unit to add: its names from the top of the tree, and its `DETAILS`."""

    path: tuple[str, ...]
    details: Mapping[str, Any] = field(default_factory=dict)


class Tree:
    """The units of one kind of an organisation, closed ones included, in order. One query."""

    def __init__(self, organisation: Organisation, kind: str) -> None:
        self.rows: dict[UUID, Unit] = {
            unit.pk: unit for unit in Unit.objects.filter(organisation=organisation, kind=kind).in_order()
        }
        self.below: dict[UUID | None, list[Unit]] = {}
        for unit in self.rows.values():
            self.below.setdefault(unit.parent_id, []).append(unit)

    def above(self, unit: Unit | None) -> list[Unit]:
        """The unit and those above it, from the unit up."""
        path = []
        while unit is not None:
            path.append(unit)
            unit = self.rows.get(unit.parent_id) if unit.parent_id else None
        return path

    def under(self, unit: Unit) -> list[Unit]:
        """The unit and all below it, from the top."""
        found = [unit]
        for each in found:
            found.extend(self.below.get(each.pk, ()))
        return found

    def height(self, unit: Unit) -> int:
        """The number of levels that the unit and those below it take up."""
        return 1 + max((self.height(each) for each in self.below.get(unit.pk, ())), default=0)

    def named(self, parent: Unit | None, name: str, besides: Unit | None = None) -> Unit | None:
        """The active unit of this name under `parent`."""
        around = self.below.get(None if parent is None else parent.pk, ())
        same = (each for each in around if each.name.casefold() == name.casefold() and not each.is_closed)
        return next((each for each in same if besides is None or each.pk != besides.pk), None)


def _locked_tree(organisation: Organisation, kind: str) -> Tree:
    return Tree(Organisation.objects.locked(organisation.pk), kind)


def _next_order(organisation: Organisation, kind: str) -> int:
    last = Unit.objects.filter(organisation=organisation, kind=kind).aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def add(*, organisation: Organisation, kind: str, units: Iterable[NewUnit], by: User) -> int:
    """Add units, each after the one above it; returns how many. Raises UnitError; then none is added."""
    tree = _locked_tree(organisation, kind)
    known: dict[tuple[str, ...], Unit] = {
        tuple(each.name.casefold() for each in reversed(tree.above(unit))): unit
        for unit in tree.rows.values()
        if not any(each.is_closed for each in tree.above(unit))
    }
    order, made = _next_order(organisation, kind), 0
    for new in units:
        key = tuple(name.casefold() for name in new.path)
        _refuse_new(new, key, known)
        row = Unit.objects.create(
            organisation=organisation, kind=kind, parent=known.get(key[:-1]), name=new.path[-1], order=order + made,
            **new.details,
        )  # fmt: skip
        audit.record(by=by, verb=audit.Verb.UNIT_ADDED, what=row)
        known[key], made = row, made + 1
    if len(tree.rows) + made > MAX_UNITS:
        raise UnitError("too many")
    return made


def _refuse_new(new: NewUnit, key: tuple[str, ...], known: Mapping[tuple[str, ...], Unit]) -> None:
    if len(key) > MAX_DEPTH:
        raise UnitError("too deep", new.path[-1])
    if key in known:
        raise UnitError("doubled", new.path[-1])
    if len(key) > 1 and key[:-1] not in known:
        raise UnitError("no parent", new.path[-2])


@transaction.atomic
def change(*, unit: Unit, name: str, parent: Unit | None, details: Mapping[str, Any], by: User) -> None:
    """Rename a unit, set its `DETAILS`, and put it with everything below it under `parent` or at the top.

    The same again changes nothing. Raises UnitError.
    """
    tree = _locked_tree(unit.organisation, unit.kind)
    row, target = tree.rows[unit.pk], None if parent is None else tree.rows[parent.pk]
    is_renamed, is_moved = row.name != name, row.parent_id != (None if target is None else target.pk)
    is_changed = any(getattr(row, key) != value for key, value in details.items())
    row.name = name
    if is_moved:
        _refuse_under(tree, row, target)
        _ask_still(tree, row, target, instead=row, by=by)
        row.parent, row.order = target, _next_order(unit.organisation, unit.kind)
    elif is_renamed and not row.is_closed and tree.named(target, name, besides=row):
        raise UnitError("doubled", name)
    for key, value in details.items():
        setattr(row, key, value)
    row.save()
    verbs = {
        audit.Verb.RENAMED: is_renamed, audit.Verb.UNIT_MOVED: is_moved, audit.Verb.UNIT_CHANGED: is_changed
    }  # fmt: skip
    for verb, is_so in verbs.items():
        if is_so:
            audit.record(by=by, verb=verb, what=row)


def _refuse_under(tree: Tree, unit: Unit, target: Unit | None) -> None:
    """Raise UnitError if `unit` cannot stand under `target`."""
    above = tree.above(target)
    if any(each.pk == unit.pk for each in above):
        raise UnitError("cycle", unit.name)
    if any(each.is_closed for each in above):
        raise UnitError("closed", above[0].name)
    if len(above) + tree.height(unit) > MAX_DEPTH:
        raise UnitError("too deep", unit.name)
    if not unit.is_closed and tree.named(target, unit.name, besides=unit):
        raise UnitError("doubled", unit.name)


def _ask_still(tree: Tree, unit: Unit, target: Unit | None, *, instead: Unit, by: User) -> None:
    """Let assessments under way that ask a part of the tree with `unit`, but without `target`, ask `instead` as well.

    Otherwise their people in a unit that leaves this part would no longer count for any unit.
    """
    above, there = ([each.pk for each in tree.above(one)] for one in (unit, target))
    asking = Assessment.objects.filter(state__in=Assessment.UNDER_WAY, unit_roots__in=above)
    for assessment in asking.exclude(unit_roots__in=[*there, instead.pk]).distinct():
        assessment.unit_roots.add(instead)
        audit.record(by=by, verb=audit.Verb.UNITS_CHOSEN, what=assessment)


@transaction.atomic
def merge(*, unit: Unit, into: Unit, by: User) -> None:
    """Put what is below a unit, and its people in assessments under way, into another unit, and close it.

    Results keep both as they were. The headcounts are added up if both have one. Raises UnitError.
    """
    tree = _locked_tree(unit.organisation, unit.kind)
    row, target = tree.rows[unit.pk], tree.rows[into.pk]
    if any(each.pk == row.pk for each in tree.above(target)):
        raise UnitError("cycle", row.name)
    if row.is_closed or target.is_closed:
        raise UnitError("closed", (row if row.is_closed else target).name)
    for child in tree.below.get(row.pk, ()):
        _refuse_under(tree, child, target)
        Unit.objects.filter(pk=child.pk).update(parent=target)
    _ask_still(tree, row, target, instead=target, by=by)
    Participant.objects.filter(unit=row, assessment__state__in=Assessment.UNDER_WAY).update(unit=target)
    RoadmapAction.objects.filter(unit=row).update(unit=target)
    if row.headcount and target.headcount:
        Unit.objects.filter(pk=target.pk).update(headcount=row.headcount + target.headcount)
    _close([row], row.organisation.today)
    audit.record(by=by, verb=audit.Verb.UNIT_MERGED, what=row)


@transaction.atomic
def close(*, unit: Unit, by: User) -> None:
    """Close a unit and everything below it: new assessments leave it out. Closing it twice changes nothing.

    Raises UnitError while an assessment under way has people there.
    """
    tree = _locked_tree(unit.organisation, unit.kind)
    row = tree.rows[unit.pk]
    if row.is_closed:
        return
    part = tree.under(row)
    if Participant.objects.filter(unit__in=part, assessment__state__in=Assessment.UNDER_WAY).exists():
        raise UnitError("under way", row.name)
    _close(part, row.organisation.today)
    audit.record(by=by, verb=audit.Verb.UNIT_CLOSED, what=row)


def _close(units: Sequence[Unit], day: datetime.date) -> None:
    pks = [unit.pk for unit in units if not unit.is_closed]
    Unit.objects.filter(pk__in=pks).update(closed_on=day)


@transaction.atomic
def reopen(*, unit: Unit, by: User) -> None:
    """Reopen a closed unit, without what is below it. Raises UnitError."""
    tree = _locked_tree(unit.organisation, unit.kind)
    row = tree.rows[unit.pk]
    if not row.is_closed:
        return
    above = tree.above(row)[1:]
    if any(each.is_closed for each in above):
        raise UnitError("closed", next(each.name for each in above if each.is_closed))
    if tree.named(above[0] if above else None, row.name, besides=row):
        raise UnitError("doubled", row.name)
    Unit.objects.filter(pk=row.pk).update(closed_on=None)
    audit.record(by=by, verb=audit.Verb.UNIT_REOPENED, what=row)


@transaction.atomic
def delete(*, unit: Unit, by: User) -> None:
    """Delete a unit that nobody ever answered for. Raises UnitError if it has people or units below it."""
    tree = _locked_tree(unit.organisation, unit.kind)
    row = tree.rows[unit.pk]
    if tree.below.get(row.pk):
        raise UnitError("has units", row.name)
    if row.participants.exists():
        raise UnitError("has people", row.name)
    audit.record(by=by, verb=audit.Verb.REMOVED, what=row)
    row.delete()


@transaction.atomic
def set_leads(*, unit: Unit, users: Iterable[User], by: User) -> None:
    """Set who leads a unit and everything below it."""
    row = Unit.objects.locked(unit.pk)
    before, after = set(row.leads.values_list("user", flat=True)), {user.pk for user in users}
    if before != after:
        row.leads.exclude(user__in=after).delete()
        UnitLead.objects.bulk_create(UnitLead(unit=row, user_id=pk) for pk in sorted(after - before))
        audit.record(by=by, verb=audit.Verb.UNIT_LEADS_CHANGED, what=row)


@transaction.atomic
def show_all(*, organisation: Organisation, shows: bool, by: User) -> None:
    """Decide whether members see the results of all units, or their own unit's and the whole."""
    row = Organisation.objects.locked(organisation.pk)
    if row.shows_units != shows:
        Organisation.objects.filter(pk=row.pk).update(shows_units=shows)
        audit.record(by=by, verb=audit.Verb.CHANGED, what=row)

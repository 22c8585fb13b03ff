"""The tree of units: what is refused, what moves along, and what stays in older assessments."""

import pytest

from assessments.actions import units
from assessments.actions.units import NewUnit, UnitError
from assessments.models import AuditEvent, Unit

pytestmark = pytest.mark.django_db
GROUP = ["Europe", "Europe > Sales", "Europe > Ops", "Europe > Ops > Berlin", "Asia", "Asia > Sales"]


def grow(organisation, by, paths=GROUP, kind="unit"):
    new = [NewUnit(tuple(path.split(" > "))) for path in paths]
    units.add(organisation=organisation, kind=kind, units=new, by=by)
    return {path: at(organisation, path, kind) for path in paths}


def at(organisation, path, kind="unit"):
    parent = None
    for name in path.split(" > "):
        parent = Unit.objects.get(organisation=organisation, kind=kind, parent=parent, name=name)
    return parent


def shape(organisation):
    paths = {}
    for unit in Unit.objects.filter(organisation=organisation).active().in_order():
        above = unit
        names = [unit.name]
        while above.parent:
            above = above.parent
            names.append(above.name)
        paths[unit.pk] = " > ".join(reversed(names))
    return sorted(paths.values())


@pytest.fixture
def tree(northfield, alice):
    return grow(northfield, alice)


def placed(assessment, user, unit):
    person = assessment.participants.get(user=user)
    person.unit = unit
    person.save()
    return person


def refused(code, action, **values):
    before = list(Unit.objects.order_by("pk").values())
    with pytest.raises(UnitError) as error:
        action(**values)
    assert error.value.code == code
    assert list(Unit.objects.order_by("pk").values()) == before


def test_a_unit_moves_with_everything_below_it(northfield, alice, tree):
    units.change(unit=tree["Europe > Ops"], name="Operations", parent=tree["Asia"], details={"headcount": 7}, by=alice)
    assert shape(northfield) == [
        "Asia", "Asia > Operations", "Asia > Operations > Berlin", "Asia > Sales", "Europe", "Europe > Sales"
    ]  # fmt: skip
    said = set(AuditEvent.objects.filter(object_id=str(tree["Europe > Ops"].pk)).values_list("verb", flat=True))
    assert said == {"unit added", "renamed", "unit moved", "unit changed"}


def test_circles_and_doubled_names_are_refused(alice, tree):
    europe, sales = tree["Europe"], tree["Europe > Sales"]
    berlin = tree["Europe > Ops > Berlin"]
    refused("cycle", units.change, unit=europe, name="Europe", parent=berlin, details={}, by=alice)
    refused("cycle", units.change, unit=europe, name="Europe", parent=europe, details={}, by=alice)
    refused("doubled", units.change, unit=sales, name="Sales", parent=tree["Asia"], details={}, by=alice)
    refused("doubled", units.change, unit=sales, name="oPS", parent=europe, details={}, by=alice)
    refused("cycle", units.merge, unit=europe, into=berlin, by=alice)
    refused("doubled", units.merge, unit=europe, into=tree["Asia"], by=alice)


def test_six_levels_and_five_hundred_units_are_the_most(northfield, alice, tree):
    deep = ["A", "A > B", "A > B > C", "A > B > C > D", "A > B > C > D > E"]
    grow(northfield, alice, deep)
    refused("too deep", units.change, unit=tree["Europe"], name="Europe", parent=at(northfield, deep[3]),
            details={}, by=alice)  # fmt: skip
    many = [NewUnit((f"Unit {n}",)) for n in range(490)]
    refused("too many", units.add, organisation=northfield, kind="unit", units=many, by=alice)
    units.add(organisation=northfield, kind="unit", units=many[:489], by=alice)
    assert Unit.objects.count() == 500


def test_nothing_is_added_if_one_row_is_refused(northfield, alice, tree):
    for code, path in (
        ("no parent", "Mars > Base"),
        ("doubled", "EUROPE > sales"),
        ("too deep", "a > b > c > d > e > f > g"),
    ):
        rows = [NewUnit(("New",)), NewUnit(tuple(path.split(" > ")))]
        refused(code, units.add, organisation=northfield, kind="unit", units=rows, by=alice)


def test_merging_moves_people_of_open_assessments_and_leaves_closed_ones(northfield, alice, tree, assessment, bob):
    berlin, ops, sales = tree["Europe > Ops > Berlin"], tree["Europe > Ops"], tree["Europe > Sales"]
    person = placed(assessment, bob, ops)
    units.merge(unit=ops, into=sales, by=alice)
    person.refresh_from_db()
    assert person.unit == sales
    berlin.refresh_from_db()
    assert berlin.parent == sales
    assert "Europe > Ops" not in shape(northfield)
    assessment.state = "closed"
    assessment.save()
    units.merge(unit=sales, into=tree["Asia"], by=alice)
    person.refresh_from_db()
    assert person.unit == sales


def test_a_unit_with_people_is_neither_deleted_nor_closed_under_them(alice, tree, assessment, bob):
    ops = tree["Europe > Ops > Berlin"]
    placed(assessment, bob, ops)
    refused("has people", units.delete, unit=ops, by=alice)
    refused("has units", units.delete, unit=tree["Europe"], by=alice)
    refused("under way", units.close, unit=tree["Europe"], by=alice)
    units.delete(unit=tree["Asia > Sales"], by=alice)
    units.close(unit=tree["Asia"], by=alice)
    assert not Unit.objects.active().filter(name="Asia").exists()


def test_a_closed_unit_opens_again_unless_its_name_is_taken(northfield, alice, tree):
    units.close(unit=tree["Europe"], by=alice)
    refused("closed", units.reopen, unit=tree["Europe > Ops"], by=alice)
    units.add(organisation=northfield, kind="unit", units=[NewUnit(("Europe",))], by=alice)
    again = Unit.objects.active().get(name="Europe")
    refused("doubled", units.reopen, unit=tree["Europe"], by=alice)
    units.delete(unit=again, by=alice)
    units.reopen(unit=tree["Europe"], by=alice)
    units.reopen(unit=tree["Europe > Ops"], by=alice)
    assert "Europe > Ops" in shape(northfield)


def test_the_two_trees_do_not_know_each_other(northfield, alice, tree):
    grow(northfield, alice, ["Europe"], kind="system")
    refused("no parent", units.add, organisation=northfield, kind="system", units=[NewUnit(("Asia", "Bot"))], by=alice)

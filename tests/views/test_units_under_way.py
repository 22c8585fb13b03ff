"""Trees that change while an assessment is open, and trees of any size: what is counted, shown, and what it costs."""

# ruff: noqa: F811  # fixtures of another file

import pytest
from django.urls import reverse

from assessments import results
from assessments.actions import assessments, unit_people, units
from assessments.models import MAX_UNITS, AuditEvent, Participant, Unit
from tests.actions.test_units import grow
from tests.markup import flat
from tests.views.test_unit_results import answered, asked, names, page, tree  # noqa: F401

pytestmark = pytest.mark.django_db


def shown(response):
    return {row.name: row.total.score for row in response.context["page"].rows}


def chosen():
    return AuditEvent.objects.filter(verb=AuditEvent.Verb.UNITS_CHOSEN).count()


def test_units_that_move_or_merge_out_of_the_part_asked_keep_their_people(client, alice, asked, tree, northfield):
    unit_people.choose(assessment=asked, kind="unit", roots=[tree["North"].pk], by=alice)
    answered(asked, tree["North > Sales"], [3] * 6)
    answered(asked, tree["North > Ops"], [2] * 5)
    east = grow(northfield, alice, ["East"])["East"]
    units.change(unit=tree["North > Sales"], name="Sales", parent=east, details={}, by=alice)
    units.merge(unit=tree["North > Ops"], into=tree["South"], by=alice)
    assert {unit.name for unit in results.units_asked(asked).values()} == {"North", "Sales", "South"}
    assert chosen() == 4, "a row of the audit log for each change of what is asked"
    assessments.close(assessment=asked, by=alice)
    assert shown(page(client, alice, asked)) == {"North": None, "Sales": "3.0", "South": "2.0"}


def test_a_part_that_moves_as_a_whole_asks_nothing_more(alice, asked, tree, northfield):
    unit_people.choose(assessment=asked, kind="unit", roots=[tree["North > Ops"].pk], by=alice)
    units.change(unit=tree["North"], name="North", parent=tree["South"], details={}, by=alice)
    units.change(unit=tree["North > Ops"], name="Ops", parent=None, details={}, by=alice)
    units.change(unit=tree["North > Sales"], name="Sales", parent=None, details={}, by=alice)
    assert [unit.name for unit in results.units_asked(asked).values()] == ["Ops"]
    assert chosen() == 2


def test_what_moves_into_another_unit_counts_there_from_then_on(client, alice, asked, tree):
    answered(asked, tree["North > Sales"], [3] * 6)
    answered(asked, tree["South"], [2] * 5)
    units.change(unit=tree["North > Sales"], name="Sales", parent=tree["South"], details={}, by=alice)
    assessments.close(assessment=asked, by=alice)
    units.merge(unit=tree["North > Sales"], into=tree["South"], by=alice)
    response = page(client, alice, asked)
    assert names(response) == ["North", "Ops", "South", "South (without the units below)", "Sales"]
    assert shown(response)["South"] == "2.5"


@pytest.fixture
def five_hundred(northfield, alice, tree):
    """Sixteen divisions with thirty sites each, below the four units that there are."""
    tops = [Unit(organisation=northfield, name=f"Division {n:02}", order=10 + n) for n in range(16)]
    Unit.objects.bulk_create(tops)
    left = MAX_UNITS - Unit.objects.count()
    Unit.objects.bulk_create(
        Unit(organisation=northfield, parent=tops[n % 16], name=f"Site {n:03}", order=100 + n) for n in range(left)
    )
    return list(Unit.objects.filter(organisation=northfield))


def test_five_hundred_units_are_closed_and_shown_with_the_queries_of_four(
    client,
    alice,
    asked,
    tree,
    five_hundred,
    django_assert_max_num_queries,
):
    for unit in (tree["South"], five_hundred[100], five_hundred[300]):
        answered(asked, unit, [3] * 5)
    assessments.close(assessment=asked, by=alice)
    page(client, alice, asked)
    with django_assert_max_num_queries(12):
        response = page(client, alice, asked)
    assert len(response.context["page"].rows) == MAX_UNITS
    assert "Level 3 in 3 of 3 units" in flat(response.content.decode()).replace("\u00a0", " ")


def test_a_tree_of_five_hundred_units_is_paged_and_searched(
    client,
    alice,
    northfield,
    tree,
    django_assert_max_num_queries,
    request,
):
    client.force_login(alice)
    address = reverse("units", args=[northfield.pk])
    client.get(address)
    with django_assert_max_num_queries(9) as few:
        client.get(address)
    request.getfixturevalue("five_hundred")
    with django_assert_max_num_queries(len(few)):
        first = client.get(address)
    assert len(first.content) < 90_000
    assert "Page 1 of 5" in flat(first.content.decode())
    second = flat(client.get(address, {"page": "2"}).content.decode())
    assert "Division 03</span>" in second, "a page begins with the units above its first"
    found = client.get(address, {"q": " site 07"}).context["shown"]
    assert [line.label for line in found.page][:2] == ["Division 06 › Site 070", "Division 07 › Site 071"]
    assert "No name contains these words." in flat(client.get(address, {"q": "Atlantis"}).content.decode())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("parent,name\n,Asia\nAfrica,Lagos", "Row 3: There is no unit called “Africa” to put “Lagos” under."),
        ("parent,name\n,Asia\nB,A\nA,B", "Row 3: “A” is under “B”, which never leads to the top of the tree."),
        ("parent,name\n,Asia\nNorth,sales", "Row 3: “North” already has a unit called “sales”."),
        ("a\n b\n  c\n   d\n    e\n     f\n      g", "Row 7: Units can be up to 6 levels deep."),
    ],
)
def test_a_row_that_is_wrong_is_said_with_its_number_and_nothing_changes(client, alice, northfield, tree, text, said):
    client.force_login(alice)
    before = list(Unit.objects.order_by("pk").values())
    response = client.post(reverse("paste_units", args=[northfield.pk]), {"units": text, "add": "1"})
    assert said in flat(response.content.decode())
    assert list(Unit.objects.order_by("pk").values()) == before


def test_a_unit_put_under_itself_is_refused_on_its_page(client, alice, northfield, tree):
    client.force_login(alice)
    north, sales = tree["North"], tree["North > Sales"]
    values = {"name": "North", "parent": str(sales.pk), "save": "1"}
    response = client.post(reverse("unit", args=[northfield.pk, north.pk]), values)
    assert "parent" in response.context["form"].errors
    values = {"name": "ops", "parent": str(north.pk), "save": "1"}
    doubled = client.post(reverse("unit", args=[northfield.pk, sales.pk]), values)
    assert "There is already a unit called “ops” there. Nothing was changed." in flat(doubled.content.decode())
    north.refresh_from_db()
    sales.refresh_from_db()
    assert (north.parent, sales.name) == (None, "Sales")


def test_many_people_are_paged_and_found_where_they_are_managed(
    client, alice, asked, tree, django_assert_max_num_queries
):
    Participant.objects.bulk_create(
        Participant(assessment=asked, unit=tree["South"], name=f"Person {n:03}") for n in range(250)
    )
    client.force_login(alice)
    address = reverse("manage", args=[asked.pk])
    client.get(address)
    with django_assert_max_num_queries(12):
        first = client.get(address)
    assert len(first.content) < 120_000
    said = flat(first.content.decode())
    assert "0 of 250 have submitted" in said
    assert "Page 1 of 3" in said
    found = client.get(address, {"q": "PERSON 24"}).context["shown"]
    assert [person.name for person in found.page] == [f"Person 24{n}" for n in range(10)]
    assert "No name or address contains these words." in flat(client.get(address, {"q": "Eve"}).content.decode())

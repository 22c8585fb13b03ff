"""The tree of units and the results by unit arrive as they were, and only where they were shown."""

import copy
import json

import pytest

from assessments.handover.archive import Handover
from assessments.handover.errors import HandoverError
from assessments.handover.import_client import import_client
from assessments.models import Assessment, Membership, RoadmapAction, Unit, UnitFigures
from assessments.results import unit_figures_text
from tests.actions.test_units import grow
from tests.handover.test_whole import handed
from tests.views.test_unit_results import asked, asked_again, closed, long_ago, names, page, tree  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
HERE = "A unit of this client already exists here"


def shape():
    return [(row.pk, row.name, row.parent_id, row.kind, row.owner) for row in Unit.objects.in_order()]


def arrive(found, lead, change=lambda document: None):
    document = copy.deepcopy(found.document)
    change(document)
    return import_client(handover=Handover(document, found.banks, found.files), lead=lead, dry_run=False)


def test_tree_figures_and_changes_arrive(client, closed, alice, northfield):  # noqa: F811
    long_ago(closed)
    again = asked_again(alice, closed, closed.participants.all(), level=4)
    grow(northfield, alice, ["Chat"], kind="system")
    Unit.objects.filter(kind="system").update(owner="kim@northfield.example")
    RoadmapAction.objects.create(assessment=again, title="Train", horizon="90d", unit=Unit.objects.get(name="South"))
    before, figures = shape(), [json.loads(unit_figures_text(each)) for each in (closed, again)]
    found = handed(northfield)
    northfield.delete()
    said = arrive(found, alice)
    assert "5 units" in said
    assert shape() == [row if row[3] == "unit" else (*row[:4], "") for row in before]
    assert [json.loads(unit_figures_text(each)) for each in (closed, again)] == figures
    shown = page(client, alice, Assessment.objects.get(pk=again.pk))
    assert names(shown) == ["North", "Sales", "Ops", "South"]
    assert {row.change for row in shown.context["page"].rows} == {"+1.0", "+1.5", "+2.0"}
    assert RoadmapAction.objects.get().unit.name == "South"
    assert Membership.objects.filter(user=alice).exists()


def test_results_by_unit_that_were_not_shown_stay_away(closed, alice, northfield):  # noqa: F811
    UnitFigures.objects.all().delete()
    found = handed(northfield)
    northfield.delete()
    arrive(found, alice)
    assert Unit.objects.count() == 4
    assert not UnitFigures.objects.exists()


WRONG = {
    "a circle": (lambda units: units[0].update(parent=1), "not a whole number from 0 to -1"),
    "another kind": (lambda units: units[2].update(kind="system"), "is below a unit of another kind"),
    "a kind of nowhere": (lambda units: units[1].update(kind="planet"), "not a valid choice"),
    "a name twice": (lambda units: units[3].update(name=units[2]["name"].upper()), "The units: the file is not valid"),
    "no parent": (lambda units: units[1].pop("parent"), "“parent” is missing"),
    "too deep": (
        lambda units: units.extend(
            {**units[0], "id": f"{n:032x}", "parent": len(units) - 1 if n else 0} for n in range(7)
        ),
        "units more than 6 deep",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_tree_is_one_sentence_and_changes_nothing(name, northfield, alice, tree):  # noqa: F811
    change, sentence = WRONG[name]
    found = handed(northfield)
    northfield.delete()
    with pytest.raises(HandoverError) as error:
        arrive(found, alice, lambda document: change(document["units"]))
    assert sentence in str(error.value)
    assert not Unit.objects.exists()


def test_a_unit_that_is_here_keeps_everything_out(northfield, lakeside, alice, tree):  # noqa: F811
    found = handed(northfield)
    northfield.delete()
    pk = found.document["units"][0]["id"]
    Unit.objects.create(pk=pk, organisation=lakeside, name="Theirs")
    with pytest.raises(HandoverError) as error:
        arrive(found, alice)
    assert HERE in str(error.value)
    assert Unit.objects.get().name == "Theirs"

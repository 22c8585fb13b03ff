"""Actions of a roadmap that name the unit where they are done, on the page, in files, and when units are merged."""

import csv
import io

import pytest

from assessments.actions import units
from assessments.models import RoadmapAction
from assessments.reports.report import report_of
from assessments.reports.sections.roadmap import roadmap
from assessments.results import assessment_result
from tests.actions.test_units import grow
from tests.views.test_roadmap import base, closed, lead, own  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(northfield, alice):
    return grow(northfield, alice, ["North", "North > Sales", "South"])


def test_an_action_names_a_unit_on_the_page_in_the_report_and_in_files(client, base, lead, closed, tree):  # noqa: F811
    action = own(base, lead, "Train the team", unit=str(tree["North > Sales"].pk))
    assert action.unit == tree["North > Sales"]
    assert '· <span dir="auto">Sales</span>' in lead.get(base).content.decode()
    form = lead.get(f"{base}{action.pk}/").context["form"]
    assert [label for _pk, label in form.fields["unit"].choices] == [
        "The whole organisation", "North", "Sales (North)", "South"
    ]  # fmt: skip
    assert form["unit"].value() in (tree["North > Sales"], tree["North > Sales"].pk)
    row = next(csv.DictReader(io.StringIO(lead.get(f"{base}roadmap.csv").content.decode("utf-8-sig"))))
    assert (row["Owner"], row["Unit"]) == ("Ada", "Sales")
    report = report_of(assessment_result(closed, reader=None, may_read_comments=False))
    cells = [cell.text for row in roadmap(report).blocks[1].lines for cell in row]
    assert "Ada, Sales" in cells


def test_an_edited_action_keeps_a_unit_that_is_closed(base, lead, tree, alice):  # noqa: F811
    action = own(base, lead, "Train", unit=str(tree["South"].pk))
    units.close(unit=tree["South"], by=alice)
    page = lead.get(f"{base}{action.pk}/")
    assert f'<option value="{tree["South"].pk}" selected>South</option>' in page.content.decode()
    sent = {"title": "Train", "horizon": "90d", "status": "started", "owner": "Ada", "unit": str(tree["South"].pk)}
    assert lead.post(f"{base}{action.pk}/", sent).status_code == 302
    action.refresh_from_db()
    assert (action.status, action.unit) == ("started", tree["South"])


def test_a_merged_unit_hands_its_actions_over(base, lead, tree, alice):  # noqa: F811
    action = own(base, lead, "Train", unit=str(tree["South"].pk))
    units.merge(unit=tree["South"], into=tree["North"], by=alice)
    action.refresh_from_db()
    assert action.unit == tree["North"]


def test_a_unit_of_another_organisation_cannot_be_named(base, lead, tree, lakeside, alice):  # noqa: F811
    theirs = grow(lakeside, alice, ["Lab"])["Lab"]
    sent = {"title": "Spy", "horizon": "90d", "status": "planned", "owner": "", "unit": str(theirs.pk)}
    assert lead.post(f"{base}new/", sent).status_code != 302
    assert not RoadmapAction.objects.exists()


def test_without_units_nothing_is_said_of_them(base, lead):  # noqa: F811
    action = own(base, lead, "Train")
    assert "unit" not in lead.get(f"{base}{action.pk}/").context["form"].fields
    assert "Unit" not in lead.get(f"{base}roadmap.csv").content.decode()

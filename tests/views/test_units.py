"""The pages of an organisation's units: for those who run it, in both trees, and with a sentence for what fails."""

import pytest
from django.urls import reverse

from assessments.models import Unit
from tests.actions.test_units import grow, placed, shape
from tests.markup import flat

pytestmark = pytest.mark.django_db


def text_of(response):
    return flat(response.content.decode())


@pytest.fixture
def lead(client, alice, northfield):
    client.force_login(alice)
    return client


def test_a_pasted_list_is_shown_before_it_is_added(lead, northfield):
    address = reverse("paste_units", args=[northfield.pk])
    text = "parent,name,headcount\n,Europe,\nEurope,Sales,12"
    page = lead.post(address, {"units": text, "preview": "1"})
    assert "Nothing has been added yet" in text_of(page)
    assert not Unit.objects.exists()
    lead.post(address, {"units": text, "add": "1"})
    assert shape(northfield) == ["Europe", "Europe > Sales"]
    again = lead.post(address, {"units": text, "add": "1"})
    assert "Row 2: There is already a unit called “Europe” at the top." in text_of(again)
    assert Unit.objects.count() == 2


def test_a_unit_is_added_changed_merged_closed_and_deleted(lead, northfield, alice, assessment, bob):
    units = grow(northfield, alice, ["Europe", "Asia", "Asia > Ops"])
    lead.post(reverse("new_unit", args=[northfield.pk]), {"name": "Sales", "parent": str(units["Europe"].pk)})
    assert "Europe > Sales" in shape(northfield)
    at = lambda unit: reverse("unit", args=[northfield.pk, unit.pk])  # noqa: E731
    ops = units["Asia > Ops"]
    lead.post(at(ops), {"name": "Operations", "parent": str(units["Europe"].pk), "headcount": "4", "save": "1"})
    assert "Europe > Operations" in shape(northfield)
    placed(assessment, bob, ops)
    for state in ("deleted", "closed"):
        page = lead.post(reverse("unit_state", args=[northfield.pk, ops.pk, state]), follow=True)
        assert "Nothing was changed." in text_of(page)
    lead.post(at(ops), {"into": str(units["Asia"].pk), "merge": "1"})
    assert assessment.participants.get(user=bob).unit == units["Asia"]
    lead.post(at(units["Europe"]), {"people": "BOB@northfield.example", "leads": "1"})
    assert [each.user for each in units["Europe"].leads.all()] == [bob]
    wrong = lead.post(at(units["Europe"]), {"people": "eve@northfield.example, bob@northfield.example", "leads": "1"})
    assert "account with the address eve@northfield.example." in text_of(wrong)
    assert ">\nbob@northfield.example</textarea>" in lead.get(at(units["Europe"])).content.decode()
    assert "Closed on" in text_of(lead.get(reverse("units", args=[northfield.pk])))


def test_systems_have_their_own_tree(lead, northfield, alice):
    grow(northfield, alice, ["Europe"])
    values = {"name": "Chatbot", "purpose": "Answers customers", "risk_class": "high", "in_use_since": "2026-03-01"}
    lead.post(reverse("new_system", args=[northfield.pk]), values)
    page = text_of(lead.get(reverse("systems", args=[northfield.pk])))
    assert "Chatbot" in page
    assert "Answers customers" in page
    assert "Europe" not in page


def test_nobody_else_sees_or_changes_them(client, northfield, alice, bob, charlie, assessment):
    unit = grow(northfield, alice, ["Europe"])["Europe"]
    for user in (bob, charlie):
        client.force_login(user)
        for name in ("units", "new_unit", "paste_units", "systems", "new_system", "paste_systems"):
            assert client.get(reverse(name, args=[northfield.pk])).status_code == 404
        assert client.post(reverse("show_units", args=[northfield.pk])).status_code == 404
        assert client.get(reverse("unit", args=[northfield.pk, unit.pk])).status_code == 404
        assert client.post(reverse("unit_state", args=[northfield.pk, unit.pk, "deleted"])).status_code == 404
    client.force_login(alice)
    assert client.post(reverse("unit_state", args=[northfield.pk, unit.pk, "gone"])).status_code == 404

"""The page of a trend, its files, and the links to it."""

import json

import pytest
from django.urls import reverse

from assessments.models import Assessment, Participant
from tests.results.test_trend import keys, play  # noqa: F401 - fixtures


@pytest.fixture
def last(play):  # noqa: F811
    return play([2, 2, 3, 3, 3, 4], [3, 3, 3, 3, 4, 4], [4, 4, 4, 4, 4, 5], people=6)[-1]


def test_the_page_names_what_rises_and_how_fast(client, alice, last):
    client.force_login(alice)
    page = client.get(reverse("trend", args=[last.pk]))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Eight pillars are rising" in text
    assert "Rising since Q" in text
    assert text.count('class="chart trend"') == 9
    assert 'id="line-index"' in text


def test_result_and_organisation_lead_to_it(client, alice, last):
    client.force_login(alice)
    address = reverse("trend", args=[last.pk])
    assert address in client.get(reverse("result_part", args=[last.pk, "change"])).content.decode()
    assert address in client.get(reverse("organisation", args=[last.organisation_id])).content.decode()


def test_two_assessments_have_no_page_and_no_link(client, alice, play):  # noqa: F811
    last = play([2], [3], people=6)[-1]
    client.force_login(alice)
    address = reverse("trend", args=[last.pk])
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("result_part", args=[last.pk, "change"])).content.decode()
    assert address not in client.get(reverse("organisation", args=[last.organisation_id])).content.decode()
    assert client.get(reverse("chart_file", args=[last.pk, "trend", "svg"])).status_code == 404
    assert client.get(reverse("chart_file", args=[last.pk, "trend", "json"])).status_code == 404


def test_whoever_took_part_only_in_the_last_two_sees_no_trend(client, bob, last):
    """Bob saw two released results: the third must not show through."""
    rounds = Assessment.objects.order_by("-closed_at")
    rounds.update(state=Assessment.State.RELEASED, result_for_everyone=True)
    for row in rounds[:2]:
        Participant.objects.filter(assessment=row, pseudonym="p-0").update(user=bob)
    client.force_login(bob)
    assert client.get(reverse("trend", args=[last.pk])).status_code == 404
    page = client.get(reverse("result_part", args=[last.pk, "change"]))
    assert page.status_code == 200
    assert reverse("trend", args=[last.pk]) not in page.content.decode()
    assert client.get(reverse("chart_file", args=[last.pk, "trend", "json"])).status_code == 404
    Participant.objects.filter(assessment=rounds[2], pseudonym="p-0").update(user=bob)
    assert client.get(reverse("trend", args=[last.pk])).status_code == 200


def test_outsiders_get_404(client, charlie, last):
    client.force_login(charlie)
    assert client.get(reverse("trend", args=[last.pk])).status_code == 404


def test_files_have_every_point(client, alice, last):
    client.force_login(alice)
    lines = client.get(reverse("chart_file", args=[last.pk, "trend", "csv"])).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 9 * 3
    found = json.loads(client.get(reverse("chart_file", args=[last.pk, "trend", "json"])).content)
    assert found["overall"]["verdict"] == "rising"
    assert len(found["pillars"]) == 8
    svg = client.get(reverse("chart_file", args=[last.pk, "trend", "svg"])).content.decode()
    assert svg.startswith("<svg")
    assert svg.count('class="mark"') == 9 * 3


def test_a_shared_link_shows_no_trend(client, last):
    assert client.get(reverse("chart_file", args=[last.pk, "trend", "svg"])).status_code in (302, 404)

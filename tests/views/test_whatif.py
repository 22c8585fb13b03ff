"""A lead tries out what would change, keeps it, and nothing of the result moves."""

import html
import re

import pytest

from assessments.actions import assessments
from assessments.models import AuditEvent, Result, Scenario
from tests.markup import flat
from tests.views.test_results import answered, finished

PILLARS = ("vision", "culture", "talent", "ethics", "alignment", "infrastructure", "change", "partnerships")


@pytest.fixture
def address(assessment, alice, client):
    """An assessment of five in which everybody answered level 2, opened by its lead."""
    answered(assessment, 5, level=lambda person, question: 2)
    finished(assessment, alice)
    client.force_login(alice)
    return f"/assessments/{assessment.pk}/what-if/"


def rows_of(page):
    """Cells of the table by pillar."""
    found = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th>(.*?)</tr>', flat(page))
    return {name: re.findall(r"<td[^>]*>(?:<span[^>]*>)?(.*?)(?:</span>)?</td>", cells) for name, cells in found}


def all_of(pillar, version, level=4):
    return {question.key: level for question in version.pillars.get(key=pillar).questions.all()}


def test_one_pillar_moves_and_the_others_stay(address, client, version):
    page = html.unescape(client.get(address, all_of("vision", version)).content.decode())
    rows = rows_of(page)
    assert rows["Vision"][:4] == ["2.0", "4.0", "2", "4"]
    assert "level\u00a05" in rows["Vision"][4]
    assert rows["Culture"] == ["2.0", "2.0", "2", "2", "unchanged"]
    assert rows["Organisation"][:4] == ["2.0", "2.3", "2", "2"]
    assert "Scenario: The index would go from 2.0 to 2.3; the level would stay" in page
    assert "A scenario, not a result" in page


def test_every_pillar_moves_the_organisation(address, client, version):
    moved = {key: level for pillar in PILLARS for key, level in all_of(pillar, version, 3).items()}
    page = client.get(address, moved).content.decode()
    assert "Scenario: Northfield would go from level 2 to level 3" in page


def test_it_is_kept_as_a_scenario_beside_the_result(address, client, assessment, alice, version):
    before = Result.objects.get(assessment=assessment)
    levels = all_of("ethics", version)
    response = client.post(address, {**levels, "name": "Ethics first"})
    scenario = Scenario.objects.get()
    assert response["Location"] == f"{address}{scenario.pk}/"
    assert (scenario.levels, scenario.checksum, scenario.created_by) == (levels, before.checksum, alice)
    page = client.get(response["Location"]).content.decode()
    assert "Scenario “Ethics first”" in page
    assert rows_of(page)["Ethics"][:4] == ["2.0", "4.0", "2", "4"]
    after = Result.objects.get(assessment=assessment)
    assert (after.result, after.checksum) == (before.result, before.checksum)
    assert AuditEvent.objects.filter(verb="saved", object_type="scenario").count() == 1
    assert "Ethics first" in client.get(address).content.decode()
    assert "Ethics first" not in client.get(f"/assessments/{assessment.pk}/result/").content.decode()


def test_it_is_removed(address, client, version):
    client.post(address, {**all_of("ethics", version), "name": "Ethics first"})
    scenario = Scenario.objects.get()
    assert client.get(f"{address}{scenario.pk}/remove").status_code == 405
    assert client.post(f"{address}{scenario.pk}/remove")["Location"] == address
    assert not Scenario.objects.exists()


@pytest.mark.parametrize("sent", [{"vision-direction": "9"}, {"vision-direction": "x"}, {"nonsense": "4"}, {}])
def test_what_cannot_be_moved_changes_nothing(sent, address, client):
    response = client.get(address, sent)
    assert response.status_code == 200
    assert b"A scenario, not a result" not in response.content
    client.post(address, {**sent, "name": "Nothing"})
    assert not Scenario.objects.exists()


def test_a_scenario_needs_a_name(address, client, version):
    response = client.post(address, {**all_of("vision", version), "name": ""})
    assert response.status_code == 200
    assert b"Error:" in response.content or b"This field is required" in response.content
    assert not Scenario.objects.exists()


def test_four_answers_of_a_confidential_assessment_cannot_be_probed(assessment, alice, client):
    answered(assessment, 4)
    finished(assessment, alice)
    client.force_login(alice)
    page = client.get(f"/assessments/{assessment.pk}/what-if/", {"vision-direction": "5"}).content.decode()
    assert 'name="vision-direction"' not in page
    assert "A scenario, not a result" not in page
    assert "Scenarios cannot be used on this result: so few people answered" in flat(page)


def test_a_question_without_any_number_can_be_moved(assessment, alice, client):
    answered(assessment, 5, every={"vision-direction"})
    finished(assessment, alice)
    client.force_login(alice)
    page = client.get(f"/assessments/{assessment.pk}/what-if/").content.decode()
    assert 'name="vision-value"' in page
    assert 'name="vision-direction"' in page


def test_beside_few_answers_nothing_can_be_moved(assessment, alice, client):
    """Four people answered one question: how its pillar's level moves with another one would tell how."""
    answered(assessment, 4, every={"vision-direction"})
    finished(assessment, alice)
    client.force_login(alice)
    page = client.get(f"/assessments/{assessment.pk}/what-if/").content.decode()
    assert 'name="vision-value"' not in page
    assert 'name="vision-direction"' not in page


def test_only_who_runs_the_assessment_may_try(address, client, bob, charlie, version):
    client.post(address, {**all_of("vision", version), "name": "Mine"})
    scenario = Scenario.objects.get()
    for user in (bob, charlie):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.get(f"{address}{scenario.pk}/").status_code == 404
        assert client.post(f"{address}{scenario.pk}/remove").status_code == 404
    assert Scenario.objects.exists()


def test_a_scenario_opens_only_under_its_own_assessment(address, client, alice, northfield, version):
    client.post(address, {**all_of("vision", version), "name": "Mine"})
    scenario = Scenario.objects.get()
    other = assessments.start(organisation=northfield, bank_version=version, name="Other", by=alice)
    finished(other, alice)
    assert client.get(f"/assessments/{other.pk}/what-if/{scenario.pk}/").status_code == 404


def test_an_open_assessment_has_no_result_to_try_on(assessment, alice, client):
    client.force_login(alice)
    assert client.get(f"/assessments/{assessment.pk}/what-if/").status_code == 404

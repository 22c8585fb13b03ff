"""A pulse: its page, what it never shows, and what has no place in it."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from assessments import results
from assessments.actions import assessments
from assessments.models import Assessment, Result, UnitFigures
from assessments.privacy.result_erasure import lose_result
from tests.actions.test_units import grow
from tests.markup import flat
from tests.views.test_unit_results import answered

from .pulses import held, pulse_bank

FULL_ONLY = [
    "report.pdf", "result/report.docx", "result/report.pptx", "result/report.xlsx", "result/charts/dots.svg",
    "result/figures/", "what-if/", "commentary/", "roadmap/", "roadmap/status/", "workshop/", "share/",
]  # fmt: skip


@pytest.fixture
def bank(db):
    return pulse_bank()


@pytest.fixture
def hold(northfield, bank, alice):
    return lambda name, level, **given: held(northfield, bank, alice, name, level, **given)


@pytest.fixture
def full(hold):
    return hold("Q4 2025", lambda person, place: 2 + (person + place) % 2, days_ago=90)


def steps(person, place):
    return 3 + (person + place) % 2


def seen(assessment):
    """The questions whose mean everybody with access sees."""
    return results.assessment_result(assessment, reader=None, may_read_comments=False, outsider=True).means


def page(client, user, assessment):
    client.force_login(user)
    return flat(client.get(f"/assessments/{assessment.pk}/result/").text)


def test_a_pulse_shows_the_change_of_its_sixteen_questions(full, hold, client, alice):
    html = page(client, alice, hold("Pulse", steps, subset="pulse"))
    assert "These questions have risen since Q4 2025" in html
    assert html.count("<tr>") == 8 + 16
    assert "16 of the bank’s 56 questions" in html
    assert "a clear change" in html


def test_a_pulse_has_no_index_and_no_level_wherever_it_is_stored(full, hold):
    pulse = hold("Pulse", steps, subset="pulse")
    frozen = Result.objects.get(assessment=pulse)
    assert (frozen.index, frozen.level, frozen.change) == (None, None, None)
    assert {(row.score, row.level) for row in frozen.pillars.all()} == {(None, None)}
    assert '"score": null' in frozen.result and '"index": null' in frozen.result


@pytest.mark.parametrize("address", FULL_ONLY)
def test_what_needs_scores_is_not_there(address, hold, client, alice):
    pulse = hold("Pulse", steps, subset="pulse", people=1)
    client.force_login(alice)
    assert client.get(f"/assessments/{pulse.pk}/{address}").status_code == 404


def test_its_data_say_the_same_as_its_page(full, hold, client, alice):
    pulse = hold("Pulse", steps, subset="pulse")
    client.force_login(alice)
    data = json.loads(client.get(f"/assessments/{pulse.pk}/result/report.json").content)
    changes = {row["key"]: row["change"] for row in data["tables"]["pulse_pillars"]}
    assert data["subset"] == "pulse" and len(data["tables"]["questions"]) == 16
    assert len(data["tables"]["pulse_questions"]) == 16 and "pillars" not in data["tables"]
    assert changes[None] == pytest.approx(sum(v for k, v in changes.items() if k) / 8)
    assert client.get(f"/assessments/{pulse.pk}/result/report.csv").content[:3] == b"\xef\xbb\xbf"


def test_two_people_learn_nothing_of_each_other(full, hold, client, alice):
    html = page(client, alice, hold("Pulse", steps, subset="pulse", people=2))
    assert "Too few people answered to show what has changed" in html
    assert "<b>+" not in html and "<td>3.5" not in html


def test_three_people_get_means_and_no_interval(full, hold, client, alice):
    html = page(client, alice, hold("Pulse", lambda person, place: 4, subset="pulse", people=3))
    assert "With fewer than five people there is no interval" in html
    assert "<td>4.0</td>" in html


def test_a_pulse_shortly_after_a_result_of_nearly_the_same_people_shows_nothing(hold, client, alice):
    """Six people's mean and five people's mean of the same answers would tell the sixth person's."""
    hold("Full", steps, people=6, days_ago=3)
    html = page(client, alice, hold("Pulse", steps, subset="pulse", people=5))
    assert "Too few people answered to show what has changed" in html
    assert html.count("<td>–</td>") == 2 * 16  # now, and the change


def test_a_full_result_shortly_after_a_pulse_is_limited_too(hold):
    hold("Pulse", steps, subset="pulse", people=6, days_ago=3)
    assert seen(hold("Full", steps, people=5)) == frozenset()


def test_waiting_with_the_close_does_not_part_two_results_that_were_answered_at_once(hold):
    """The five answered the day after the full result; the lead closes the pulse three weeks later."""
    full = hold("Full", steps, people=6, days_ago=21)
    pulse = hold("Pulse", steps, subset="pulse", people=5, opened=full.closed_at + timedelta(days=1))
    assert seen(pulse) == frozenset()


def test_interviews_that_the_reader_records_do_not_part_two_results(hold, bank, alice):
    """Four people answered both, one of them only the full one, and the lead knows the five invented ones."""
    hold("Full", steps, people=10, interviews=range(5, 10), days_ago=3)
    assert seen(hold("Pulse", steps, subset="pulse", people=4)) == frozenset()


def test_four_people_asked_again_at_once_are_shown_nothing_more(hold):
    """Their full result hides what the pulse would show, and the other way round."""
    hold("Full", steps, people=4, days_ago=3)
    assert seen(hold("Pulse", steps, subset="pulse", people=4)) == frozenset()


def test_four_people_asked_again_after_three_weeks_are_shown_again(hold):
    hold("Full", steps, people=4, days_ago=21)
    assert len(seen(hold("Pulse", steps, subset="pulse", people=4))) == 16


def test_whoever_did_not_know_last_week_does_not_give_themselves_away(hold):
    """The mean of five answers less that of four would tell the fifth."""
    full = hold("Full", steps, people=6, days_ago=3)
    row = full.results.get()
    answers = json.loads(row.answers)
    answers["respondents"][0]["answers"]["vision-direction"] = "dont_know"
    Result.objects.filter(pk=row.pk).update(answers=json.dumps(answers))
    assert seen(hold("Pulse", steps, subset="pulse", people=6)) == frozenset()


@pytest.mark.parametrize(("days_ago", "shown"), [(3, 0), (30, 16)])
def test_an_erased_person_is_not_told_by_the_pulse_of_the_others(hold, days_ago, shown):
    """All five were shown; whoever kept that page could subtract the four from it."""
    lose_result(hold("Full", steps, people=5, days_ago=days_ago).participants.first())
    assert len(seen(hold("Pulse", steps, subset="pulse", people=4, first=1))) == shown


def test_the_same_people_may_be_asked_again_at_once(hold, client, alice):
    hold("Full", steps, people=5, days_ago=3)
    assert "No clear change since Full" in page(client, alice, hold("Pulse", steps, subset="pulse", people=5))


def test_a_full_result_is_compared_with_the_full_one_before_and_lists_the_pulses(full, hold, client, alice):
    hold("Pulse one", steps, subset="pulse", days_ago=60)
    hold("Pulse two", steps, subset="pulse", days_ago=30)
    later = hold("Q4 2026", steps)
    html = page(client, alice, later)
    assert Result.objects.get(assessment=later).compared_with.assessment == full
    assert html.index("Pulses in between") < html.index("Pulse one") < html.index("Pulse two")


def test_a_pulse_shows_no_scores_of_units_either(client, northfield, bank, alice):
    unit = grow(northfield, alice, ["North"])["North"]
    pulse = assessments.start(organisation=northfield, bank_version=bank, name="Pulse", by=alice, subset="pulse")
    Assessment.objects.filter(pk=pulse.pk).update(unit_kind="unit")  # as copied from the last assessment
    pulse.refresh_from_db()
    answered(pulse, unit, [3] * 6)
    assessments.close(assessment=pulse, by=alice)
    assert not UnitFigures.objects.exists()
    client.force_login(alice)
    assert client.get(reverse("units_result", args=[pulse.pk])).status_code == 404


def test_a_pulse_is_compared_with_the_pulse_before(full, hold, client, alice):
    hold("Pulse one", steps, subset="pulse", days_ago=30)
    assert "No clear change since Pulse one" in page(client, alice, hold("Pulse two", steps, subset="pulse"))


def test_the_first_of_all_says_so(hold, client, alice):
    html = page(client, alice, hold("Pulse", steps, subset="pulse"))
    assert "These questions have not been answered before" in html


def test_a_participant_does_not_see_an_earlier_result_that_is_not_theirs(full, hold, client, bob):
    from assessments.actions import assessments

    Assessment.objects.filter(pk=full.pk).update(state="closed")
    pulse = hold("Pulse", steps, subset="pulse")
    assessments.add_participant(assessment=pulse, user=bob, function="legal", by=bob)
    assert "have not been answered before" in page(client, bob, pulse)


def test_the_questionnaire_asks_only_the_subset(northfield, bank, alice, client):
    from assessments.actions import assessments

    pulse = assessments.start(
        organisation=northfield, bank_version=bank, name="P", by=alice, subset="pulse", function="ceo"
    )
    client.force_login(alice)
    assert client.get(f"/assessments/{pulse.pk}/pillars/vision/").text.count('class="question"') == 2
    assert "0 of 16 questions answered" in flat(client.get(f"/assessments/{pulse.pk}/").text)
    assert client.get(f"/assessments/{pulse.pk}/pillars/vision/colleague/").status_code == 404
    content = {"choice": "3", "revision": 0}
    for key, status in (("vision-direction", 200), ("vision-value", 404)):
        sent = client.put(f"/assessments/{pulse.pk}/answers/{key}", json.dumps(content), "application/json")
        assert sent.status_code == status, sent.content

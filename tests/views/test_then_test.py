"""Last time as people see it now: who is asked, that nothing is mixed, and what the result says."""

import pytest

from assessments import access
from assessments.actions import answering, assessments
from assessments.formats.bank import read_bank
from assessments.models import Assessment, Result, Submission, ThenRating, User
from assessments.scoring.answers import Respondent
from assessments.scoring.then_test import shift
from tests.markup import flat

from .pulses import held, pulse_bank

BANK = read_bank("fixtures/ai-leadership-2.yaml")


@pytest.fixture
def bank(db):
    return pulse_bank()


@pytest.fixture
def now(northfield, bank, alice):
    """A pulse that three of the people of a full assessment have answered, still open, with the option."""
    held(northfield, bank, alice, "Q4 2025", lambda person, place: 3, people=5, days_ago=90)
    started = assessments.start(organisation=northfield, bank_version=bank, name="Now", by=alice, subset="pulse")
    Assessment.objects.filter(pk=started.pk).update(then_test=True)
    for number in range(3):
        user = User.objects.get(email=f"p{number}@northfield.example")
        assessments.add_participant(assessment=started, user=user, function="technology", by=alice)
        answering.submit(submission=access.submission_for(user, started.pk), by=user)
    return Assessment.objects.get(pk=started.pk)


def address(assessment, rest=""):
    return f"/assessments/{assessment.pk}/last-time/{rest}"


def rate(assessment, people, level):
    for number in range(people):
        user = User.objects.get(email=f"p{number}@northfield.example")
        submission = access.submission_for(user, assessment.pk)
        answering.rate_last_time(submission=submission, levels=dict.fromkeys(assessment.questions_asked(), level))


def result_page(assessment, client, alice):
    assessments.close(assessment=assessment, by=alice)
    client.force_login(alice)
    return flat(client.get(f"/assessments/{assessment.pk}/result/").text)


def test_the_example_of_the_method():
    then = {name: Respondent(name, answers={"vision-direction": level}) for name, level in zip("abc", (3, 3, 4), strict=True)}  # fmt: skip
    now = {name: {"vision-direction": level} for name, level in zip("abc", (2, 2, 3), strict=True)}
    found = shift(BANK, then, now)
    assert (found.people, found.mean, found.is_clear) == (3, pytest.approx(-1), True)
    assert found.half_width == pytest.approx(0.6883, abs=1e-4)
    assert shift(BANK, then, dict(list(now.items())[:2])) is None
    assert shift(BANK, {}, now) is None


def test_whoever_answered_last_time_is_asked_pillar_by_pillar_without_the_earlier_answer(now, client):
    user = User.objects.get(email="p0@northfield.example")
    client.force_login(user)
    assert "Rate last time as you see it now" in flat(client.get(f"/assessments/{now.pk}/").text)
    page = client.get(address(now)).text
    assert page.count('type="radio"') == 10 and "checked" not in page
    sent = client.post(address(now, "vision/"), {"vision-direction": "2"})
    assert sent["Location"].endswith("/last-time/culture/")
    rating = ThenRating.objects.get()
    assert (rating.question.key, rating.level) == ("vision-direction", 2)
    assert not Submission.objects.get(participant__user=user, participant__assessment=now).answers.exists()


def test_the_result_says_that_standards_have_risen(now, client, alice):
    rate(now, 3, 2)
    html = result_page(now, client, alice)
    assert "3 people now rate last time 1.0 lower than they did then" in html
    assert "standards have risen" in html


def test_the_interval_of_three_people_is_nowhere(now, client, alice):
    """With the mean it would tell each of them how the other two rated."""
    rate(now, 3, 2)
    assert "90% interval" not in result_page(now, client, alice)
    facts = client.get(f"/assessments/{now.pk}/result/report.json").json()["tables"]["about"]
    assert Result.objects.get(assessment=now).then_margin
    assert [row["value"] for row in facts if row["fact"] == "Half of its 90% interval"] == [None]


def test_two_people_are_too_few(now, client, alice):
    rate(now, 2, 2)
    assert "now rate last time" not in result_page(now, client, alice)
    assert Result.objects.get(assessment=now).then_shift is None


def test_ratings_change_no_figure(now, alice):
    rate(now, 3, 1)
    frozen = assessments.close(assessment=now, by=alice)
    assert '"n": 1' not in frozen.result and frozen.index is None


def test_nobody_is_asked_who_was_not_there_or_where_the_option_is_off(now, bob, alice, client):
    assessments.add_participant(assessment=now, user=bob, function="legal", by=alice)
    answering.submit(submission=access.submission_for(bob, now.pk), by=bob)
    client.force_login(bob)
    assert client.get(address(now)).status_code == 302
    Assessment.objects.filter(pk=now.pk).update(then_test=False)
    client.force_login(User.objects.get(email="p0@northfield.example"))
    assert client.get(address(now)).status_code == 302
    assert "see it now" not in client.get(f"/assessments/{now.pk}/").text


def test_ratings_end_with_the_assessment(now, alice):
    user = User.objects.get(email="p0@northfield.example")
    submission = access.submission_for(user, now.pk)
    assessments.close(assessment=now, by=alice)
    with pytest.raises(answering.AnsweringClosedError):
        answering.rate_last_time(submission=submission, levels=dict.fromkeys(now.questions_asked(), 2))


def test_outsiders_learn_nothing(now, charlie, client):
    client.force_login(charlie)
    assert client.get(address(now)).status_code == 404

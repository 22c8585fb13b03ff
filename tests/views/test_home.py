"""Home: what waits for a person, and what moves in the assessments they manage."""

import datetime
import re

import pytest
from django.utils import timezone

from assessments.actions import answering, assessments
from assessments.models import Assessment, Consultancy, Engagement, Participant, User
from tests.conftest import submission_of
from tests.mailbox import browser_of
from tests.markup import flat
from tests.views.many import assessments_by_the_thousand


def home_of(user, **query):
    return flat(browser_of(user).get("/home/", query).content.decode())


def test_whoever_only_answers_finds_one_button(assessment, bob):
    page = home_of(bob)
    assert page.count('class="button"') == 1
    assert re.search(rf'class="button" href="/assessments/{assessment.pk}/"> ?Start answering', page)
    submission_of(assessment, bob)
    assert "Continue answering" in home_of(bob)
    assert "Assessments you manage" not in page


def test_what_is_submitted_is_completed(assessment, submission, bob):
    answering.submit(submission=submission, by=bob)
    page = home_of(bob)
    assert page.index("Completed assessments") < page.index("Submitted")
    assert "Start answering" not in page


def test_a_lead_sees_who_is_missing_what_is_overdue_and_what_came_in(assessment, submission, alice, bob):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Assessment.objects.update(due_on=yesterday)
    Participant.objects.create(assessment=assessment, name="Carol")
    Participant.objects.create(assessment=assessment)
    page = home_of(alice)
    assert "Not yet submitted: Alice, Bob, Carol and 1 more" in page
    assert "· 0 of 4 submitted · overdue since" in page
    answering.submit(submission=submission, by=bob)
    page = home_of(alice)
    assert page.index("Came in lately") < page.index(">Bob</a>")
    Participant.objects.exclude(user=bob).delete()
    assert "Everyone has submitted: you can close it." in home_of(alice)


def test_the_most_urgent_is_first(northfield, version, alice):
    today = timezone.localdate()
    for name, days in (("Later", 20), ("Soon", 2)):
        due_on = today + datetime.timedelta(days=days)
        assessments.start(organisation=northfield, bank_version=version, name=name, by=alice, due_on=due_on)
    assessments.close(
        assessment=assessments.start(organisation=northfield, bank_version=version, name="Over", by=alice), by=alice
    )
    names = re.findall(r"> ?Northfield, (\w+) ?</a>", home_of(alice))
    assert names == ["Soon", "Later", "Over"]


def test_an_executive_reads_neither_client_nor_portfolio(assessment, alice, bob):
    for user in (alice, bob):
        words = re.sub(r"<[^>]+>", " ", home_of(user)).lower()
        assert "client" not in words and "portfolio" not in words


def test_two_hundred_assessments_cost_no_more_and_stay_small(alice, bob, version, django_assert_max_num_queries):
    assessments_by_the_thousand(alice, 40, 5)
    many = Assessment.objects.filter(state="open")
    Participant.objects.bulk_create(Participant(assessment=each, user=alice) for each in many)
    browser = browser_of(alice)
    browser.get("/home/")
    with django_assert_max_num_queries(15):
        page = browser.get("/home/")
    assert len(page.content) < 60_000
    assert len(page.context["home"].managed) == 10


def test_what_is_completed_and_the_organisations_are_paged(alice, version):
    made = assessments_by_the_thousand(alice, 12, 3)
    Participant.objects.bulk_create(Participant(assessment=r, user=alice) for r in made if r.state == "released")
    page = browser_of(alice).get("/home/", {"page": 2, "organisations": 2}).context["home"]
    assert (len(page.done), len(page.led)) == (2, 2)
    assert "organisations=1" in home_of(alice, organisations=2)


def test_a_consultant_lands_on_the_portfolio_and_staff_on_the_administration(assessment, northfield, bob):
    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    assert browser_of(dana).get("/home/")["Location"] == "/portfolio/"
    Participant.objects.create(assessment=assessment, user=dana)
    assert "Start answering" in home_of(dana), "what is theirs comes first"
    staff = User.objects.create_user("staff@example.org", is_staff=True)
    assert browser_of(staff).get("/home/")["Location"] == "/admin/"


@pytest.mark.parametrize("words", ["Benchmarks", "Delete organisation"])
def test_deleting_an_organisation_is_not_beside_its_benchmarks(northfield, alice, words):
    assert words not in home_of(alice)
    assert words in browser_of(alice).get(f"/organisations/{northfield.pk}/").content.decode()

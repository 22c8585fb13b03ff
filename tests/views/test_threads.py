"""Threads in a named assessment, by name and at once; the page with everything on one question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from assessments import access
from assessments.actions import threads
from assessments.models import (
    AgreedAnswer,
    Answer,
    Assessment,
    Membership,
    Participant,
    Question,
    RoadmapAction,
    Thread,
    User,
)
from assessments.operations import thread_digest
from assessments.pages.threads import printed_thread
from assessments.results.bank import bank_of
from tests.mailbox import BASE, browser_of
from tests.views.test_results import another, answered, finished

KEY = "vision-direction"


@pytest.fixture
def named(assessment):
    Assessment.objects.filter(pk=assessment.pk).update(confidentiality="named")
    answered(assessment, 3, every={KEY, "vision-value"})
    return Assessment.objects.get(pk=assessment.pk)


@pytest.fixture
def lead(alice):
    return browser_of(alice)


def person(number):
    return User.objects.get(email=f"p{number}@northfield.example")


def part(number):
    return Participant.objects.get(user=person(number))


def asked(lead, assessment, text="Which board minute?", numbers=(0,)):
    people = [str(part(number).pk) for number in numbers]
    response = lead.post(f"/assessments/{assessment.pk}/questions/{KEY}/ask/", {"people": people, "text": text})
    assert response.status_code == 302
    return Thread.objects.get()


def test_question_reply_and_close_by_name(named, lead, alice, emails):
    thread = asked(lead, named)
    page = f"/assessments/{named.pk}/threads/{thread.pk}/"
    phone = browser_of(person(0))
    assert "There is a question about your answer" in phone.get("/home/").content.decode()
    assert thread_digest.send_due(base_url=BASE) == 1
    assert "minute" not in emails[-1].body
    assert phone.post(page, {"text": "That of 7 May"}).status_code == 302
    assert "There is a question about your answer" not in phone.get("/home/").content.decode()
    shown = lead.get(page).content.decode()
    assert "That of 7 May" in shown
    assert "Person 0" in shown
    assert phone.post(f"{page}close", {"finish": ""}).status_code == 302
    assert phone.post(page, {"text": "More"}).status_code == 200  # read only: there is no form any more
    assert "This thread is closed" in lead.get(page).content.decode()
    assert thread.entries.count() == 1


def test_a_mention_brings_somebody_in(named, lead):
    thread = asked(lead, named, text="What do you say, @person 2? And @Person 22?")
    assert {voice.participant for voice in thread.voices.all()} == {part(0), part(2)}
    page = f"/assessments/{named.pk}/threads/{thread.pk}/"
    assert browser_of(person(2)).get(page).status_code == 200
    assert browser_of(person(1)).get(page).status_code == 404


def test_a_mention_in_a_confidential_assessment_brings_in_nobody(named):
    Assessment.objects.filter(pk=named.pk).update(confidentiality="confidential")
    assert threads.mentioned(Assessment.objects.get(pk=named.pk), "@Person 2") == []


def test_only_participants_who_submitted_are_asked(named, alice, bob):
    question = Question.objects.get(pillar__version=named.bank_version, key=KEY)
    other = Participant.objects.get(assessment=named, user=bob)
    with pytest.raises(threads.NotOfferedError):
        threads.ask_people(assessment=named, question=question, people=[other], text="You?", by=alice)


def test_a_double_click_replies_once(named, lead):
    thread = asked(lead, named)
    voice = thread.voices.get()
    assert threads.reply(voice=voice, text="Once") == threads.reply(voice=voice, text="Once")


def test_the_question_page_has_everything(named, lead, alice):
    Answer.objects.filter(question__key=KEY).update(comment="It is in the plan", evidence_text="Plan, page 3")
    asked(lead, named)
    finished(named, alice)
    named.refresh_from_db()
    question = Question.objects.get(pillar__version=named.bank_version, key=KEY)
    AgreedAnswer.objects.create(assessment=named, question=question, level=3, reason="We looked at the plan")
    RoadmapAction.objects.create(assessment=named, question=KEY, title="Write it down", horizon="90d")
    page = lead.get(f"/assessments/{named.pk}/questions/{KEY}/").content.decode()
    for words in ("It is in the plan", "Plan, page 3", "Which board minute?", "We looked at the plan", "Write it down"):
        assert words in page
    assert page.count('class="chart spread"') == 1
    reader = browser_of(person(1)).get(f"/assessments/{named.pk}/questions/{KEY}/").content.decode()
    assert "It is in the plan" not in reader
    assert "Which board minute?" not in reader
    assert "We looked at the plan" in reader


def test_the_question_page_compares_assessments(named, lead, alice):
    finished(named, alice)
    later = another(named, alice, "Q2 later")
    answered(later, 2, every={KEY})
    finished(later, alice)
    page, few = counted(lead, later)
    assert "Over time" in page
    assert named.name in page
    assert "not shown" in page  # two people answered the later, confidential one
    last = another(named, alice, "Q3 last")
    answered(last, 1, every={KEY})
    finished(last, alice)
    page, more = counted(lead, last)
    assert all(name in page for name in (named.name, later.name, last.name))
    assert more == few


def counted(browser, assessment):
    """The page of the question, once the bank is cached, and its number of queries."""
    address = f"/assessments/{assessment.pk}/questions/{KEY}/"
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = browser.get(address).content.decode()
    return page, len(queries)


def test_an_unknown_question_is_not_found(named, lead):
    assert lead.get(f"/assessments/{named.pk}/questions/nothing/").status_code == 404
    assert lead.get(f"/assessments/{named.pk}/questions/nothing/ask/").status_code == 404


def test_a_second_lead_reads_and_closes_the_thread(named, lead, bob):
    thread = asked(lead, named)
    Membership.objects.update_or_create(organisation=named.organisation, user=bob, defaults={"role": "lead"})
    browser_of(bob).post(f"/assessments/{named.pk}/threads/{thread.pk}/close", {"close": ""})
    assert Thread.objects.get().is_closed


def test_the_csv_has_the_words_of_the_pages(named, lead):
    thread = asked(lead, named, text="=1+1")
    threads.reply(voice=thread.voices.get(), text="That of 7 May")
    file = lead.get(f"/assessments/{named.pk}/threads/threads.csv").content.decode()
    assert "'=1+1" in file
    assert "That of 7 May" in file
    assert "Person 0" in file


def test_a_named_thread_is_printed_with_names_and_days(named, lead, alice):
    thread = asked(lead, named)
    threads.reply(voice=thread.voices.get(), text="That of 7 May")
    ((row, entries),) = access.threads_with_entries(named)
    printed, day = printed_thread(bank_of(named.bank_version), row, entries), date_format(thread.today)
    assert printed.addressed == "Person 0"
    assert printed.texts == ((f"{alice}, {day}", "Which board minute?"), (f"Person 0, {day}", "That of 7 May"))

"""Answering for somebody in an interview, on the pages."""

import pytest

from assessments import results
from assessments.actions import answering, assessments, interviews
from assessments.actions.answering import Given
from assessments.models import Answer, Membership, Question, Submission, User
from tests.mailbox import browser_of
from tests.markup import flat


@pytest.fixture
def lead(alice):
    return browser_of(alice)


@pytest.fixture
def person(assessment, bob):
    return assessment.participants.get(user=bob)


@pytest.fixture
def manage(assessment):
    return f"/assessments/{assessment.pk}/manage/"


@pytest.fixture
def recorded(person, alice):
    return interviews.begin(participant=person, by=alice)


@pytest.fixture
def base(recorded):
    return f"/assessments/{recorded.pk}/"


def said(response):
    return [str(message) for message in response.context["messages"]]


def begin(browser, assessment, person):
    return browser.post(f"/assessments/{assessment.pk}/people/{person.pk}/interview", follow=True)


def test_a_lead_records_what_somebody_says(lead, assessment, person, manage, emails, alice):
    assert "Interview<" in lead.get(manage).content.decode()
    page = begin(lead, assessment, person)
    submission = Submission.objects.get(participant=person)
    base = f"/assessments/{submission.pk}/"
    assert "You are recording what Bob says in an interview." in page.content.decode()
    assert f'href="{base}pillars/vision/"' in page.content.decode()
    page = lead.get(base + "pillars/vision/").content.decode()
    assert "You are recording what Bob says" in page
    assert f'data-answers="{base}answers/-"' in page
    assert "colleague/" not in page
    put = {"choice": "4", "revision": "0"}
    saved = lead.put(base + "answers/vision-direction", put, "application/json")
    assert saved.status_code == 200
    assert (Answer.objects.get().level, Answer.objects.get().answered_by) == (4, alice)
    done = lead.post(base + "submit/", follow=True)
    assert said(done) == ["The answers of Bob are submitted. A confirmation link is on its way."]
    assert "recorded by Alice in an interview, not confirmed" in flat(done.content.decode())
    assert emails[-1].subject == "Please confirm your answers: Northfield, Q4"


def test_whoever_records_is_not_told_that_the_answers_are_theirs(base, lead, emails):
    pages = [lead.get(base + page).content.decode() for page in ("", "pillars/vision/", "review/")]
    lead.post(base + "submit/")
    pages += [lead.get(base + page).content.decode() for page in ("", "review/")]
    for words in ("Your assessment<", "Your answers are", "Review your answers", "no one sees who answered what"):
        assert not any(words in page.split("<main")[1] for page in pages), words
    assert "Bob has not confirmed them yet." in pages[3]


def test_a_button_pressed_twice_asks_once(base, lead, emails):
    told = [said(lead.post(base + "submit/", follow=True))[0] for _time in range(2)]
    assert told[0].endswith("on its way.")
    assert told[1] == "The answers of Bob are submitted."
    assert len(emails) == 1


def test_the_person_reads_and_confirms(base, lead, manage, emails):
    lead.post(base + "submit/")
    address = "/interviews/" + emails[-1].body.split("/interviews/")[1].split("\n")[0]
    anybody = browser_of()
    assert "Is this what you said?" in anybody.get(address).content.decode()
    assert Submission.objects.get().confirmed_at is None, "looking confirms nothing"
    assert "Your answers are confirmed" in anybody.post(address, follow=True).content.decode()
    assert "in an interview, confirmed" in lead.get(manage).content.decode()


def test_a_closed_assessment_may_still_be_confirmed(base, lead, manage, emails, assessment, person, alice):
    lead.post(base + "submit/")
    assessments.close(assessment=assessment, by=alice)
    ask = f"/assessments/{assessment.pk}/people/{person.pk}/ask"
    assert f'formaction="{ask}"' in lead.get(manage).content.decode()
    assert said(lead.post(ask, follow=True)) == ["A confirmation link is on its way to Bob."]
    browser_of().post("/interviews/" + emails[-1].body.split("/interviews/")[1].split("\n")[0])
    page = lead.get(manage).content.decode()
    assert "in an interview, confirmed" in page
    assert 'aria-labelledby="h-people"' not in page, "there is nothing left to press"
    assert results.interviews_of(assessment).unconfirmed == 0


def test_the_person_is_told_on_their_own_pages(recorded, assessment, bob):
    for page in ("", "pillars/vision/", "review/"):
        html = browser_of(bob).get(f"/assessments/{assessment.pk}/{page}").content.decode()
        assert "Alice records these answers in an interview with you, and sees them." in html


def test_own_answers_of_an_earlier_round_are_not_shown_to_who_records(assessment, northfield, version, bob, alice):
    later = assessments.start(organisation=northfield, bank_version=version, name="Later", by=alice)
    again = assessments.add_participant(assessment=later, user=bob, function="legal", by=alice)
    first = Submission.objects.create(participant=assessment.participants.get(user=bob))
    question = Question.objects.get(key="vision-direction")
    answering.save_answer(submission=first, question=question, given=Given(choice="2"), revision=0, by=bob)
    answering.submit(submission=first, by=bob)
    recorded = interviews.begin(participant=again, by=alice)
    own = browser_of(bob).get(f"/assessments/{later.pk}/pillars/vision/").content
    assert b"last round" in own
    theirs = browser_of(alice).get(f"/assessments/{recorded.pk}/pillars/vision/").content
    assert b"last round" not in theirs


def test_what_somebody_began_alone_stays_theirs(lead, assessment, person, submission):
    assert said(begin(lead, assessment, person)) == ["Bob has already started answering; nothing was changed."]
    for page in ("", "pillars/vision/", "review/"):
        assert lead.get(f"/assessments/{submission.pk}/{page}").status_code == 404


def test_another_lead_does_not_read_along(base, northfield):
    other = User.objects.create_user("lee@northfield.example")
    Membership.objects.create(organisation=northfield, user=other, role="lead")
    for page in ("", "pillars/vision/", "review/"):
        assert browser_of(other).get(base + page).status_code == 404


def test_who_runs_the_assessment_no_more_records_no_more(base, lead, alice):
    assert lead.get(base).status_code == 200
    Membership.objects.filter(user=alice).delete()
    for page in ("", "pillars/vision/", "review/"):
        assert lead.get(base + page).status_code == 404
    assert lead.put(base + "answers/vision-direction", {"choice": "4"}, "application/json").status_code == 404


def test_a_closed_assessment_shows_the_recorder_nothing(base, lead, assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    assert lead.get(base + "review/").status_code == 404


def test_an_interview_passes_no_pillar_on(base, lead):
    assert lead.get(base + "pillars/vision/colleague/").status_code == 404
    assert "colleague/" not in lead.get(base).content.decode()

"""Reading one's answers through, and submitting them."""

import pytest
from django.test import Client
from django.utils import timezone

from assessments import access
from assessments.actions import answering, assessments
from assessments.models import Answer, AuditEvent, Question, SharedResult, Submission
from tests.views.tab import Tab

KEY = "vision-direction"


@pytest.fixture
def tab(assessment, bob):
    return Tab(bob, assessment)


def review(tab):
    return tab.client.get(tab.base + "review/").content.decode()


def test_gaps_come_first_and_sections_without_any_answer_take_one_line(tab):
    tab.put(KEY, choice="3", revision=0)
    page = review(tab)
    assert "1 of 56 questions answered." in page
    assert "55 questions without an answer" in page
    assert page.count("No answer yet") == 6
    assert page.count("7 questions, none answered") == 7
    assert page.index("55 questions without an answer") < page.index("Submit assessment")


def test_dont_knows_are_counted(tab):
    tab.put(KEY, choice="dont_know", revision=0)
    tab.put("culture-data", choice="dont_know", revision=0)
    assert "2 of them with “I don’t know”." in review(tab)


def test_every_answer_can_be_changed_and_leads_back_here(tab):
    tab.put(KEY, choice="3", revision=0)
    assert f'href="{tab.base}pillars/vision/?review#{KEY}"' in review(tab)


def test_everything_a_person_wrote_can_be_read(tab):
    tab.put(
        KEY, choice="3", comment="A comment", evidence_grade="2", evidence_text="A plan", evidence_link="example.org",
        revision=0,
    )  # fmt: skip
    page = review(tab)
    assert [
        words for words in ("A comment", "Document cited", "A plan", "https://example.org") if words not in page
    ] == []


def test_what_was_written_without_choosing_can_be_read_too(tab, assessment, alice):
    tab.put(KEY, comment="Only a comment", revision=0)
    assert "Only a comment" in tab.open().content.decode()
    assessments.close(assessment=assessment, by=alice)
    assert "Only a comment" in review(tab)


def test_submitting_locks_and_thanks(tab, bob):
    tab.put(KEY, choice="3", revision=0)
    page = tab.client.post(tab.base + "submit/", follow=True).content.decode()
    assert "Your answers are submitted. Thank you." in page
    assert Submission.objects.get(participant__user=bob).is_submitted
    assert tab.put(KEY, choice="4", revision=1).status_code == 409
    assert "Submit assessment" not in review(tab)


def test_submitting_twice_is_once(tab):
    moments = set()
    for _time in range(2):
        assert tab.client.post(tab.base + "submit/").status_code == 302
        moments.add(Submission.objects.submitted().get().submitted_at)
    assert len(moments) == 1
    assert AuditEvent.objects.filter(verb="submitted").count() == 1


def test_a_gap_does_not_keep_anybody_from_submitting(tab):
    tab.client.get(tab.base)
    assert tab.client.post(tab.base + "submit/").status_code == 302
    assert Submission.objects.submitted().count() == 1
    assert not Answer.objects.exists()


def test_a_closed_assessment_takes_no_submission(tab, submission, assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    response = tab.client.post(tab.base + "submit/")
    assert response.status_code == 409
    assert "Nothing was changed" in response.content.decode()
    assert not Submission.objects.submitted().exists()


def test_alone_submitting_leads_to_the_result(alone, alice):
    tab = Tab(alice, alone)
    access.submission_for(alice, alone.pk)
    tab.put(KEY, choice="3", revision=0)
    for _time in range(2):
        assert tab.client.post(tab.base + "submit/", {"confirmed": "1"})["Location"] == f"{tab.base}result/"
    assert tab.client.get(f"{tab.base}result/").status_code == 200


@pytest.mark.parametrize(("answers", "question"), [(0, "Submit without an answer?"), (1, "Submit with gaps?")])
def test_alone_submitting_with_gaps_asks_first(alone, alice, answers, question):
    tab = Tab(alice, alone)
    access.submission_for(alice, alone.pk)
    if answers:
        tab.put(KEY, choice="3", revision=0)
    page = tab.client.post(tab.base + "submit/").content.decode()
    assert question in page
    assert f"{answers} of 56 questions answered." in " ".join(page.split())
    assert not Submission.objects.submitted().exists()
    tab.client.post(tab.base + "submit/", {"confirmed": "1"})
    assert Submission.objects.submitted().exists()


def test_alone_with_every_answer_nothing_is_asked(alone, alice):
    tab = Tab(alice, alone)
    submission = access.submission_for(alice, alone.pk)
    questions = Question.objects.filter(pillar__version=alone.bank_version)
    Answer.objects.bulk_create(Answer(submission=submission, question=question, level=3) for question in questions)
    assert tab.client.post(tab.base + "submit/")["Location"] == f"{tab.base}result/"


def test_alone_answers_are_reopened_until_a_report_is_downloaded(alone, alice):
    tab, reopening = Tab(alice, alone), f"/assessments/{alone.pk}/reopen/"
    access.submission_for(alice, alone.pk)
    tab.put(KEY, choice="3", revision=0)
    tab.client.post(tab.base + "submit/", {"confirmed": "1"})
    assert reopening in tab.client.get(tab.base).content.decode()
    assert "Reopen the assessment?" in tab.client.get(reopening).content.decode()
    assert tab.client.post(reopening)["Location"] == tab.base
    alone.refresh_from_db()
    assert alone.is_open and not alone.results.exists()
    assert Answer.objects.get().level == 3
    tab.client.post(tab.base + "submit/", {"confirmed": "1"})
    assert tab.client.get(f"{tab.base}result/report.csv").status_code == 200
    assert reopening not in tab.client.get(tab.base).content.decode()
    for method in ("get", "post"):
        page = getattr(tab.client, method)(reopening, follow=True).content.decode()
        assert "until somebody has downloaded its result" in page
    assert alone.results.exists()


def test_alone_answers_stay_closed_once_a_board_member_has_opened_the_result(alone, alice):
    answering.submit(submission=access.submission_for(alice, alone.pk), by=alice)
    alone.refresh_from_db()
    link = SharedResult.objects.create(
        assessment=alone, email="board@northfield.example", name="Board", expires_at=timezone.now(), invited_by=alice
    )
    assert assessments.may_reopen(alone)
    link.opened_at = timezone.now()
    link.save()
    assert not assessments.may_reopen(alone)


def test_an_assessment_of_several_is_not_reopened_whole(tab, alice, assessment):
    assessments.close(assessment=assessment, by=alice)
    assessments.release(assessment=assessment, by=alice)
    with pytest.raises(assessments.WrongStateError):
        assessments.reopen_for_one(assessment=assessment, by=alice)
    assert tab.client.post(f"/assessments/{assessment.pk}/reopen/").status_code == 404  # bob does not manage it


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_was_signed_out_begins_at_the_review(method, assessment):
    base = f"/assessments/{assessment.pk}/"
    response = getattr(Client(), method)(base + "submit/")
    assert response["Location"] == f"/accounts/login/?next={base}review/"


def test_a_bookmarked_submit_leads_to_the_review(tab):
    assert tab.client.get(tab.base + "submit/")["Location"] == tab.base + "review/"
    assert not Submission.objects.submitted().exists()


@pytest.mark.parametrize("rest", ["review/", "submit/", ""])
def test_an_outsider_finds_nothing(rest, assessment, charlie):
    outsider = Tab(charlie, assessment)
    assert outsider.client.get(outsider.base + rest).status_code == 404
    assert outsider.client.post(outsider.base + "submit/").status_code == 404


def test_the_receipt_counts_people_and_names_nobody(tab, alice, assessment):
    tab.client.post(tab.base + "submit/")
    page = tab.client.get(tab.base).content.decode()
    assert "1 of 2 has answered." in page
    assert "Alice" not in page


@pytest.mark.parametrize("answers", [1, 7])
def test_the_review_costs_the_same_whatever_is_answered(answers, tab, django_assert_max_num_queries):
    for name in ("direction", "value", "problems", "unity", "steering", "funding", "visible")[:answers]:
        tab.put(f"vision-{name}", choice="3", revision=0)
    with django_assert_max_num_queries(9):
        review(tab)

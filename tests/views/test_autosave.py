"""What the page's script may rely on: every status of a save, and that nothing is ever overwritten unseen."""

import datetime
import json
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from assessments.actions import answering, assessments
from assessments.models import Answer, Session
from tests.views.tab import Tab

KEY = "vision-direction"
ALLOWS_NA = "talent-hiring"
WHOLE = {"reason": "", "comment": "", "evidence_grade": "", "evidence_text": "", "evidence_link": ""}


@pytest.fixture
def tab(assessment, bob):
    return Tab(bob, assessment)


def stands():
    answer = Answer.objects.get()
    return answer.choice, answer.comment, answer.revision


def test_a_choice_is_saved_with_its_revision_and_moment(tab, bob):
    response = tab.put(KEY, choice="3", revision=0)
    answer = Answer.objects.get()
    assert (response.status_code, response.json()) == (
        200,
        {"revision": 1, "saved_at": answer.saved_at.isoformat()},
    )
    assert (answer.choice, answer.question.key, answer.answered_by) == ("3", KEY, bob)


def test_an_answer_may_not_be_remembered_by_a_browser(tab):
    assert "no-store" in tab.put(KEY, choice="3", revision=0)["Cache-Control"]


def test_saving_the_same_twice_changes_nothing(tab):
    sent = {
        "choice": "3",
        "reason": "",
        "comment": "So",
        "evidence_grade": "",
        "evidence_text": "",
        "evidence_link": "",
    }
    first = tab.put(KEY, **sent, revision=0).json()
    assert tab.put(KEY, **sent, revision=0).json() == first
    assert tab.put(KEY, **sent, revision=1).json() == first


@pytest.mark.parametrize("sent", [{"choice": "3"}, {"choice": "3"} | WHOLE], ids=["part", "whole"])
def test_a_save_that_comes_twice_is_one(tab, sent):
    """As a proxy sends it again whose first reply broke off."""
    sent = {**sent, "revision": 0, "page": "aaaaaaaaaaaa", "save": 1}
    first, second = tab.put(KEY, **sent), tab.put(KEY, **sent)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json() == first.json()
    assert stands() == ("3", "", 1)


def test_a_save_that_comes_twice_does_not_hide_what_another_page_wrote_between(tab):
    first = {"choice": "3", "revision": 0, "page": "aaaaaaaaaaaa", "save": 1}
    tab.put(KEY, **first)
    tab.put(KEY, choice="3", comment="Read me", revision=1, page="bbbbbbbbbbbb", save=1)
    again = tab.put(KEY, **first)
    assert (again.status_code, again.json()["other"]["comment"]) == (409, "Read me")


def test_fields_left_out_stay_as_they_stand(tab):
    tab.put(KEY, choice="3", comment="So", revision=0)
    tab.put(KEY, choice="4", revision=1)
    assert stands() == ("4", "So", 2)
    tab.put(KEY, comment="Otherwise", revision=2)
    assert stands() == ("4", "Otherwise", 3)


def test_a_stale_save_is_refused_with_what_stands(tab):
    tab.put(KEY, choice="3", revision=0)
    tab.put(KEY, choice="4", comment="Newer", evidence_grade="2", revision=1)
    response = tab.put(KEY, choice="5", revision=1)
    assert response.status_code == 409
    other = response.json()["other"]
    assert (other["choice"], other["comment"], other["evidence_grade"], other["revision"]) == ("4", "Newer", "2", 2)
    assert other["saved_at"] == Answer.objects.get().saved_at.isoformat()
    assert stands() == ("4", "Newer", 2)


@pytest.mark.parametrize("revision", [2, 999_999_999, -1, "x", "", None, 1.0, [], {}, True, "١", "9" * 40])
def test_a_revision_that_is_not_the_one_that_stands_overwrites_nothing(tab, revision):
    tab.put(KEY, choice="3", revision=0)
    assert tab.put(KEY, choice="4", revision=revision).status_code == 409
    assert stands() == ("3", "", 1)


def test_the_same_page_may_change_its_answer_whatever_became_of_the_reply(tab):
    page = {"page": "0123456789ab"}
    tab.put(KEY, choice="3", revision=0, save=1, **page)
    assert tab.put(KEY, choice="4", revision=0, save=2, **page).status_code == 200
    assert stands() == ("4", "", 2)


def test_an_earlier_save_of_the_same_page_never_lands_on_top_of_a_later_one(tab):
    page = {"page": "0123456789ab"}
    tab.put(KEY, choice="4", revision=0, save=2, **page)
    assert tab.put(KEY, choice="3", revision=0, save=1, **page).status_code == 409
    assert stands() == ("4", "", 1)


def test_a_choice_taken_back_stays_so_when_the_save_of_it_comes_late(tab):
    tab.put(KEY, choice="3", revision=0, page="aaaaaaaaaaaa", save=1)
    tab.put(KEY, choice="3", **WHOLE, revision=1, page="bbbbbbbbbbbb", save=2)
    assert tab.put(KEY, choice="4", **WHOLE, revision=1, page="bbbbbbbbbbbb", save=1).status_code == 409
    assert stands() == ("3", "", 1)


def test_a_first_choice_taken_back_stays_so_when_the_save_of_it_comes_late(tab):
    tab.put(KEY, choice="", revision=0, page="bbbbbbbbbbbb", save=2)
    assert tab.put(KEY, choice="4", revision=0, page="bbbbbbbbbbbb", save=1).status_code == 409
    assert stands() == ("", "", 0)
    assert tab.put(KEY, choice="5", revision=0, page="cccccccccccc", save=1).status_code == 200
    assert stands() == ("5", "", 1)


@pytest.mark.parametrize("others", [1, 7])
def test_it_stays_so_when_other_pages_say_the_same_meanwhile(tab, others):
    tab.put(KEY, choice="3", revision=0, page="aaaaaaaaaaaa", save=1)
    tab.put(KEY, choice="3", **WHOLE, revision=1, page="bbbbbbbbbbbb", save=2)
    for number in range(others):
        tab.put(KEY, choice="3", **WHOLE, revision=1, page=f"cccccccccc{number}", save=1)
    assert tab.put(KEY, choice="4", **WHOLE, revision=1, page="bbbbbbbbbbbb", save=1).status_code == 409
    assert stands() == ("3", "", 1)


def test_the_pages_that_an_answer_remembers_are_few(tab):
    for number in range(20):
        tab.put(KEY, choice="3", **WHOLE, revision=0, page=f"cccccccc{number:02d}", save=1)
    assert len(Answer.objects.get().pages) == 8
    assert Answer.objects.get().pages[-1] == ["cccccccc19", 1]


def test_what_another_page_wrote_between_is_not_overwritten(tab):
    tab.put(KEY, choice="3", revision=0, page="aaaaaaaaaaaa", save=1)
    tab.put(KEY, choice="4", revision=1, page="bbbbbbbbbbbb", save=1)
    assert tab.put(KEY, choice="5", revision=1, page="aaaaaaaaaaaa", save=2).status_code == 409
    assert stands() == ("4", "", 2)


def test_signed_out_is_401_and_nothing_more(assessment):
    response = Client().put(f"/assessments/{assessment.pk}/answers/{KEY}", {"choice": "3"}, "application/json")
    assert (response.status_code, response.json()) == (401, {"signed_out": True})


def test_without_a_csrf_token_nothing_is_saved(tab, bob):
    tab.client = Client(enforce_csrf_checks=True)
    tab.sign_in()
    assert tab.put(KEY, choice="3", revision=0).status_code == 403
    assert not Answer.objects.exists()


def test_a_page_of_another_submission_is_403(tab):
    response = tab.put(KEY, choice="3", revision=0, submission=str(uuid.uuid4()))
    assert (response.status_code, response.json()) == (403, {"somebody_else": True})
    assert not Answer.objects.exists()


def test_a_page_of_this_submission_is_saved(tab, submission):
    assert tab.put(KEY, choice="3", revision=0, submission=str(submission.pk)).status_code == 200


def test_another_persons_answers_are_their_own(tab, assessment, alice):
    tab.put(KEY, choice="3", comment="Bob's", revision=0)
    reply = Tab(alice, assessment).put(KEY, choice="5", revision=1)
    assert reply.status_code == 200
    assert sorted(Answer.objects.values_list("level", "comment")) == [(3, "Bob's"), (5, "")]


def test_an_outsider_finds_nothing(assessment, charlie):
    assert Tab(charlie, assessment).put(KEY, choice="3", revision=0).status_code == 404
    assert not Answer.objects.exists()


@pytest.mark.parametrize("key", ["nothing", "vision", "vision-direction%00", "ｖision-direction", "a" * 300])
def test_a_foreign_question_is_not_found(tab, key):
    assert tab.put(key, choice="3", revision=0).status_code == 404


@pytest.mark.parametrize(
    "choice",
    ["0", "6", "-1", "3.0", "٣", "on", "dont know", "not_applicable", "DONT_KNOW", "9" * 5000, "3\x00", " 3 ", [3], {}],
)
def test_a_forged_choice_is_refused_and_the_rest_saved(tab, choice):
    tab.put(KEY, choice="2", revision=0)
    response = tab.put(KEY, choice=choice, comment="Kept", revision=1)
    assert response.status_code == 400
    assert response.json()["errors"] == {"choice": ["Choose one of the statements shown."]}
    assert response.json()["revision"] == 2
    assert stands() == ("2", "Kept", 2)


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("comment", "x" * 10_001, "Shorten this text to 10000 characters; it has 10001."),
        ("evidence_text", "x" * 10_001, "Shorten this text to 10000 characters; it has 10001."),
        ("reason", "x" * 1001, "Shorten this text to 1000 characters; it has 1001."),
        ("evidence_link", "javascript:alert(1)", "Enter a web address such as https://example.org/report"),
        ("evidence_link", "no address", "Enter a web address such as https://example.org/report"),
        ("evidence_link", f"https://x.example/{'y' * 2000}", "Shorten this address to 2000 characters; it has 2018."),
        ("evidence_grade", "4", "Choose one of the grades shown."),
        ("evidence_grade", "x", "Choose one of the grades shown."),
    ],
)
def test_what_cannot_be_saved_says_why_and_the_rest_is_saved(tab, name, sent, said):
    response = tab.put(KEY, **{"choice": "3", name: sent, "revision": 0})
    assert response.status_code == 400
    assert response.json()["errors"][name][0] == said
    assert Answer.objects.get().choice == "3"
    assert getattr(Answer.objects.get(), name) in ("", None)


def test_nobody_can_say_of_themselves_that_they_were_checked(tab):
    assert tab.put(KEY, choice="3", evidence_grade="3", revision=0).status_code == 200
    assert Answer.objects.get().evidence_grade is None


@pytest.mark.parametrize("length", [9_999, 10_000])
def test_a_long_comment_is_saved_to_the_last_character(tab, length):
    comment = "é" * (length - 1) + "."
    assert tab.put(KEY, choice="3", comment=comment, revision=0).status_code == 200
    assert Answer.objects.get().comment == comment


def test_a_hundred_thousand_characters_are_refused_without_losing_the_choice(tab):
    response = tab.put(KEY, choice="3", comment="a" * 100_000, revision=0)
    assert response.status_code == 400
    assert response.json()["errors"]["comment"] == ["Shorten this text to 10000 characters; it has 100000."]
    assert stands() == ("3", "", 1)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("before\x00after", "beforeafter"),
        ("half \ud83d of it", "half \ufffd of it"),
        ("whole 😀", "whole 😀"),
        ("Word\x0bbreak\u2028and\r\nmore", "Word\nbreak\nand\nmore"),
        ("\u202eright to left\u202c שלום", "\u202eright to left\u202c שלום"),
        ("<script>alert(1)</script> & “quotes”", "<script>alert(1)</script> & “quotes”"),
    ],
)
def test_text_is_saved_as_people_paste_it(tab, sent, kept):
    assert tab.put(KEY, choice="3", comment=sent, revision=0).status_code == 200
    assert Answer.objects.get().comment == kept


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"3", b'"x"', b"{", b"\xff", b"[" * 100_000, b'{"choice": NaN', b"1" * 5000]
)
def test_what_is_no_object_changes_nothing(tab, body):
    response = tab.client.put(f"{tab.base}answers/{KEY}", body, "application/json")
    assert response.status_code == 400
    assert response.json()["errors"]["choice"] == ["This could not be read; nothing was changed."]
    assert not Answer.objects.exists()


def test_a_cleared_answer_is_none(tab):
    tab.put(KEY, choice="3", comment="Stays", revision=0)
    assert tab.put(KEY, choice="", revision=1).status_code == 200
    assert stands() == ("", "Stays", 2)


def test_nothing_entered_is_no_answer(tab):
    assert tab.put(KEY, choice="", comment="", revision=0).json()["revision"] == 0
    assert not Answer.objects.exists()


def test_not_applicable_keeps_its_reason_only_while_it_stands(tab):
    tab.put(ALLOWS_NA, choice="not_applicable", reason="No suppliers at all", revision=0)
    assert Answer.objects.get().reason == "No suppliers at all"
    tab.put(ALLOWS_NA, choice="2", reason="No suppliers at all", revision=1)
    assert Answer.objects.get().reason == ""


def test_a_submitted_answer_is_locked(tab, submission, bob):
    tab.put(KEY, choice="3", revision=0)
    answering.submit(submission=submission, by=bob)
    response = tab.put(KEY, choice="4", revision=1)
    assert (response.status_code, response.json()) == (409, {"closed": True})
    assert stands() == ("3", "", 1)


def test_an_answer_in_a_closed_assessment_is_locked(tab, assessment, alice):
    tab.put(KEY, choice="3", revision=0)
    assessments.close(assessment=assessment, by=alice)
    assert tab.put(KEY, choice="4", revision=1).json() == {"closed": True}
    assert stands() == ("3", "", 1)


def test_a_reopened_submission_takes_answers_again(tab, assessment, submission, alice, bob):
    answering.submit(submission=submission, by=bob)
    assessments.reopen(submission=submission, reason="One is missing", by=alice, base_url="https://x.example/")
    assert tab.put(KEY, choice="4", revision=0).status_code == 200


def test_a_session_says_who_is_in_and_for_how_long(tab, bob):
    told = tab.client.get("/session").json()
    assert told["person"] == bob.pk
    assert 2 * 3600 - 60 < told["left"] <= 2 * 3600 and not told["final"]
    assert Client().get("/session").status_code == 401


def test_staying_signed_in_puts_the_end_off_and_asking_does_not(tab):
    Session.objects.update(expire_date=timezone.now() + datetime.timedelta(seconds=200))
    for _look in range(2):
        assert tab.client.get("/session").json()["left"] <= 200
    assert tab.client.post("/session").json()["left"] > 2 * 3600 - 60
    assert tab.client.get("/session").json()["left"] > 2 * 3600 - 60


def test_one_save_costs_the_same_whatever_is_answered_already(tab, django_assert_max_num_queries):
    tab.put(KEY, choice="3", revision=0)
    with django_assert_max_num_queries(10):  # eight, BEGIN and COMMIT
        tab.put(KEY, choice="4", revision=1)


def test_the_reply_to_a_conflict_can_be_read_back(tab):
    tab.put(KEY, choice="dont_know", comment="a\nb", evidence_link="example.org", revision=0)
    other = tab.put(KEY, choice="1", revision=0).json()["other"]
    assert json.dumps(other)
    assert tab.put(KEY, **other).status_code == 200
    assert Answer.objects.get().revision == 1

"""The overview and the pillar page as a form: everything works without a script."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from assessments.actions import answering, assessments
from assessments.models import Answer, KeptAnswers
from tests.views.tab import Tab

KEY = "vision-direction"


@pytest.fixture
def tab(assessment, bob):
    tab = Tab(bob, assessment)
    tab.open()
    return tab


@pytest.fixture
def keys(tab):
    return re.findall(r'<fieldset class="question[^"]*" id="([^"]+)"', tab.html)


def chosen():
    return {answer.question.key: answer.choice for answer in Answer.objects.select_related("question")}


def all_of(keys, choice="3"):
    return dict.fromkeys(keys, choice)


def test_the_overview_lists_every_section_and_how_far_it_is(tab):
    tab.put(KEY, choice="3", revision=0)
    page = tab.client.get(tab.base).content.decode()
    assert "1 of 56 questions answered" in page
    assert "In progress (1 of 7 answered)" in page
    assert page.count("Not yet started") == 7
    assert "Continue: " in page


def test_a_page_shows_what_stands(tab):
    tab.put(KEY, choice="4", comment="Two\nlines", evidence_grade="1", evidence_link="example.org", revision=0)
    tab.open()
    assert (tab.fields[KEY], tab.fields[f"{KEY}:comment"], tab.fields[f"{KEY}:evidence_grade"]) == (
        "4",
        "Two\nlines",
        "1",
    )
    assert (tab.fields[f"{KEY}:evidence_link"], tab.fields[f"{KEY}:revision"]) == ("https://example.org", "1")


def test_a_page_defines_the_words_and_counts_the_answers_of_all_sections(tab, assessment, bob):
    tab.put(KEY, choice="4", revision=0)
    other = Tab(bob, assessment, "culture")
    other.open()
    assert other.html.count("1 of 56 in all sections") == 2, "in the rail and in the bottom bar"
    assert "Leaders are the executives and the heads of department." in other.html
    assert "“Most” means more than half." in other.html


def test_nothing_is_chosen_beforehand(tab, keys):
    assert len(keys) == 7
    assert not set(keys) & set(tab.fields)


def test_a_full_page_is_saved_and_leads_on(tab, keys):
    response = tab.post(**all_of(keys))
    assert (response.status_code, response["Location"]) == (302, tab.base + "pillars/culture/")
    assert chosen() == all_of(keys)


def test_the_last_page_leads_to_the_review(assessment, bob):
    tab = Tab(bob, assessment, "partnerships")
    tab.open()
    assert tab.post(skip="1")["Location"] == tab.base + "review/"


def test_from_the_review_a_page_leads_back_there(tab, keys):
    response = tab.client.post(tab.address + "?review", tab.fields | all_of(keys))
    assert response["Location"] == tab.base + "review/"


def test_blank_questions_are_named_once_and_the_rest_is_saved(tab, keys):
    response = tab.post(**{KEY: "3"})
    assert response.status_code == 422
    assert len(tab.errors) == 6
    assert all(sentence.startswith("Select the statement") for sentence in tab.errors)
    assert "<title>Error:" in tab.html
    assert re.search(r'class="error-summary" role="alert" tabindex="-1" autofocus', tab.html)
    assert chosen() == {KEY: "3"}


def test_each_line_of_the_summary_leads_to_a_control_on_the_page(tab):
    tab.post()
    targets = re.findall(r'<li><a href="#([^"]+)">', tab.html[tab.html.index("error-summary") :])
    assert len(targets) >= 7
    assert all(f'id="{target}"' in tab.html for target in targets)


def test_told_once_the_same_button_goes_on(tab):
    assert tab.post().status_code == 422
    assert tab.post()["Location"] == tab.base + "pillars/culture/"


def test_continue_without_answering_saves_and_goes_on(tab):
    tab.post(**{KEY: "3"})
    assert "Continue without answering" in tab.html
    assert tab.post(skip="1", **{f"{KEY}:comment": "Late"})["Location"] == tab.base + "pillars/culture/"
    assert Answer.objects.get().comment == "Late"


def test_not_applicable_without_a_reason_is_asked_for_once(assessment, bob):
    tab = Tab(bob, assessment, "talent")
    tab.open()
    assert tab.post(**{"talent-hiring": "not_applicable"}).status_code == 422
    assert any(sentence.startswith("Give a reason why this does not apply") for sentence in tab.errors)
    assert tab.post(**{"talent-hiring:reason": "We hire nobody"}).status_code == 302
    answer = Answer.objects.get()
    assert (answer.choice, answer.reason) == ("not_applicable", "We hire nobody")


def test_a_comment_that_is_too_long_is_shown_again_and_the_rest_saved(tab, keys):
    comment = "x" * 100_000
    assert tab.post(**all_of(keys), **{f"{KEY}:comment": comment}).status_code == 422
    assert tab.errors == ["Shorten this text to 10000 characters; it has 100000."]
    assert tab.fields[f"{KEY}:comment"] == comment
    assert chosen() == all_of(keys)
    assert "Continue without answering" not in tab.html


def test_text_is_saved_as_browsers_send_it(tab, keys):
    tab.post(**all_of(keys), **{f"{KEY}:comment": "one\r\ntwo \x00three"})
    assert Answer.objects.get(question__key=KEY).comment == "one\ntwo three"


def test_a_page_that_begins_with_a_line_break_keeps_it(tab, keys):
    tab.put(KEY, choice="3", comment="\nSecond line", revision=0)
    before = Answer.objects.get().comment
    tab.open()
    tab.post(**all_of(keys))
    assert Answer.objects.get(question__key=KEY).comment == before
    assert Answer.objects.get(question__key=KEY).revision == 1


def test_a_forged_level_is_refused_and_the_rest_saved(tab, keys):
    assert tab.post(**all_of(keys) | {KEY: "9"}).status_code == 422
    assert tab.errors == ["Choose one of the statements shown."]
    assert chosen() == {key: "3" for key in keys if key != KEY}


def test_clearing_takes_the_choice_away_and_stays_there(tab):
    tab.put(KEY, choice="3", comment="Stays", revision=0)
    tab.open()
    response = tab.post(clear=KEY)
    assert response["Location"] == f"{tab.address}#{KEY}"
    answer = Answer.objects.get()
    assert (answer.choice, answer.comment) == ("", "Stays")


def test_saving_the_page_again_changes_nothing(tab, keys):
    tab.post(**all_of(keys))
    tab.post(**all_of(keys))
    assert set(Answer.objects.values_list("revision", flat=True)) == {1}


class TestClash:
    """The page was open while somebody else changed an answer."""

    @pytest.fixture
    def stale(self, tab, assessment, bob):
        other = Tab(bob, assessment)
        other.put(KEY, choice="4", comment="Newer", revision=0)
        return tab

    def test_both_versions_are_shown_and_nothing_is_overwritten(self, stale):
        assert stale.post(**{KEY: "2"}).status_code == 422
        assert stale.errors[0] == "This answer was changed elsewhere. Choose which version to keep."
        assert stale.fields[KEY] == "2"
        assert "Newer" in stale.html
        assert stale.clashes == [KEY]
        assert chosen() == {KEY: "4"}

    def test_keep_mine(self, stale):
        stale.post(**{KEY: "2"})
        assert stale.post(keep=KEY)["Location"] == f"{stale.address}#{KEY}"
        answer = Answer.objects.get()
        assert (answer.choice, answer.comment, answer.revision) == ("2", "", 2)

    def test_use_the_other(self, stale):
        stale.post(**{KEY: "2"})
        assert stale.post(use=KEY)["Location"] == f"{stale.address}#{KEY}"
        answer = Answer.objects.get()
        assert (answer.choice, answer.comment, answer.revision) == ("4", "Newer", 1)

    def test_a_question_left_alone_does_not_clash_where_it_says_the_same(self, stale):
        stale.post(**{KEY: "4", f"{KEY}:comment": "Newer"})
        assert stale.clashes == []

    def test_changed_once_more_while_the_person_decides_it_asks_again(self, stale, assessment, bob):
        stale.post(**{KEY: "2"})
        Tab(bob, assessment).put(KEY, choice="5", comment="Newest", revision=1)
        assert stale.post(keep=KEY).status_code == 422
        assert "Newest" in stale.html
        assert chosen() == {KEY: "5"}


class TestAfterTheSession:
    """What arrives when the session has ended is kept for an hour, and applied after signing in."""

    @pytest.fixture
    def late(self, tab, keys):
        tab.client.logout()
        self.response = tab.post(**all_of(keys), **{f"{KEY}:comment": "Typed late", "at": keys[3]})
        return tab

    def test_it_is_kept_and_the_person_signs_in(self, late, keys):
        place = f"{late.address}%23{keys[3]}"
        assert self.response["Location"] == f"/accounts/login/?next={place}"
        assert KeptAnswers.objects.get().content[f"{KEY}:comment"] == "Typed late"
        assert not Answer.objects.exists()

    def test_it_is_applied_once_they_are_in_again(self, late, keys):
        late.sign_in()
        response = late.client.get(late.address, follow=True)
        assert "You were signed out. What you had entered on this page is now saved." in response.content.decode()
        assert chosen() == all_of(keys)
        assert Answer.objects.get(question__key=KEY).comment == "Typed late"
        assert not KeptAnswers.objects.exists()

    @pytest.mark.parametrize("rest", ["", "review/"])
    def test_whatever_page_they_open_first(self, rest, late, keys):
        late.sign_in()
        late.client.get(late.base + rest, follow=True)
        assert chosen() == all_of(keys)

    def test_after_an_hour_it_is_forgotten(self, late):
        KeptAnswers.objects.update(kept_at=timezone.now() - datetime.timedelta(minutes=61))
        late.sign_in()
        late.open()
        assert not Answer.objects.exists()
        assert answering.forget_expired() == 1

    def test_within_the_hour_it_is_not(self, late):
        KeptAnswers.objects.update(kept_at=timezone.now() - datetime.timedelta(minutes=59))
        late.sign_in()
        late.open()
        assert Answer.objects.count() == 7

    def test_nobody_else_gets_it(self, late, alice):
        late.sign_in(alice)
        late.open()
        assert not Answer.objects.exists()
        assert KeptAnswers.objects.count() == 1

    def test_what_was_changed_meanwhile_is_not_overwritten(self, late, assessment, bob):
        Tab(bob, assessment).put(KEY, choice="5", revision=0)
        late.sign_in()
        assert late.open().status_code == 422
        assert chosen()[KEY] == "5"
        assert late.fields[KEY] == "3"
        assert late.clashes == [KEY]

    def test_an_assessment_closed_meanwhile_takes_nothing_and_says_so(self, late, assessment, alice):
        assessments.close(assessment=assessment, by=alice)
        late.sign_in()
        assert late.open().status_code == 409
        assert not Answer.objects.exists()

    def test_somebody_else_at_the_same_browser_changes_nothing_of_their_own(self, tab, keys, alice):
        tab.sign_in(alice)
        response = tab.post(**all_of(keys))
        assert response.status_code == 409
        assert "Someone else is signed in here" in tab.html
        assert not Answer.objects.exists()
        assert KeptAnswers.objects.get().user == tab.user

    @pytest.mark.parametrize("owner", ["", "forged", "a:b:c"])
    def test_without_the_pages_own_word_nothing_is_kept(self, owner, tab, keys):
        tab.client.logout()
        response = tab.post(**all_of(keys), owner=owner)
        assert response.status_code == 302
        assert not KeptAnswers.objects.exists()

    def test_a_page_larger_than_any_honest_one_is_not_kept(self, tab, keys):
        tab.client.logout()
        huge = {f"{key}:comment": "x" * 200_000 for key in keys}
        assert tab.post(**huge).status_code == 413
        assert not KeptAnswers.objects.exists()


@pytest.mark.parametrize("end", ["submit", "close"])
def test_a_locked_page_says_that_nothing_was_changed(end, tab, keys, submission, assessment, alice, bob):
    if end == "submit":
        answering.submit(submission=submission, by=bob)
    else:
        assessments.close(assessment=assessment, by=alice)
    response = tab.post(**all_of(keys))
    assert response.status_code == 409
    assert "Nothing was changed" in tab.html
    assert not Answer.objects.exists()


def test_a_bookmarked_page_of_a_submitted_assessment_leads_to_its_answers(tab, submission, bob):
    answering.submit(submission=submission, by=bob)
    assert tab.client.get(tab.address)["Location"] == tab.base + "review/"


@pytest.mark.parametrize("key", ["nothing", "vision-direction"])
def test_a_foreign_section_is_not_found(key, tab):
    assert tab.client.get(f"{tab.base}pillars/{key}/").status_code == 404
    assert tab.client.post(f"{tab.base}pillars/{key}/", tab.fields).status_code == 404


def test_an_outsider_finds_nothing(assessment, charlie, tab):
    outsider = Tab(charlie, assessment)
    assert outsider.client.get(tab.address).status_code == 404
    assert outsider.client.post(tab.address, {KEY: "3"}).status_code == 404


def test_signed_out_one_comes_back_to_the_same_page(tab):
    assert Client().get(tab.address)["Location"] == f"/accounts/login/?next={tab.address}"


def test_the_answer_of_the_previous_round_is_shown_as_text(
    tab, keys, submission, assessment, northfield, alice, bob, version
):
    tab.post(**all_of(keys, "4"))
    answering.submit(submission=submission, by=bob)
    assessments.close(assessment=assessment, by=alice)
    second = assessments.start(organisation=northfield, bank_version=version, name="Q1", by=alice, function="ceo")
    assessments.add_participant(assessment=second, user=bob, function="legal", by=alice)
    again = Tab(bob, second)
    again.open()
    assert again.html.count("Your answer last round") == 7
    assert not set(keys) & set(again.fields)


@pytest.mark.parametrize("answered", [0, 7])
def test_a_page_costs_the_same_whatever_is_answered(answered, tab, keys, django_assert_max_num_queries):
    if answered:
        tab.post(**all_of(keys))
    with django_assert_max_num_queries(10):
        tab.client.get(tab.address)

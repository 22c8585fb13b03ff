"""A pillar page as it is sent."""

import pytest

from assessments.formats.bank import read_bank
from assessments.forms.pillar_page import KEPT_LIMIT, SentPage

TALENT = next(pillar for pillar in read_bank("fixtures/ai-leadership.yaml").pillars if pillar.key == "talent")
FIRST = TALENT.questions[0].key
ALLOWS_NA = next(question.key for question in TALENT.questions if question.allows_na)


def sent(**data):
    return SentPage(TALENT, data)


def test_every_question_without_a_choice_is_blank():
    assert set(sent().blank) == {question.key for question in TALENT.questions}
    assert FIRST not in sent(**{FIRST: "3"}).blank


def test_not_applicable_asks_for_its_reason():
    assert sent(**{ALLOWS_NA: "not_applicable"}).blank[ALLOWS_NA].startswith("Give a reason why this does not apply")
    assert ALLOWS_NA not in sent(**{ALLOWS_NA: "not_applicable", f"{ALLOWS_NA}:reason": "None here"}).blank


@pytest.mark.parametrize(("button", "goes_on"), [("skip", True), ("warned", True), ("stay", False), ("save", False)])
def test_who_was_told_may_go_on(button, goes_on):
    assert sent(**{button: "1"}).goes_on is goes_on


@pytest.mark.parametrize("button", ["clear", "use", "keep", "at"])
def test_a_button_leads_back_to_its_question(button):
    assert sent(**{button: FIRST}).place == f"#{FIRST}"


@pytest.mark.parametrize("foreign", ["vision-direction", "", '"><script>', "talent"])
def test_a_question_of_elsewhere_is_no_place(foreign):
    page = sent(clear=foreign, use=foreign, keep=foreign, at=foreign)
    assert page.place == ""
    assert not page.stays


def test_using_the_other_version_leaves_the_question_out():
    assert FIRST not in sent(use=FIRST).forms


def test_clearing_takes_the_choice_and_leaves_the_comment():
    page = sent(**{FIRST: "3", f"{FIRST}:comment": "Stays", "clear": FIRST})
    assert page.forms[FIRST].chosen == ""
    assert page.data[f"{FIRST}:comment"] == "Stays"


def test_only_the_pages_own_fields_are_kept():
    kept = sent(**{FIRST: "3", "skip": "1", "csrfmiddlewaretoken": "secret", "owner": "secret", "vision-value": "2"})
    assert kept.to_keep() == {FIRST: "3", "skip": "1"}


def test_no_more_is_kept_than_an_honest_page_holds():
    assert sent(**{f"{FIRST}:comment": "x" * KEPT_LIMIT}).to_keep() is not None
    assert sent(**{f"{FIRST}:comment": "x" * (KEPT_LIMIT + 1)}).to_keep() is None


def test_nul_is_not_kept():
    assert sent(**{f"{FIRST}:comment": "a\0b"}).to_keep() == {f"{FIRST}:comment": "ab"}

"""A question as the pillar page draws it: what is kept for everybody has no word of anybody."""

import pytest

from assessments.formats.bank import read_bank
from assessments.forms import cards
from assessments.forms.cards import card_of
from assessments.models import Answer

BANK = read_bank("fixtures/ai-leadership.yaml")
QUESTION = next(iter(BANK.questions.values()))
HOSTILE = "</textarea><script>\"<!-- evidence_link -->'&amp; <!-- files -->"


def drawn(**texts):
    return card_of(BANK, 1, 7, QUESTION, answer=Answer(level=3, **texts), files=()).html


@pytest.fixture(autouse=True)
def kept():
    cards._remembered().clear()
    return cards._remembered()


def test_a_kept_question_has_nobodys_words(kept):
    texts = {"comment": "Ada’s comment", "evidence_text": "Ada’s evidence", "evidence_link": "https://ada.example/"}
    page = drawn(**texts)
    assert all(page.count(text) == 1 for text in texts.values())
    assert "Ada" not in "".join(kept.values()) and "ada.example" not in "".join(kept.values())
    other = drawn(comment="Bob’s comment")
    assert "Ada" not in other and "ada.example" not in other and "<!--" not in other


def test_a_kept_question_is_what_it_is_without_keeping(kept, monkeypatch):
    for texts in (
        {},
        {"comment": HOSTILE},
        {"evidence_link": HOSTILE, "evidence_grade": 2},
        {"evidence_text": HOSTILE},
    ):
        drawn(**texts)
        again = drawn(**texts)
        with monkeypatch.context() as patch:
            patch.setattr(cards.Card, "is_cacheable", False)
            assert drawn(**texts) == again
        assert "<script>" not in again


def test_a_question_has_another_number_in_a_pulse():
    pages = [card_of(BANK, number, total, QUESTION, answer=None).html for number, total in ((1, 7), (2, 3))]
    assert "Question 1 of 7" in pages[0] and "Question 2 of 3" in pages[1]


def test_what_is_open_and_graded_is_kept_apart():
    assert "<details open>" in drawn(comment="x")
    assert "<details>" in drawn()
    assert 'value="2" selected' in drawn(evidence_grade=2)
    assert "selected" not in drawn(evidence_grade=None)

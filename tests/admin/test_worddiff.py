"""Which words went and which came, and the fields in which two states differ."""

import pytest

from assessments.admin.worddiff import MAX_PIECES, changed_fields, pieces


def shown(before, after):
    return [(piece.kind, piece.text) for piece in pieces(before, after)]


def test_a_changed_word_stands_between_those_that_stay():
    assert shown("The board reads it every year", "The board reads it every month") == [
        ("", "The board reads it every "), ("del", "year"), ("ins", "month"),
    ]  # fmt: skip


def test_a_text_that_is_mostly_new_is_shown_after_the_old_one():
    assert shown("One thing here", "Quite another there now") == [
        ("del", "One thing here"), ("", "\n"), ("ins", "Quite another there now"),
    ]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [("", "New"), ("Old", ""), ("a  b\n\nc", "a b\n\nc d"), ("x", "x")])
def test_nothing_is_lost_on_the_way(before, after):
    found = pieces(before, after)
    assert "".join(p.text for p in found if p.kind != "ins" and p.text != "\n") in (before, "")
    assert "".join(p.text for p in found if p.kind != "del") == after


def test_texts_as_long_as_a_book_are_not_compared_word_by_word():
    long = "word " * MAX_PIECES
    assert [piece.kind for piece in pieces(long, f"{long} more")] == ["del", "ins"]


def test_states_are_compared_in_an_authors_words():
    step = {"from": 1, "action": "Begin", "owner": "", "effort": 0.5, "horizon": "90d", "requires": []}
    before = {"text": "Why?", "weight": 1.0, "allows_na": False, "anchors": ["a", None], "next_steps": [step]}
    after = {"text": "Why?", "weight": 2.0, "allows_na": True, "anchors": ["a", "b"], "next_steps": []}
    assert [(c.name, c.before, c.after) for c in changed_fields(before, after)] == [
        ("Weight", "1", "2"),
        ("Can be “Not applicable”", "no", "yes"),
        ("Level 2", None, "b"),
        ("Next steps", "1: Begin · 0.5 · 90d", None),
    ]

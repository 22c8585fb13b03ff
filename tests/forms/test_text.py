"""Text as people paste it."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from assessments.forms.text import text_field, tidy


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("Word\x0bbreak", "Word\nbreak"),
        ("a\u2028b\u2029c\x85d\x0ce", "a\nb\nc\nd\ne"),
        ("Word\x1ehyphen", "Word-hyphen"),
        ("a\x00b\x07c\ufeffd", "abcd"),
        ("tab\tstays", "tab\tstays"),
        ("half \ud83d emoji", "half \ufffd emoji"),
        ("“quotes” – naïve 👩🏽‍💻 שלום \u200f", "“quotes” – naïve 👩🏽‍💻 שלום \u200f"),
    ],
)
def test_pasted_text(pasted, kept):
    assert tidy(pasted) == kept


@given(st.text(st.characters(codec=None)))
def test_tidy_text_can_be_stored_and_stays_as_it_is(text):
    once = tidy(text)
    once.encode()
    assert "\0" not in once
    assert "\r" not in once
    assert tidy(once) == once


def test_the_limit_counts_what_is_kept():
    assert text_field(5).clean("ab\r\ncd") == "ab\ncd"
    with pytest.raises(ValidationError, match=r"Shorten this text to 5 characters; it has 6\."):
        text_field(5).clean("ab\r\ncde")


@pytest.mark.parametrize("nothing", ["", "   ", "\r\n", "\x00", None])
def test_nothing_is_nothing(nothing):
    assert text_field().clean(nothing) == ""

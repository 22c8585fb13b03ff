"""Days off as people write them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given, strategies as st

from assessments.forms.days_off import MAX_LINES, ranges_of, text_of

NEW_YEAR = ["2026-12-24", "2027-01-06"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2026-12-24 – 2027-01-06", NEW_YEAR),
        ("2026-12-24 to 2027-1-6", NEW_YEAR),
        ("24.12.2026-06.01.2027", NEW_YEAR),
        ("24. 12. 2026 bis 6. 1. 2027", NEW_YEAR),
        ("  2027-05-01 ", ["2027-05-01", "2027-05-01"]),
        ("1.5.", ["05-01", "05-01"]),
        ("24.12. - 6.1.", ["12-24", "01-06"]),
        ("12-24 until 01-06", ["12-24", "01-06"]),
        ("02-29", ["02-29", "02-29"]),
    ],
)
def test_lines_that_are_understood(line, found):
    assert ranges_of(f"\n{line}\n\n") == [found]


@pytest.mark.parametrize(
    "line",
    [
        *("Christmas", "2027-02-29", "2027-13-01", "02-30", "0000-01-01", "2027-01-06 – 2026-12-24", "31.4."),
        *("2026-12-24 – 01-06", "2026-12-24 and 2026-12-26", "1.5. 2.5. 3.5.", "12-24 x", "٢٠٢٧-01-01"),
    ],
)
def test_lines_that_are_not_are_named(line):
    with pytest.raises(ValidationError, match="read") as refused:
        ranges_of(f"2027-05-01\n{line}")
    assert line[:60] in refused.value.message


def test_there_is_an_end_to_them():
    with pytest.raises(ValidationError, match=str(MAX_LINES)):
        ranges_of("05-01\n" * (MAX_LINES + 1))


days = st.dates(min_value=datetime.date(1970, 1, 1)).map(lambda each: each.isoformat())
ranges = st.one_of(
    st.tuples(days, days).map(sorted), st.tuples(days, days).map(lambda pair: [each[-5:] for each in pair])
)


@given(st.lists(ranges, max_size=5), st.sampled_from(["en", "de"]))
def test_what_is_shown_is_understood_again_in_either_language(listed, language):
    with override(language):
        assert ranges_of(text_of(listed)) == listed

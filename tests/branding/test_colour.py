"""Contrast by WCAG 2.2, against figures that anybody can look up."""

import pytest
from django.utils.translation import override
from hypothesis import given, strategies as st

from assessments.branding.colour import DARK, RULE, colour_in, contrast, nearest, ratio, verdict

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#777777", "#FFFFFF", 4.48),  # the grey that just misses
        ("#767676", "#FFFFFF", 4.54),  # the grey that just passes
        ("#0D49BB", "#FFFFFF", 7.81),
    ],
)
def test_contrast_is_that_of_the_standard(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("#0d49bb", "#0D49BB"),
        ("0D49BB", "#0D49BB"),
        (" #abc ", "#AABBCC"),
        ("blue", None),
        ("#12345", None),
        ("", None),
    ],
)
def test_a_colour_is_read_as_people_type_it(typed, read):
    assert colour_in(typed) == read


@pytest.mark.parametrize(
    ("colour", "accepted"),
    [
        ("#2B6CB0", True),
        ("#767676", True),
        ("#FFCC00", False),  # too light as type on white
        ("#0A2A5E", True),  # lightened on the dark ground
    ],
)
def test_it_has_to_be_readable_on_paper(colour, accepted):
    assert verdict(colour).is_accepted is accepted


@given(COLOURS)
def test_the_nearest_shade_is_accepted_and_an_accepted_one_stays(colour):
    assert verdict(nearest(colour)).is_accepted
    if verdict(colour).is_accepted:
        assert nearest(colour) == colour


@given(COLOURS)
def test_on_the_dark_ground_every_colour_is_seen_and_one_that_is_seen_stays(colour):
    found = verdict(colour)
    assert contrast(found.for_dark, DARK) >= RULE
    assert found.is_lightened is (contrast(colour, DARK) < RULE)


def test_a_refused_ratio_never_looks_like_an_accepted_one():
    assert ratio(4.4999) == "4.4:1"
    assert ratio(4.5) == "4.5:1"


def test_a_ratio_is_written_as_its_reader_writes_numbers():
    with override("de"):
        assert ratio(4.5) == "4,5:1"

from fractions import Fraction
from math import nextafter

import pytest

from assessments.scoring.bank import Scale
from assessments.scoring.tolerance import above, as_written, at_least, below, rank, whole


@pytest.mark.parametrize("value", [0.85, 0.85 - 1e-10, 0.85 + 1e-10, 0.1 + 0.75])
def test_a_tie_holds_for_at_least_and_for_nothing_strict(value):
    assert at_least(value, 0.85)
    assert not above(value, 0.85)
    assert not below(value, 0.85)


def test_the_tolerance_itself_is_within():
    assert at_least(-1e-9, 0.0)
    assert not above(1e-9, 0.0)
    assert not below(-1e-9, 0.0)


def test_beyond_the_tolerance_numbers_differ():
    assert above(0.85 + 1e-8, 0.85)
    assert below(0.85 - 1e-8, 0.85)
    assert not at_least(0.85 - 1e-8, 0.85)


@pytest.mark.parametrize(("value", "expected"), [(2.9999999999, 3), (3.0, 3), (2.99999, 2)])
def test_whole_forgives_rounding(value, expected):
    assert whole(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(0.9999999999999999, 1), (1.5, 1.5), (5.000000000000001, 5), (5.0, 5)])
def test_a_mean_of_answers_stays_on_their_scale(value, expected):
    assert Scale(1.0, 5.0).clip(value) == expected


def unasked():
    raise AssertionError("a double was enough")


def test_ratios_are_put_in_order_by_nine_decimals():
    assert rank(0.1 + 0.2, unasked) == rank(0.3, unasked) == 0.3
    assert rank(0.1234567891, unasked) == rank(0.1234567894, unasked) == 0.123456789
    assert rank(0.123456789, unasked) != rank(0.123456790, unasked)
    assert rank(-0.1234567891, unasked) == -0.123456789


HALVES = [Fraction(2575000975, 10**10), Fraction(25, 1024), Fraction(24999999999995, 10**10), Fraction(15, 10**10)]


@pytest.mark.parametrize("exact", HALVES)
def test_two_roads_to_one_half_rank_alike(exact):
    nearest = float(exact)
    roads = [nearest, nextafter(nearest, 0), nextafter(nearest, 9e9), nearest * (1 + 6e-16), nearest * (1 - 6e-16)]
    assert len({rank(road, lambda: exact) for road in roads}) == 1
    assert len({round(road, 9) for road in roads}) == 2  # what rounding alone would make of them


def test_the_exact_ratio_is_rounded_to_nine_decimals_too():
    exact = Fraction(2675002275, 10**10)
    assert rank(float(exact), lambda: exact) == 0.267500228


def test_where_doubles_are_wider_than_nine_decimals_the_exact_ratio_decides():
    assert rank(3e8 + 1e-7, lambda: Fraction(3 * 10**8)) == 3e8


def test_a_number_is_what_was_written():
    assert as_written(0.1) == Fraction(1, 10)
    assert (as_written(1e-05), as_written(4)) == (Fraction(1, 100_000), 4)

import pytest

from assessments.scoring.tolerance import above, at_least, below, rank, whole


@pytest.mark.parametrize("value", [0.85, 0.85 - 1e-10, 0.85 + 1e-10, 0.1 + 0.75])
def test_a_tie_holds_for_at_least_and_for_nothing_strict(value):
    assert at_least(value, 0.85)
    assert not above(value, 0.85)
    assert not below(value, 0.85)


def test_beyond_the_tolerance_numbers_differ():
    assert above(0.85 + 1e-8, 0.85)
    assert below(0.85 - 1e-8, 0.85)
    assert not at_least(0.85 - 1e-8, 0.85)


@pytest.mark.parametrize(("value", "expected"), [(2.9999999999, 3), (3.0, 3), (2.99999, 2)])
def test_whole_forgives_rounding(value, expected):
    assert whole(value) == expected


def test_two_roads_to_one_ratio_rank_alike():
    assert rank(25 / 1024) == rank(25 / 1024 + 1e-17 * 3)
    assert rank(0.1 + 0.2) == rank(0.3)
    assert rank(0.123456789) != rank(0.123456790)

import pytest
from django.utils import translation

from assessments.wording import numbers


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2.943, "2.9"),
        (2.25, "2.3"),
        (2.35, "2.4"),
        (2.8499999999999996, "2.9"),
        (2.75, "2.8"),
        (5, "5.0"),
        (1.05, "1.1"),
    ],
)
def test_scores_are_rounded_half_up(value, shown):
    assert numbers.score(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.34, "+0.3"), (-0.25, "−0.3"), (0.04, "0.0"), (-0.04, "0.0"), (0, "0.0"), (1234.5, "+1234.5")],
)
def test_differences_carry_their_sign(value, shown):
    assert numbers.signed(value) == shown


def test_an_interval_has_both_ends_and_a_span_collapses_when_they_read_the_same():
    assert numbers.interval((2.748, 3.138)) == numbers.span((2.748, 3.138)) == "2.7–3.1"
    assert numbers.interval((3.0, 3.01)) == "3.0–3.0"
    assert numbers.span((3.0, 3.01)) == "3.0"


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.496, "49%"),
        (0.7999, "79%"),
        (0.8, "80%"),
        (3 / 7, "43%"),
        (6 / 7, "86%"),
        (0.999, "99%"),
        (1, "100%"),
        (0, "0%"),
    ],
)
def test_coverage_is_never_rounded_up_to_a_threshold_that_it_missed(share, shown):
    assert numbers.coverage(share) == shown
    assert numbers.percent(0.496) == "50%"


def test_agreement_has_two_decimals_and_may_be_negative():
    assert numbers.agreement(0.715) == "0.72"
    assert numbers.agreement(-0.2) == "−0.20"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.5, "0.5 person-months"), (1, "1 person-month"), (1.5, "1.5 person-months"), (12, "12 person-months")],
)
def test_effort_in_person_months(value, shown):
    assert numbers.effort(value) == shown


def test_horizons_in_words():
    assert [numbers.horizon(key) for key in ("90d", "6m", "12m")] == ["90 days", "6 months", "12 months"]


def test_who_answered():
    assert numbers.answered_of(6, 8) == "6 of 8 invited people answered"
    assert numbers.answered_of(1, 1) == "1 person answered"
    assert numbers.answered_of(0, 1) == "0 of 1 invited person answered"
    assert numbers.answered_of(0, None) == "0 people answered"


def test_lists_end_with_and():
    assert [numbers.joined(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


def test_file_sizes():
    assert [numbers.file_size(size) for size in (200, 240_400, 1_250_000)] == ["1 KB", "240 KB", "1.3 MB"]


def test_decimal_mark_and_percent_follow_the_language():
    with translation.override("de"):
        assert numbers.score(2.943) == "2,9"
        assert numbers.interval((2.748, 3.138)) == "2,7–3,1"

import pytest

from assessments.scoring.agreement import band

from .small import bank, only, pillar, scored


def agreement(*rows, **given):
    given.setdefault("count", len(rows[0]))
    return only(scored(*rows, of=bank(pillar(**given)))).agreement


def test_full_agreement_is_1():
    assert agreement("33", "33", "33").r_wg_star == 1


def test_answers_spread_evenly_over_the_scale_agree_like_chance():
    # Population variance 2 of a uniform answer is the null (Lindell, Brandt and Whitney 1999); the sample's is 2.5.
    assert agreement("1", "2", "3", "4", "5").r_wg_star == pytest.approx(1 - 2.5 / 2)


def test_two_camps_are_negative_and_kept():
    found = agreement("1", "1", "5", "5")
    assert found.r_wg_star == pytest.approx(1 - 16 / 3 / 2)
    assert found.band == "weak"


@pytest.mark.parametrize(
    ("rows", "mean_variance"),
    # The three groups of the example data of misty::rwg.lindell (R); its formula is 1 - mean of the sample variances / 2,
    # each over the answers there are. One answer of the first group is missing.
    [
        (("233", "321", "2.1"), (1 / 3 + 1 / 2 + 4 / 3) / 3),
        (("112", "123", "213"), 1 / 3),
        (("435", "325", "554"), (1 + 7 / 3 + 1 / 3) / 3),
    ],
)
def test_by_the_formula_of_lindell_brandt_and_whitney(rows, mean_variance):
    assert agreement(*rows).r_wg_star == pytest.approx(1 - mean_variance / 2)


def test_the_greatest_dissensus_of_many_is_minus_1():
    # Half at each end has a population variance of 4, twice that of the null (Lindell and Brandt 1997).
    assert agreement(*["1"] * 100, *["5"] * 100).r_wg_star == pytest.approx(1 - 4 * 200 / 199 / 2)


def test_the_mean_of_variances_is_unweighted():
    assert agreement("13", "13", "23", weights=[5, 1]).r_wg_star == pytest.approx(1 - (1 / 3 + 0) / 2 / 2)


def test_weight_0_and_single_answers_are_left_out():
    assert agreement("331", "33.", "3.5", weights=[1, 1, 0]).r_wg_star == 1
    assert agreement("31", "3.", "3.").r_wg_star == 1


def test_what_does_not_apply_is_left_out():
    assert agreement("31", "35", "3-", "3-", "3-").r_wg_star == 1


def test_exists_without_a_score():
    found = only(scored("3......", "3......", "4......"))
    assert found.score is None
    assert found.agreement.r_wg_star == pytest.approx(1 - 1 / 3 / 2)


def test_needs_three_people_and_a_question_with_two_numbers():
    assert agreement("3", "3").r_wg_star is None
    assert agreement("3..", ".3.", "..3").r_wg_star is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [(-1.0, "weak"), (0.50, "weak"), (0.5000001, "moderate"), (0.7099, "moderate"), (0.71, "strong"), (None, None)],
)
def test_bands(value, expected):
    assert band(value) == expected


# answers to one question, flagged
FLAGS = [
    ("15", True),  # two people, AD 2
    ("24", True),  # AD 1
    ("34", False),  # AD .5
    ("1444444", True),  # AD .73, but three levels apart
    ("2244", True),  # AD 1
    ("12345", True),
    ("11333", True),  # AD .96
    ("13333", False),  # AD .64
    ("3", False),
]


@pytest.mark.parametrize(("numbers", "flagged"), FLAGS)
def test_flags(numbers, flagged):
    assert agreement(*numbers).flagged == (("q1",) if flagged else ())


def test_a_deviation_of_exactly_eight_tenths_is_not_flagged():
    # m = 3: (1 + 1 + 1 + 1 + 0)/5 = .8
    assert agreement("2", "2", "4", "4", "3").flagged == ()


def test_a_question_of_weight_0_may_be_flagged():
    assert agreement("31", "35", weights=[1, 0]).flagged == ("q2",)

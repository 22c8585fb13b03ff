import pytest

from .small import bank, only, pillar, question, scored


def test_coverage_of_weights_like_a_tenth_is_settled_exactly():
    weights = [0.1, 0.7, 0.2]  # .8 of 1 answered, where floating point says .7999999999999999
    assert only(scored("33?", of=bank(pillar(weights=weights)))).status == "rated"


# row, weights, status
STATUSES = [
    ("3333?", None, "rated"),  # .80
    ("333??", None, "provisional"),
    ("3?", None, "provisional"),  # .50
    ("33???", None, "insufficient"),
    ("--", None, "not_applicable"),
    ("-3", [1, 0], "not_applicable"),
    ("33", [0, 0], "unscored"),
    ("--", [0, 0], "unscored"),
]


@pytest.mark.parametrize(("row", "weights", "status"), STATUSES)
def test_status(row, weights, status):
    assert first(row, weights).status == status


def first(row, weights=None):
    """The first of two pillars, so that the bank has some weight."""
    of = bank(pillar(weights=weights or [1] * len(row)), pillar("other", count=1))
    return scored(row + "3", of=of).pillars[0]


def test_what_does_not_apply_has_no_figures():
    found = first("--")
    assert (found.score, found.score_100, found.level, found.coverage, found.bounds) == (None,) * 5
    assert (found.dont_know_rate, found.evidence_coverage, found.gap, found.interval) == (None,) * 4
    assert (found.na_share, found.respondents) == (1.0, 0)
    assert found.attained == dict.fromkeys((2, 3, 4, 5))


def test_an_unscored_pillar_has_no_share_of_anything():
    found = first("33", [0, 0])
    assert (found.score, found.coverage, found.na_share, found.bounds, found.respondents) == (None, None, None, None, 0)
    assert found.questions[0].mean == 3


def test_attained_is_0_where_nothing_is_answered():
    assert first("??").attained == {2: 0.0, 3: 0.0, 4: 0.0, 5: 0.0}


def test_an_insufficient_pillar_keeps_its_evidence_and_bounds():
    found = only(scored("4????", of=bank(pillar(count=5)), evidence={1: 2}))
    assert (found.score, found.evidence_coverage) == (None, 1.0)
    assert found.bounds == pytest.approx((1.6, 4.8))


def test_bounds_end_at_the_highest_offered_level():
    questions = [question("q1"), question("q2", offered=(1, 2, 3))]
    assert only(scored("4?", of=bank(pillar(questions=questions)))).bounds == pytest.approx((2.5, 3.5))


def test_dont_know_rate_leaves_out_what_does_not_count():
    of = bank(pillar(weights=[1, 1, 1, 0]))
    found = only(scored("3?-?", "3?-?", of=of))
    assert found.dont_know_rate == pytest.approx(2 / 4)


def test_na_share_is_of_all_weight():
    assert only(scored("33-", of=bank(pillar(weights=[1, 1, 2])))).na_share == pytest.approx(0.5)


def test_evidence_never_changes_the_score():
    assert only(scored("3333333", evidence={1: 3})).score == only(scored("3333333")).score


def test_a_score_on_the_hundred():
    assert only(scored("4444444")).score_100 == 75


def test_a_rounded_last_bit_does_not_leave_the_scale():
    # (0.2*5 + 0.7*5) / (0.2 + 0.7) is 5.000000000000001 in doubles.
    of = bank(pillar(weights=[0.2, 0.7]))
    result = scored("55", "55", "55", of=of)
    found = only(result)
    assert (found.score, found.score_100, found.bounds) == (5, 100, (5, 5))
    assert (result.overall.index, result.overall.index_100, result.overall.weight_range) == (5, 100, (5, 5))
    assert found.interval[0] < found.score == found.interval[1]

from math import sqrt
from statistics import mean, stdev
from time import process_time

import pytest

from assessments.scoring.interval import variance
from assessments.scoring.result import score
from assessments.scoring.student_t import t95

from .small import answers, bank, only, pillar, scored

# The treated mice of Efron and Tibshirani (1993), table 2.1: their mean survives with a standard error of 25.24 days.
MICE = [94, 197, 16, 38, 99, 141, 23]


def test_the_jackknife_of_a_mean_is_its_textbook_standard_error():
    without = [(sum(MICE) - x) / (len(MICE) - 1) for x in MICE]
    assert sqrt(variance(without)) == pytest.approx(25.24, abs=0.005)
    assert sqrt(variance(without)) == pytest.approx(stdev(MICE) / sqrt(7))


def test_replicates_that_differ_by_rounding_alone_agree():
    assert variance([3.0, 3.0, 3.0000000000000004]) == 0
    assert variance([0.0, 1e-12]) == 0
    assert variance([0.0, 2e-12]) > 0


def test_one_question_has_the_standard_error_of_its_mean():
    rows = ["1", "2", "4", "5", "5"]
    found = only(scored(*rows, of=bank(pillar(count=1))))
    assert found.se == pytest.approx(stdev(map(int, rows)) / sqrt(5))


@pytest.mark.parametrize("rows", [("3333333",), ("3333333", "2222222")])
def test_fewer_than_three_have_no_interval(rows):
    found = only(scored(*rows))
    assert (found.se, found.interval, found.gap_within_error) == (None, None, None)


def test_n_is_who_gave_a_number_that_counts():
    # The fourth answers only a question of weight 0, the fifth one that does not apply, the sixth nothing.
    of = bank(pillar(weights=[1, 1, 0, 1]))
    found = only(scored("33.-", "34.-", "43.-", "..5.", "...4", "....", of=of))
    assert found.questions[3].state == "not_applicable"
    assert found.respondents == 3


def test_a_question_that_a_replicate_empties_drops_out_of_it():
    found = only(scored("35", "3.", "4.", of=bank(pillar(count=2))))
    # Without the first, q2 has no answer: 3.5 from q1 alone.
    replicates = [3.5, (3.5 + 5) / 2, (3 + 5) / 2]
    expected = sqrt(2 / 3 * sum((x - mean(replicates)) ** 2 for x in replicates))
    assert found.se == pytest.approx(expected)


def test_questions_keep_the_state_that_they_have_with_everybody():
    # Without the first number, q2 would be outnumbered by two "not applicable"; it stays.
    found = only(scored("35", "35", "3-", "3-", of=bank(pillar(count=2))))
    assert found.questions[1].state == "answered"
    assert found.se == pytest.approx(sqrt((1 / 4 + 1 / 2) / 12 / 4))  # all replicates are 4: the floor


def test_the_floor_is_not_shrunk_by_how_many_were_asked():
    assert only(scored("3333333", "3333333", "3333333", invited=3)).se == pytest.approx(sqrt(7 / 3 / 12 / 49))


def test_everybody_answered():
    assert only(scored("1111111", "3333333", "5555555", invited=3)).se == pytest.approx(sqrt(7 / 3 / 12 / 49))


def test_the_interval_is_clipped_to_the_scale():
    found = only(scored("5" * 7, "5" * 7, "4" * 7))
    assert found.interval[1] == 5
    assert found.interval[0] == pytest.approx(found.score - t95(2) * found.se)


def test_no_interval_without_a_score():
    found = only(scored("3......", "3......", "4......"))
    assert (found.respondents, found.score, found.se, found.interval) == (3, None, None, None)


def test_the_index_needs_three_people_together_not_in_each_pillar():
    of = bank(pillar("a", count=1), pillar("b", count=1))
    result = scored("3.", "4.", ".2", of=of)
    assert [found.interval for found in result.pillars] == [None, None]
    # Without the third person pillar b is empty and drops out.
    replicates = [(4 + 2) / 2, (3 + 2) / 2, 3.5]
    se = sqrt(2 / 3 * sum((x - mean(replicates)) ** 2 for x in replicates))
    assert result.overall.interval == pytest.approx((max(1, 2.75 - t95(2) * se), 2.75 + t95(2) * se))


def test_the_floor_of_the_index():
    of = bank(pillar("a", count=2, weight=2), pillar("b", count=1))
    result = scored("333", "333", "333", of=of)
    floors = [(1 / 3 + 1 / 3) / 12 / 4, 1 / 3 / 12]
    se = sqrt((4 * floors[0] + floors[1]) / 9)
    assert result.overall.interval == pytest.approx((3 - t95(2) * se, 3 + t95(2) * se))


def test_a_pillar_of_weight_0_does_not_move_the_interval_of_the_index():
    both = scored("33", "35", "31", of=bank(pillar("a", count=1), pillar("b", count=1, weight=0)))
    assert both.overall.interval == pytest.approx(scored("3", "3", "3", of=bank(pillar("a", count=1))).overall.interval)


def test_no_interval_without_an_index():
    result = scored("3??", "3??", "4??", of=bank(*[pillar(key, count=1) for key in "abc"]))
    assert result.overall.interval is None
    assert result.pillars[0].interval is not None


def test_ten_times_the_people_take_about_ten_times_as_long():
    of = bank(*[pillar(f"p{n}") for n in range(8)])

    def seconds(people):
        rows = [f"{n % 5 + 1}{n % 3 + 1}{n % 4 + 2}3?2{n % 2 + 4}" * 8 for n in range(people)]
        given = answers(of, *rows)
        start = process_time()
        score(of, given)
        return process_time() - start

    seconds(10)
    assert seconds(3000) < 40 * max(seconds(300), 1e-3)


def test_the_order_of_people_changes_not_a_bit():
    of = bank(pillar(weights=[0.1, 0.2, 0.7, 1, 0.3, 3, 0.9]))
    rows = ["3423432", "4433532", "232?431", "1.3445-", "5554443"]
    one, other = only(scored(*rows, of=of)), only(scored(*reversed(rows), of=of))
    assert one == other

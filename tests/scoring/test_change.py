from dataclasses import replace
from math import sqrt

import pytest

from assessments.scoring.answers import Answers
from assessments.scoring.change import compare, is_real, welch
from assessments.scoring.student_t import t95

from .small import ANCHORS, FIVE, answers, bank, pillar, question

NEW_ANCHORS = (*ANCHORS[:4], "something else")


def compared(before, after, of=None, later=None):
    of = of or bank(pillar(count=len(before[0])))
    later = later or of
    return compare(of, answers(of, *before), later, answers(later, *after))


def change(*rounds, **banks):
    return compared(*rounds, **banks).pillars[0]


def renamed(given, *names):
    """The same answers by other people."""
    people = [replace(person, id=name) for person, name in zip(given.respondents, names, strict=True)]
    return Answers(tuple(people))


class TestCommonQuestions:
    def test_the_same_bank_shares_everything(self):
        found = change(["3333"], ["4444"])
        assert (found.comparability, found.common_weight, found.delta) == ("comparable", 1.0, 1.0)

    def test_answered_in_both(self):
        found = change(["333?"], ["44?4"])
        assert (found.common_weight, found.before, found.after) == (0.5, 3, 4)
        assert found.comparability == "indicative"

    def test_less_than_half_has_no_figures_but_lists_what_changed(self):
        found = change(["3????"], ["4????"])
        assert (found.comparability, found.common_weight) == ("none", pytest.approx(0.2))
        assert (found.before, found.after, found.delta, found.se, found.real) == (None,) * 5
        assert found.changed == ("q1",)

    def test_nothing_applies_in_a_round(self):
        found = change(["33"], ["--"])
        assert (found.comparability, found.common_weight, found.changed) == ("none", None, ())

    def test_the_smaller_of_the_two_shares(self):
        # Five apply before, four of them answered; four apply later.
        assert change(["3333?"], ["3333-"]).common_weight == pytest.approx(0.8)
        assert change(["3333?"], ["3333-"]).comparability == "comparable"

    def test_new_anchors_in_a_new_major_version_are_another_question(self):
        old = bank(pillar(questions=[question("q1"), question("q2"), question("q3")]))
        new_pillar = pillar(questions=[question("q1"), question("q2"), question("q3", anchors=NEW_ANCHORS)])
        assert change(["333"], ["444"], of=old, later=bank(new_pillar, version="2.0.0")).common_weight == pytest.approx(
            2 / 3
        )
        assert change(["333"], ["444"], of=old, later=bank(new_pillar, version="1.9.0")).common_weight == 1

    def test_weights_of_the_later_version(self):
        old = bank(pillar(weights=[1, 1]))
        new = bank(pillar(weights=[3, 1]))
        found = change(["24"], ["24"], of=old, later=new)
        assert (found.before, found.after, found.delta) == (2.5, 2.5, 0)

    def test_a_retired_question_keeps_its_own_weight(self):
        old = bank(pillar(weights=[1, 1, 2]))
        new = bank(pillar(weights=[2, 2]))
        # Before: q1 and q2 weigh 2 each as they do now, the retired q3 its own 2.
        assert change(["333"], ["44"], of=old, later=new).common_weight == pytest.approx(4 / 6)

    def test_a_new_question_is_not_common(self):
        old, new = bank(pillar(count=3)), bank(pillar(count=4))
        assert change(["333"], ["4444"], of=old, later=new).common_weight == pytest.approx(3 / 4)

    def test_a_moved_question_belongs_to_its_later_pillar(self):
        moved = question("moved")
        old = bank(pillar("a", questions=[question("a1"), moved]), pillar("b", questions=[question("b1")]))
        new = bank(pillar("a", questions=[question("a1")]), pillar("b", questions=[question("b1"), moved]))
        first, second = compared(["313"], ["331"], of=old, later=new).pillars
        assert (first.common_weight, first.before) == (1.0, 3)
        assert (second.common_weight, second.before, second.after) == (1.0, 2, 2)

    def test_weight_0_is_listed_and_counts_in_nothing(self):
        of = bank(pillar(weights=[1, 1, 0]))
        found = change(["331"], ["335"], of=of)
        assert (found.delta, found.common_weight, found.changed) == (0, 1.0, ("q3",))

    def test_what_changed_is_the_low_median(self):
        assert change(["33", "33", "33"], ["35", "34", "33"]).changed == ("q2",)
        assert change(["3", "3", "3"], ["3", "3", "5"]).changed == ()


class TestVerdict:
    def test_fewer_than_three_get_no_verdict(self):
        found = change(["1111", "1111"], ["5555", "5555", "5555"])
        assert found.delta == 4
        assert (found.se, found.interval, found.method, found.real) == (None, None, None, None)

    def test_people_without_a_common_number_do_not_count(self):
        found = change(["11", "11", ".."], ["55", "55", "55"])
        assert found.method is None

    @pytest.mark.parametrize(
        ("delta", "interval", "expected"),
        [
            (0.25, (0.01, 0.49), True),
            (0.25 - 1e-10, (0.01, 0.49), True),
            (0.2, (0.1, 0.3), False),
            (0.4, (-0.1, 0.9), False),
            (0.4, (0.0, 0.8), False),
            (-0.4, (-0.7, -0.1), True),
        ],
    )
    def test_real(self, delta, interval, expected):
        assert is_real(FIVE, delta, interval) is expected

    def test_the_interval_of_a_change_is_not_clipped(self):
        found = change(["1111", "1111", "2222"], ["5555", "5555", "4444"])
        assert found.interval[1] > 4


class TestPaired:
    def test_one_question_is_the_paired_t_interval(self):
        found = change(["1", "2", "3", "3"], ["3", "3", "4", "5"])
        differences = [2, 1, 1, 2]
        se = sqrt(sum((d - 1.5) ** 2 for d in differences) / 3 / 4)
        floor = sqrt(2 * 1 / 4 / 12)
        assert found.method == "paired"
        assert found.se == pytest.approx(max(se, floor))
        assert found.interval == pytest.approx((1.5 - t95(3) * found.se, 1.5 + t95(3) * found.se))

    def test_the_same_people_in_another_order_are_the_same_people(self):
        of = bank(pillar(count=2))
        before = answers(of, "12", "33", "24")
        after = answers(of, "23", "34", "45")
        backwards = Answers(after.respondents[::-1])
        assert compare(of, before, of, after) == compare(of, before, of, backwards)

    def test_a_question_that_a_replicate_empties_in_one_round_drops_from_both(self):
        # Before, only the first answered q2: without them, q2 is gone from both assessments.
        found = change(["13", "2.", "2."], ["25", "15", "45"])
        without = [
            (1 + 4) / 2 - 2,
            ((2 + 4) / 2 + 5) / 2 - (1.5 + 3) / 2,
            ((2 + 1) / 2 + 5) / 2 - (1.5 + 3) / 2,
        ]
        centre = sum(without) / 3
        se = sqrt(2 / 3 * sum((x - centre) ** 2 for x in without))
        assert found.se == pytest.approx(se)

    def test_nothing_left_to_compare_gives_no_error(self):
        found = change(["1.", ".2", ".2"], [".4", "3.", "3."])
        assert found.delta == pytest.approx(2)
        assert (found.se, found.method, found.real) == (None, None, None)


class TestIndependent:
    def test_other_people_are_welch(self):
        of = bank(pillar(count=1))
        before = answers(of, "1", "2", "4", "2")
        after = renamed(answers(of, "3", "5", "4"), "x", "y", "z")
        found = compare(of, before, of, after).pillars[0]
        one, two = (19 / 12) / 4, 1 / 3  # sample variance / n
        df = int((one + two) ** 2 / (one**2 / 3 + two**2 / 2))
        assert found.method == "independent"
        assert found.se == pytest.approx(sqrt(one + two))
        assert found.interval == pytest.approx((1.75 - t95(df) * found.se, 1.75 + t95(df) * found.se))

    def test_one_more_person_makes_it_independent(self):
        assert change(["12"] * 3, ["23"] * 4).method == "independent"

    def test_people_are_those_with_a_common_number(self):
        # The fourth of the later round has no number, so the same three people remain.
        assert change(["12", "23", "33"], ["23", "33", "44", "??"]).method == "paired"

    def test_without_any_spread_the_smaller_round_decides(self):
        found = change(["11"] * 3, ["22"] * 5)
        floor = sqrt(2 * (1 / 3 + 1 / 5) / 12 / 4)
        assert found.se == pytest.approx(floor)
        assert found.interval[1] - found.delta == pytest.approx(t95(2) * floor)

    def test_how_many_were_invited_changes_nothing(self):
        of = bank(pillar(count=2))
        before, after = answers(of, "12", "33", "24"), answers(of, "23", "34", "45")
        asked = replace(before, invited=3), replace(after, invited=3)
        assert compare(of, before, of, after) == compare(of, asked[0], of, asked[1])

    def test_welch_on_students_sleep_data(self):
        # Two groups of ten, variances 3.200556 and 4.009; published df 17.776.
        assert welch(3.200556 / 10, 10, 4.009 / 10, 10) == 17

    def test_df_within_rounding_of_a_whole_number_is_that_number(self):
        assert welch(0.1 / 3, 10, 0.1 / 3 + 1e-17, 10) == 18

    def test_no_variance_in_one_round(self):
        assert welch(0.0, 4, 0.3, 9) == 8


class TestIndex:
    of = bank(pillar("a", count=2, weight=2), pillar("b", count=2), pillar("c", count=2, weight=0))

    def test_is_weighted_and_leaves_out_weight_0(self):
        found = compared(["112211"], ["224455"], of=self.of).overall
        assert found.key is None
        assert (found.before, found.after) == (pytest.approx(4 / 3), pytest.approx(8 / 3))

    def test_who_answers_only_a_pillar_of_weight_0_is_nobody(self):
        of = bank(pillar("a", count=2), pillar("b", count=1, weight=0))
        found = compared(["11.", "22.", "23.", "..1"], ["22.", "33.", "35.", "..5"], of=of).overall
        alone = compared(["11", "22", "23"], ["22", "33", "35"], of=bank(pillar("a", count=2))).overall
        assert (found.se, found.interval, found.method) == (alone.se, alone.interval, alone.method)

    def test_a_pillar_of_weight_0_is_nothing_to_share(self):
        of = bank(pillar("a", count=5), pillar("b", count=5), pillar("c", count=1, weight=0))
        found = compared(["11???11---1"], ["22---22???2"], of=of).overall
        assert (found.comparability, found.before) == ("none", None)

    def test_leaves_out_what_shares_too_little_and_counts_it_in_the_share(self):
        found = compared(["11??.."], ["2244.."], of=self.of).overall
        assert (found.before, found.after, found.comparability) == (1, 2, "indicative")
        assert found.common_weight == pytest.approx(2 / 3)

    def test_a_retired_pillar_shares_nothing(self):
        old = bank(pillar("a", count=2), pillar("gone", count=2))
        found = compared(["1133"], ["22"], of=old, later=bank(pillar("a", count=2))).overall
        assert found.common_weight == 0.5

    def test_a_new_pillar_shares_nothing(self):
        new = bank(pillar("a", count=2), pillar("new", count=2, weight=3))
        found = compared(["11"], ["2233"], of=bank(pillar("a", count=2)), later=new).overall
        assert (found.common_weight, found.comparability, found.delta) == (0.25, "none", None)

    def test_pillars_that_share_too_little_one_by_one_leave_nothing_to_share(self):
        of = bank(pillar("a", count=5), pillar("b", count=5))
        # a: .4 of before, all of after; b: the other way round. Means .7, but no pillar can be compared.
        found = compared(["11???" + "11---"], ["22---" + "22???"], of=of).overall
        assert (found.common_weight, found.comparability, found.before) == (pytest.approx(0.7), "none", None)

    def test_lists_what_changed_in_every_pillar_of_weight_above_0(self):
        found = compared(["112211"], ["214415"], of=self.of)
        assert found.overall.changed == ("a1", "b1", "b2")
        assert found.pillars[2].changed == ("c2",)

    def test_people_are_counted_over_all_pillars(self):
        of = bank(pillar("a", count=1), pillar("b", count=1))
        result = compared(["1.", "2.", ".2"], ["3.", "4.", ".5"], of=of)
        assert [found.method for found in result.pillars] == [None, None]
        # Without the third, pillar b is empty in both assessments and drops.
        without = [3.0 / 2 + (4 - 2) / 2, 3.0 / 2 + (3 - 1) / 2, 3.5 - 1.5]
        centre = sum(without) / 3
        se = sqrt(2 / 3 * sum((x - centre) ** 2 for x in without))
        assert result.overall.method == "paired"
        assert result.overall.se == pytest.approx(max(se, sqrt((2 / 2 / 12 + 2 / 12) / 4)))


def test_the_same_rounds_have_not_changed():
    found = change(["3423", "4433", "2321"], ["3423", "4433", "2321"])
    assert (found.delta, found.real, found.changed) == (0, False, ())

from fractions import Fraction

import pytest

from assessments.scoring.organisation import IndexShare
from assessments.scoring.pillar import pillar_sums
from assessments.scoring.priorities import Aim, exact_gain, gain
from assessments.scoring.question import tally_up

from .small import answers, bank, only, pillar, question, scored


def priorities(*rows, of=None, **given):
    of = of or bank(pillar(count=len(rows[0])))
    return scored(*rows, of=of, **given).priorities


def order(found):
    return [entry.question for entry in found]


class TestGap:
    def test_the_default_target_is_the_next_whole_level(self):
        assert only(scored("3333333")).gap == 1
        assert only(scored("5555555")).gap == 0
        assert only(scored("33333335", of=bank(pillar(count=8)))).gap == pytest.approx(4 - 3.25)

    def test_a_score_within_rounding_of_3_counts_as_3(self):
        assert only(scored("333", of=bank(pillar(weights=[0.1, 0.2, 0.7])))).gap == pytest.approx(1)

    def test_a_given_target_is_shown_and_used(self):
        found = only(scored("3333333", targets={"p": 3.5}))
        assert (found.target, found.gap) == (3.5, 0.5)

    def test_a_target_that_is_passed_leaves_no_gap(self):
        assert only(scored("4444444", targets={"p": 3})).gap == 0

    def test_no_target_and_no_gap_without_a_score(self):
        found = only(scored("4......", targets={"p": 3}))
        assert (found.target, found.gap) == (None, None)

    def test_within_measurement_error(self):
        rows = ("3423432", "4433532", "232?431")  # S 3, t*SE .7225
        assert only(scored(*rows, targets={"p": 3.7})).gap_within_error is True
        assert only(scored(*rows, targets={"p": 3.8})).gap_within_error is False
        assert only(scored(*rows, targets={"p": 3})).gap_within_error is False  # no gap
        assert only(scored(rows[0], targets={"p": 3.7})).gap_within_error is None


class TestWhat:
    def test_answered_questions_under_the_target(self):
        assert set(order(priorities("3345", targets={"p": 3.5}))) == {"q1", "q2"}

    def test_a_mean_within_rounding_of_the_target_is_not_under_it(self):
        assert order(priorities("33", targets={"p": 3 + 1e-10})) == ["q1", "q2"]  # as blockers of level 4 alone
        assert [entry.tier for entry in priorities("33", targets={"p": 3 + 1e-10})] == [2, 2]

    def test_blockers_are_there_even_above_the_target(self):
        found = priorities("3333", targets={"p": 2})
        assert [(entry.tier, entry.gain) for entry in found] == [(2, 0.0)] * 4

    def test_a_missing_essential_that_somebody_does_not_know_is_last_in_tier_1(self):
        of = bank(pillar(essential={1: 2, 2: 2}))
        found = priorities("?1333333"[:7], "?3333333"[:7], of=of)
        assert order(found)[:2] == ["q2", "q1"]
        assert [entry.tier for entry in found[:2]] == [1, 1]
        assert (found[1].gain, found[1].effort, found[1].action) == (None, None, None)

    def test_a_blank_missing_essential_blocks_in_tier_2_and_stands_last(self):
        found = priorities(".222222", of=bank(pillar(essential={1: 3})))
        assert (found[-1].question, found[-1].tier, found[-1].gain) == ("q1", 2, None)

    def test_a_pillar_without_a_score_adds_only_its_missing_essentials(self):
        found = priorities("?1.????", of=bank(pillar(essential={1: 3, 2: 3, 3: 3})))
        assert order(found) == ["q1"]
        assert (found[0].tier, found[0].gain) == (1, None)

    def test_missing_essentials_stand_last_in_tier_1_whatever_pillar_they_are_of(self):
        # z1 is disputed, and reaches its target: no gain. a1 belongs to a pillar without a score.
        a, z = (
            pillar(key, questions=[question(f"{key}1", essential_at=5), *(question(f"{key}{n}") for n in (2, 3, 4, 5))])
            for key in "az"
        )
        found = priorities("?????25555", "?????55555", of=bank(a, z), targets={"z": 3})
        assert [(entry.question, entry.tier, entry.gain) for entry in found][:2] == [("z1", 1, 0.0), ("a1", 1, None)]

    def test_missing_essentials_of_every_pillar_stand_in_the_order_of_their_keys(self):
        def unknown(key, answered):
            names = [f"{key}{n}" for n in range(2, 2 + answered)]
            return pillar(key, questions=[question(f"{key}1", essential_at=5), *map(question, names)])

        # Pillars a and z have no score, m has.
        found = priorities("?" + "?5555" + "?", of=bank(unknown("a", 0), unknown("m", 4), unknown("z", 0)))
        assert order(found)[:3] == ["a1", "m1", "z1"]

    def test_what_does_not_apply_is_not_asked_for(self):
        assert order(
            priorities("-44444444"[:7], "?44444444"[:7], "-44444444"[:7], of=bank(pillar(essential={1: 2})))
        ) == [f"q{n}" for n in range(2, 8)]

    def test_a_question_of_weight_0_comes_only_as_an_essential(self):
        of = bank(pillar(weights=[0, 0, 1, 1], essential={1: 2}))
        found = priorities("1133", of=of)
        assert [(entry.question, entry.tier, entry.gain) for entry in found if entry.question in {"q1", "q2"}] == [
            ("q1", 2, 0.0)
        ]

    def test_a_target_never_exceeds_the_highest_offered_level(self):
        questions = [question("q1", offered=(1, 2, 3)), *[question(f"q{n}") for n in range(2, 6)]]
        found = {e.question: e for e in priorities("25555", of=bank(pillar(questions=questions)), targets={"p": 5})}
        assert found["q1"].gain == pytest.approx(25 / 5 * (3 - 2))


class TestTiers:
    def test_essential_and_flagged_or_unknown(self):
        of = bank(pillar(essential={1: 5, 2: 5, 3: 5}))
        found = {entry.question: entry.tier for entry in priorities("1?23333", "4323333", of=of, targets={"p": 4})}
        assert (found["q1"], found["q2"], found["q3"]) == (1, 1, 2)

    def test_disagreement_on_an_ordinary_question_is_no_tier_1(self):
        assert {entry.tier for entry in priorities("1333333", "4333333")} == {2}

    def test_the_rest_is_tier_3(self):
        found = {entry.question: (entry.tier, entry.why) for entry in priorities("3333344", targets={"p": 5})}
        assert found["q1"] == (2, "blocks_next_level")
        assert found["q6"] == (3, "gain_per_effort")


class TestOrder:
    def of(self, *efforts, keys=None):
        keys = keys or [f"q{n}" for n in range(1, len(efforts) + 1)]
        return bank(pillar(questions=[question(k, steps=[(2, e)]) for k, e in zip(keys, efforts, strict=True)]))

    def test_gain_per_effort_highest_first(self):
        assert order(priorities("222", of=self.of(2, 0.5, 1))) == ["q2", "q3", "q1"]

    def test_an_unknown_effort_ranks_as_1_and_is_not_printed(self):
        found = priorities("222", of=self.of(2, None, 0.5))
        assert order(found) == ["q3", "q2", "q1"]
        assert (found[1].effort, found[1].action) == (None, "Leave 2")

    def test_a_tie_goes_to_the_lower_effort(self):
        # q1 gains twice as much for twice the effort.
        questions = [question("q1", weight=2, steps=[(2, 2)]), question("q2", weight=1, steps=[(2, 1)])]
        assert order(priorities("22", of=bank(pillar(questions=questions)))) == ["q2", "q1"]

    def test_a_tie_that_a_rounded_last_bit_would_break(self):
        # Weights that add up to 1: both gain .2675002275 a month, which ends in half a unit of the ninth decimal.
        # 25*0.0107000091 is the double above that half, 25*0.0321000273/3 the one below.
        weights, efforts = (0.0107000091, 0.0321000273, 0.9571999636), (1, 3, 1)
        questions = [
            question(f"q{n}", weight=w, steps=[(2, e)]) for n, w, e in zip((1, 2, 3), weights, efforts, strict=True)
        ]
        assert order(priorities("222", of=bank(pillar(questions=questions)))) == ["q3", "q1", "q2"]

    def test_then_to_the_key_by_code_point(self):
        assert order(priorities("222", of=self.of(1, 1, 1, keys=["b", "a", "Z"]))) == ["Z", "a", "b"]

    def test_the_step_is_the_first_from_the_low_median(self):
        steps = [(1, 9), (2, 3), (2, 4)]
        found = priorities("2", "3", of=bank(pillar(questions=[question("q1", steps=steps)])))
        assert (found[0].effort, found[0].action) == (3, "Leave 2")

    def test_no_step_at_the_low_median(self):
        found = priorities("3", of=bank(pillar(questions=[question("q1", steps=[(2, 3)])])))
        assert (found[0].effort, found[0].action, found[0].owner, found[0].horizon) == (None, None, None, None)


def gains(row, place, of, target, weights):
    """The gain of a question of the first pillar, as a double and exactly."""
    tallies = tally_up(of, answers(of, *row).respondents)
    first = pillar_sums(of, of.pillars[0], tuple(tallies[question.key] for question in of.pillars[0].questions))
    aim = Aim(first, target, IndexShare(of.pillars[0].weight, weights))
    return gain(aim, first.tallies[place]), exact_gain(aim, first.tallies[place])


class TestGain:
    def test_can_be_had_without_rounding(self):
        of = bank(pillar(weights=[0.2, 1.4, 0.4], weight=3), pillar("other", count=1))
        found, exact = gains(["2331", "3331", "3331"], 0, of, 4.5, (3.0, 1.0))
        assert exact == 25 * Fraction(3, 4) * Fraction(1, 10) * (Fraction(9, 2) - Fraction(8, 3))
        assert found == pytest.approx(float(exact))

    def test_is_0_exactly_above_the_target(self):
        assert gains(["4331"], 0, bank(pillar(count=4)), 3, (1.0,)) == (0.0, Fraction(0))

    def test_is_in_points_of_the_index(self):
        # Pillar p weighs 3 of 4, q1 weighs 2 of 4 of its applicable weight.
        of = bank(pillar(weights=[2, 1, 1], weight=3), pillar("other", count=1))
        found = {e.question: e.gain for e in priorities("2333", of=of, targets={"p": 4})}
        assert found["q1"] == pytest.approx(25 * 3 / 4 * 2 / 4 * (4 - 2))

    def test_counts_missing_weight_as_applicable(self):
        found = {e.question: e.gain for e in priorities("2333?", targets={"p": 4})}
        assert found["q1"] == pytest.approx(25 / 5 * 2)

    def test_a_pillar_of_weight_0_gains_nothing(self):
        found = {e.question: e.gain for e in priorities("21", of=bank(pillar("a", 1), pillar("b", 1, weight=0)))}
        assert found == {"a1": pytest.approx(25), "b1": 0.0}

    def test_no_gain_where_no_scored_pillar_weighs_anything(self):
        result = scored("21?", of=bank(pillar("a", 1, weight=0), pillar("b", 1, weight=0), pillar("c", 1)))
        assert result.overall.index is None
        assert [(entry.question, entry.gain) for entry in result.priorities] == [("a1", None), ("b1", None)]

    def test_without_gains_a_missing_question_still_stands_last(self):
        of = bank(pillar("a", count=7, weight=0), pillar("b", count=1))
        assert order(priorities("?222222?", of=of)) == ["a2", "a3", "a4", "a5", "a6", "a7", "a1"]

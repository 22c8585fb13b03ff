import pytest

from .small import bank, blocked_by, only, pillar, question, scored


def found(*rows, evidence=None, **given):
    given.setdefault("count", len(rows[0]))
    return only(scored(*rows, of=bank(pillar(**given)), evidence=evidence))


class TestGate:
    def test_exactly_half_is_not_largely(self):
        assert found("2211").level == 1

    def test_exactly_85_percent_is_not_fully(self):
        # a(2) = .85 of weights 0.7, 0.15 and 0.15: level 2 holds, level 3 is refused for good.
        assert found("331", weights=[0.7, 0.15, 0.15]).level == 2

    def test_the_climb_stops_at_the_first_refusal(self):
        # a(3) > .50 and a(4) > .50 do not help while an essential question fails at 3.
        assert found("2555555", essential={1: 3}).level == 2

    def test_an_essential_question_gates_every_level_from_its_own(self):
        assert found("3555555", essential={1: 3}).level == 3
        assert found("3555555", essential={1: 4}).level == 3
        assert found("3555555", essential={1: 5}).level == 4

    def test_a_missing_essential_question_fails(self):
        assert found("?444444", essential={1: 2}).level == 1

    def test_an_essential_question_of_weight_0_gates_too(self):
        weights = [0, 1, 1, 1, 1, 1, 1]
        gated = found("1444444", weights=weights, essential={1: 3})
        assert (gated.level, gated.score) == (2, 4)
        assert blocked_by(gated) == [("q1", "essential")]

    def test_an_essential_question_that_does_not_apply_gates_nothing(self):
        assert found("-444444", essential={1: 2}).level == 4

    def test_an_essential_question_asks_for_what_it_offers(self):
        questions = [question("q1", essential_at=3, offered=(1, 2)), *(question(f"q{n}") for n in range(2, 8))]
        # It is asked for 2 at every level; its low median of 2 caps the pillar at 4.
        assert only(scored("2555555", of=bank(pillar(questions=questions)))).level == 4

    def test_the_low_median_decides_not_the_mean(self):
        assert found("2333333", "4333333", essential={1: 3}).level == 2


class TestCap:
    def test_a_single_one_caps_at_3(self):
        assert found("1" + "5" * 9).level == 3

    def test_a_missing_question_caps_nothing(self):
        assert found("?" + "5" * 9).level == 5

    def test_weight_0_caps_nothing(self):
        assert found("1" + "5" * 9, weights=[0] + [1] * 9).level == 5


class TestRule4:
    def test_no_level_while_provisional(self):
        assert found("444??").level is None

    def test_no_level_with_more_than_half_not_applicable(self):
        assert found("44--").level == 4
        assert found("4---").level is None
        assert found("4---").score == 4


class TestBlockers:
    def test_the_cap_is_named_alone_where_it_lowered_the_level(self):
        assert blocked_by(found("15555555551", essential={2: 5}, weights=[1] * 10 + [0.1])) == [
            ("q1", "cap"),
            ("q11", "cap"),
        ]

    def test_essentials_come_first_then_a_cap_at_the_level_then_shares(self):
        # Level 3: q2 fails at 4, q1's 1 caps at 3 as well, and a(4) = 2/8.
        blocked = blocked_by(found("13333344", essential={2: 4, 1: 5}))
        assert blocked[0] == ("q2", "essential")
        assert blocked[1] == ("q1", "cap")
        assert blocked[2:] == [(f"q{n}", "below") for n in (3, 4, 5, 6)]

    def test_each_question_once(self):
        keys = [key for key, _ in blocked_by(found("13333344", essential={1: 4}))]
        assert keys == ["q1", "q2", "q3", "q4", "q5", "q6"]

    def test_the_lowest_level_whose_share_failed_is_what_counts(self):
        # Level 3 by a(3) = .6; a(2) = .9 is fully, a(3) is not: f = 3, though a(4) fails as well.
        assert blocked_by(found("3333332222")) == [(f"q{n}", "below") for n in (7, 8, 9, 10)]

    def test_lowest_share_then_heavier_weight_then_bank_order(self):
        blocked = blocked_by(found("2222?", "2322?", weights=[0.1, 0.2, 0.3, 0.4, 0.1]))
        # Level 2: only q2 reaches 3, for one of two; the missing q5 counts as 0.
        assert blocked == [(key, "below") for key in ("q4", "q3", "q1", "q5", "q2")]

    def test_nothing_blocks_level_5(self):
        assert blocked_by(found("5555555")) == []

    def test_nothing_is_named_without_a_level(self):
        assert blocked_by(found("444??", essential={4: 2})) == []

    def test_a_missing_question_blocks_too(self):
        assert ("q7", "below") in blocked_by(found("444444?"))

    def test_weights_are_compared_as_they_were_given(self):
        blocked = blocked_by(found("1133", weights=[1, 1.0000000001, 5, 5]))
        assert [key for key, _ in blocked[:2]] == ["q2", "q1"]

    def test_weight_0_is_never_below_or_cap(self):
        assert [key for key, _ in blocked_by(found("1333", weights=[0, 1, 1, 1]))] == ["q2", "q3", "q4"]


class TestSelfDeclared:
    def test_is_asked_from_level_4(self):
        assert found("3333333").self_declared is None
        assert found("4444444").self_declared is True

    def test_essentials_up_to_the_level_need_evidence(self):
        essential = {1: 3, 2: 4, 3: 5}
        assert found("4444444", essential=essential, evidence={1: 2}).self_declared is True
        assert found("4444444", essential=essential, evidence={1: 2, 2: 3}).self_declared is False
        assert found("5555555", essential=essential, evidence={1: 2, 2: 3}).self_declared is True

    def test_without_an_essential_at_the_level_half_of_the_weight_needs_evidence(self):
        assert found("4444", essential={1: 5}, evidence={1: 2, 2: 2}).self_declared is False
        assert found("4444", essential={1: 5}, evidence={1: 2}).self_declared is True

    def test_an_essential_question_of_weight_0_counts(self):
        given = {"weights": [0, 1, 1, 1], "essential": {1: 3}}
        assert found("4444", **given, evidence={2: 2, 3: 2, 4: 2}).self_declared is True
        assert found("4444", **given, evidence={1: 2}).self_declared is False

    def test_an_essential_question_that_does_not_apply_is_left_out(self):
        given = {"essential": {1: 3}}
        assert found("-444", **given, evidence={2: 2, 3: 2}).self_declared is False
        assert found("-444", **given, evidence={2: 2}).self_declared is True


@pytest.mark.parametrize("weights", [[0.1] * 7, [0.2] * 7, [0.7] * 7, [1000] * 7])
def test_equal_weights_of_any_size_give_the_same(weights):
    for row in ("4444441", "5555511", "444444?", "2233441"):
        scaled, plain = found(row, weights=weights), found(row)
        assert (scaled.level, scaled.status, scaled.blocking) == (plain.level, plain.status, plain.blocking)

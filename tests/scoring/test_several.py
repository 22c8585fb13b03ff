"""Several assessments on the questions that all of them share."""

import pytest

from assessments.scoring.change import compare
from assessments.scoring.several import compare_several
from tests.scoring.small import answers, bank, pillar, question

SEVEN = bank()


def side(*rows, of=SEVEN):
    return of, answers(of, *rows)


def test_two_rounds_are_compared_as_ever():
    before, after = side("2323223", "3323323", "22.3222"), side("3334333", "34334..", "3323323")
    found = compare_several([before, after])
    assert found.pairs == (compare(*before, *after),)
    assert found.common == tuple(SEVEN.questions)


def test_three_rounds_share_what_all_three_answered():
    first, second, third = side("2222222"), side("333333."), side("44444.4")
    found = compare_several([first, second, third])
    assert found.common == ("q1", "q2", "q3", "q4", "q5")
    assert [pair.overall.before for pair in found.pairs] == [pytest.approx(2.0)] * 2
    assert [pair.overall.common_weight for pair in found.pairs] == [pytest.approx(5 / 7)] * 2
    assert [pair.overall.comparability for pair in found.pairs] == ["indicative"] * 2


def test_the_first_round_has_one_score_whatever_it_stands_beside():
    first, second, third = side("2222224"), side("333333."), side("4444443")
    alone = compare(*first, *third)
    together = compare_several([first, second, third])
    assert alone.overall.before == pytest.approx(16 / 7)
    assert {pair.overall.before for pair in together.pairs} == {2.0}


def test_what_is_not_applicable_stays_so():
    first, second, third = side("222222-"), side("333333-"), side("44444.-")
    found = compare_several([first, second, third])
    assert [pair.overall.common_weight for pair in found.pairs] == [pytest.approx(5 / 6)] * 2


def test_what_one_round_sets_aside_is_not_held_against_it():
    two = bank(pillar("a"), pillar("b"))
    first, second = side("2222222 222----", of=two), side("3333333 3333333", of=two)
    third = side("444444- 444....", of=two)
    overall = compare_several([first, second, third]).pairs[1].overall
    assert overall.common_weight == pytest.approx((1 + 3 / 7) / 2)


def test_a_question_with_another_meaning_is_not_shared():
    other = bank(
        pillar(questions=[*SEVEN.pillars[0].questions[:6], question("q7", anchors=("a", "b", "c", "d", "e"))]),
        version="2.0.0",
    )
    found = compare_several([side("2222222"), side("3333333"), side("4444444", of=other)])
    assert "q7" not in found.common
    assert len(found.common) == 6


def test_nothing_in_common_leaves_no_figures():
    found = compare_several([side("222...."), side("....333"), side("2222222")])
    assert found.common == ()
    assert [pair.overall.delta for pair in found.pairs] == [None, None]

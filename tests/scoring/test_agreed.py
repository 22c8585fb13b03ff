"""What a room agreed on beside what people answered, in numbers that a person can check by hand."""

from datetime import UTC, datetime

import pytest

from assessments.scoring.agreed import AgreedLevel, agreed, most_disagreement_first, score_agreed
from assessments.scoring.result import score
from tests.scoring.limited import seen
from tests.scoring.small import answers, bank, pillar

SEVEN = bank()
KEYS = tuple(SEVEN.questions)


def said(**levels):
    return {key: AgreedLevel(level, "because", "", datetime(2026, 11, 20, tzinfo=UTC)) for key, level in levels.items()}


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        (("3333333", "3353333", "3333313"), "q3 q6 q1 q2 q4 q5 q7"),  # equal spreads in bank order
        (("2333331", "4333335", "3333333"), "q7 q1 q2 q3 q4 q5 q6"),  # 1.33 before 0.67
        (("?1?3333", "?5?3333", "1333333"), "q2 q4 q5 q6 q7 q1 q3"),  # one number or none: unknown, last
        (("3333333",), "q1 q2 q3 q4 q5 q6 q7"),
        ((), "q1 q2 q3 q4 q5 q6 q7"),
    ],
)
def test_most_disagreement_first(rows, order):
    assert most_disagreement_first(SEVEN, answers(SEVEN, *rows), KEYS) == tuple(order.split())


def test_what_may_not_be_known_does_not_order():
    given = answers(SEVEN, "1333333", "5333333")
    assert most_disagreement_first(SEVEN, given, ()) == KEYS
    assert most_disagreement_first(SEVEN, given, KEYS)[0] == "q1"


@pytest.mark.parametrize(
    ("rows", "levels", "expected"),
    [
        (("3333333", "3333333", "3333333"), {"q1": 5}, (3 * 6 + 5) / 7),
        (("1333333", "5333333"), {"q1": 4}, (3 * 6 + 4) / 7),
        (("?333333", "?333333"), {"q1": 1}, (3 * 6 + 1) / 7),  # nobody knew, the room does
        (("-333333", "-333333"), {"q1": 1}, (3 * 6 + 1) / 7),  # it applies after all
        (("2222222",), dict.fromkeys(KEYS, 4), 4.0),
        (("33.....",), {"q1": 5}, None),  # coverage 2 of 7: the rules do their work
        (("333....",), {"q4": 5}, 3.5),
    ],
)
def test_the_room_speaks_with_one_voice(rows, levels, expected):
    (found,) = score_agreed(SEVEN, answers(SEVEN, *rows), levels).pillars
    assert found.score == (expected if expected is None else pytest.approx(expected))
    assert found.interval is None


def test_it_is_one_number_and_its_evidence_stays():
    given = answers(SEVEN, "3333333", "1333333", evidence={1: 2})
    (found,) = score_agreed(SEVEN, given, {"q1": 4}).pillars
    assert (found.questions[0].n, found.questions[0].mean, found.questions[0].evidence) == (1, 4.0, 2)


def test_an_agreed_level_counts_whole_for_the_level():
    """Half the room at level 1 holds a pillar at level 1; agreed on 3 it is at 3."""
    given = answers(SEVEN, "3333333", "1111111", "1111111")
    assert score(SEVEN, given).pillars[0].level == 1
    assert score_agreed(SEVEN, given, dict.fromkeys(KEYS, 3)).pillars[0].level == 3


def test_agreeing_with_everybody_changes_nothing():
    given = answers(SEVEN, "3343333", "3343333", "3343333")
    before, after = score(SEVEN, given).pillars[0], score_agreed(SEVEN, given, {"q3": 4, "q1": 3}).pillars[0]
    assert (after.score, after.level, after.coverage, after.attained) == (
        before.score, before.level, before.coverage, before.attained,
    )  # fmt: skip


def test_an_unknown_question_is_an_error():
    with pytest.raises(KeyError):
        score_agreed(SEVEN, answers(SEVEN, "3333333"), {"q9": 3})


TWO = bank(pillar("a"), pillar("b"))


def beside(rows, **levels):
    given = answers(TWO, *rows)
    return agreed(TWO, given, seen(TWO, given), said(**levels))


def test_nothing_agreed_is_nothing_to_show():
    assert beside(("3" * 14,) * 3) is None


def test_where_nothing_is_hidden_everything_is_shown():
    found = beside(("3" * 14,) * 3, b2=5, a1=4)
    assert (tuple(found.answers), found.withheld, found.without_index) == (("a1", "b2"), frozenset(), False)
    assert [row.score for row in found.result.pillars] == pytest.approx([(3 * 6 + 4) / 7, (3 * 6 + 5) / 7])


def test_a_pillar_with_a_hidden_question_keeps_its_agreed_figures_to_itself():
    """Of a7 only two gave a number. A second score of that pillar, off by a known amount, would narrow theirs down."""
    rows = ("3333332" + "3" * 7, "3333334" + "3" * 7, "333333?" + "3" * 7)
    assert beside(rows, a1=5).withheld == {"a"}
    elsewhere = beside(rows, b1=5)
    assert (elsewhere.withheld, elsewhere.without_index) == (frozenset(), True)


def test_the_example_of_the_method_note():
    """The three respondents of the method, with "visible" (2, 2, 1) agreed on at 2."""
    given = answers(SEVEN, "3423432", "4433532", "232?431")
    assert score(SEVEN, given).pillars[0].score == pytest.approx(3.0)
    assert score_agreed(SEVEN, given, {"q7": 2}).pillars[0].score == pytest.approx(3.048, abs=5e-4)

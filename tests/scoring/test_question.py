import pytest

from assessments.scoring.answers import Answers, Evidence, Respondent
from assessments.scoring.result import score

from .small import answers, bank, only, pillar, question, scored


def first(*rows, of=None):
    return only(scored(*rows, of=of or bank(pillar(count=1)))).questions[0]


# rows, state
STATES = [
    (("3",), "answered"),
    (("?",), "missing"),
    ((".",), "missing"),
    (("-",), "not_applicable"),
    (("3", "-"), "answered"),  # a tie means applicable
    (("3", "-", "-"), "not_applicable"),
    (("?", "-"), "not_applicable"),  # a don't-know is no number
]


@pytest.mark.parametrize(("rows", "state"), STATES)
def test_state(rows, state):
    assert first(*rows).state == state


@pytest.mark.parametrize(
    ("rows", "low_median"), [("3", 3), ("24", 2), ("15", 1), ("125", 2), ("1255", 2), ("1335", 3), ("5555", 5)]
)
def test_low_median_is_the_lower_of_the_two_middle_values(rows, low_median):
    assert first(*rows).low_median == low_median


def test_a_question_that_does_not_apply_still_shows_the_numbers_it_has():
    found = first("2", "4", "-", "-", "-")
    assert (found.state, found.mean, found.low_median, found.n) == ("not_applicable", 3.0, 2, 2)
    assert (found.dont_know, found.not_applicable) == (0, 3)


def test_a_blank_is_counted_nowhere():
    found = first(".", ".")
    assert (found.mean, found.low_median, found.n, found.dont_know, found.evidence) == (None, None, 0, 0, None)


def test_average_deviation():
    assert first("3").disagreement is None
    assert first("3", "4", "2").disagreement == pytest.approx(2 / 3)


@pytest.mark.parametrize(("value", "grade"), [(3, 2), ("dont_know", None), ("not_applicable", None)])
def test_a_grade_without_a_number_is_ignored(value, grade):
    of = bank(pillar(count=1))
    people = (Respondent("a", {"q1": value}, {"q1": Evidence(2)}),)
    assert only(score(of, Answers(people))).questions[0].evidence == grade


def test_the_highest_grade_among_the_numbers_counts():
    of = bank(pillar(count=1))
    people = (
        Respondent("a", {"q1": 3}, {"q1": Evidence(1)}),
        Respondent("b", {"q1": 3}),
        Respondent("c", {"q1": "dont_know"}, {"q1": Evidence(3)}),
    )
    assert only(score(of, Answers(people))).questions[0].evidence == 1


def test_an_answer_to_an_unknown_question_is_an_error():
    with pytest.raises(KeyError):
        score(bank(), Answers((Respondent("a", {"elsewhere": 3}),)))


def test_an_answer_below_a_level_never_counts_for_it_unless_the_question_offers_nothing_higher():
    partial = question("q1", offered=(1, 3))
    assert [partial.asked(level) for level in (1, 2, 3, 4, 5)] == [1, 3, 3, 3, 3]
    of = bank(pillar(questions=[partial]))
    assert only(scored("3", of=of)).attained == dict.fromkeys((2, 3, 4, 5), 1.0)
    assert only(scored("1", of=of)).attained == dict.fromkeys((2, 3, 4, 5), 0.0)


def test_a_level_between_those_offered_asks_for_the_next_higher():
    of = bank(pillar(questions=[question("q1", offered=(1, 3, 5))]))
    assert only(scored("3", of=of)).attained == {2: 1.0, 3: 1.0, 4: 0.0, 5: 0.0}


def test_answered_counts_those_with_any_answer():
    of = bank()
    assert scored("3333333", "???????", "-......", ".......", of=of).answered == 3
    assert len(answers(of, ".......").respondents) == 1

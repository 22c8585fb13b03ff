import pytest

from assessments.scoring.minimum_respondents import disclosed, may_show, may_split

from .small import answers, bank, pillar

# what, smallest n in a confidential and in a named assessment
LIMITS = [("pillar", 1, 1), ("question", 3, 1), ("distribution", 5, 1), ("comments", 3, 1), ("function", 3, 1)]


@pytest.mark.parametrize(("shown", "confidential", "named"), LIMITS)
def test_limits(shown, confidential, named):
    assert may_show(shown, confidential, confidential=True)
    assert not may_show(shown, confidential - 1, confidential=True)
    assert may_show(shown, named, confidential=False)
    assert not may_show(shown, named - 1, confidential=False)


@pytest.mark.parametrize(("sizes", "allowed"), [((3, 3, 4), True), ((3, 2, 9), False), ((), False)])
def test_one_small_function_hides_the_whole_split(sizes, allowed):
    assert may_split(sizes, confidential=True) is allowed


def test_a_named_round_may_always_be_split():
    assert may_split((1, 2), confidential=False)


# Five people; q1 has five numbers, q2 four and a "don't know", q3 two, q4 none.
ROWS = ("133?", "35-?", "352.", "54..", "5?..")


def test_a_mean_is_shown_from_three_numbers_and_the_counts_from_five():
    of = bank(pillar(count=4))
    found = disclosed(of, answers(of, *ROWS), confidential=True)
    assert found.means == {"q1", "q2"}
    assert found.counts == {"q1": (1, 0, 2, 0, 2)}


def test_a_named_round_shows_every_question_that_somebody_answered():
    of = bank(pillar(count=4))
    found = disclosed(of, answers(of, *ROWS), confidential=False)
    assert found.means == {"q1", "q2", "q3"}
    assert found.counts["q2"] == (0, 0, 1, 1, 2)
    assert found.counts["q3"] == (0, 1, 1, 0, 0)

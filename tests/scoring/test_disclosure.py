import pytest

from assessments.scoring.disclosure import may_show, may_split

# what, smallest n in a confidential and in a named round
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

import pytest

from assessments.scoring.flags import looks_careless

from .small import bank, person, pillar

# one person's answers, careless
ROWS = [
    ("3333333333", True),
    ("3333333312", True),  # 8 of 10 in a run
    ("3333333122", False),  # 7 of 10
    ("3333133331", False),  # 8 of 10, broken
    ("3333?33333", True),  # a don't-know is no number and breaks nothing
    ("333.......", False),  # too few to say
    ("33333.....", True),
    ("1234512345", False),
    ("..........", False),
]


@pytest.mark.parametrize(("row", "careless"), ROWS)
def test_identical_in_one_run(row, careless):
    of = bank(pillar(count=10))
    assert looks_careless(of, person("r1", row, of.questions)) is careless


def test_a_run_goes_on_across_pillars():
    of = bank(pillar("a", count=3), pillar("b", count=3))
    assert looks_careless(of, person("r1", "133333", of.questions))

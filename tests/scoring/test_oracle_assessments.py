"""The engine's change between assessments against the second opinion, field by field."""

import pytest

from assessments.scoring.change import compare
from tests.scoring import oracle_assessments
from tests.scoring.plain import differences, plain_answers, plain_bank
from tests.scoring.shaped import random_shaped_rounds
from tests.scoring.strategies import random_rounds

STATES = ("key", "comparability", "method", "real")
NUMBERS = ("common_weight", "before", "after", "delta", "se", "interval")


def comparison_differences(found, expected):
    later = expected["pillars"][: len(found.pillars)]  # pillars that the later version retired have no entry
    for change, its in zip((found.overall, *found.pillars), (expected["overall"], *later), strict=True):
        path = its["key"] or "overall"
        yield from differences(change, its, path, STATES, NUMBERS)
        if list(change.changed) != its["changed"]:
            yield f"{path}.changed: {change.changed}, expected {its['changed']}"


def assert_agrees(seeds, rounds_of):
    for seed in seeds:
        rounds = rounds_of(seed)
        plain = [convert(part) for convert, part in zip((plain_bank, plain_answers) * 2, rounds, strict=True)]
        found = list(comparison_differences(compare(*rounds), oracle_assessments.compare(*plain)))
        assert not found, f"seed {seed}: " + "\n".join(found)


@pytest.mark.parametrize("start", range(0, 1_500, 250))
def test_the_engine_agrees_with_the_second_opinion_on_change(start):
    assert_agrees(range(start, start + 250), random_rounds)


@pytest.mark.parametrize("start", range(0, 500, 250))
def test_the_engine_agrees_on_change_in_banks_of_every_shape(start):
    assert_agrees(range(start, start + 250), random_shaped_rounds)


@pytest.mark.long
@pytest.mark.parametrize("start", range(100_000, 140_000, 5_000))
@pytest.mark.parametrize("rounds_of", [random_rounds, random_shaped_rounds])
def test_the_engine_agrees_on_many_more_changes(start, rounds_of):
    assert_agrees(range(start, start + 5_000), rounds_of)

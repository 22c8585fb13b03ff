"""What keeps an organisation at its level: one person's row over pillars of one question, to be checked by hand."""

import pytest

from assessments.scoring.view import view_of
from assessments.wording.next_steps import limit_of
from tests.scoring.small import bank, pillar, scored


def limit(row, weights=None):
    of = bank(*[pillar(f"p{n}", count=1, weight=w) for n, w in enumerate(weights or [1] * len(row))])
    found = limit_of(view_of(of, scored(row, of=of)))
    return found and (found.level, found.rule, [int(key[1:]) for key in found.pillars])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("44444441", (2, "lowest", [7])),
        ("44444422", (3, "lowest", [6, 7])),
        ("33333331", (2, "lowest", [7])),
        ("44443333", (3, "share", [4, 5, 6, 7])),
        ("3344", (3, "share", [0, 1])),
        ("5555", None),
        ("????", None),
    ],
)
def test_pillars_that_hold_the_organisation_at_its_level(row, expected):
    assert limit(row) == expected


def test_a_pillar_of_weight_0_holds_nothing():
    assert limit("4441", weights=[1, 1, 1, 0]) == (4, "share", [0, 1, 2])

"""What a move changes: levels where it leads to one, else points, and never zero."""

import pytest

from assessments.pages.result.next_steps import moves
from assessments.scoring.bank import Scale
from assessments.scoring.effects import Effect
from assessments.scoring.suppression import ReaderResult
from assessments.scoring.view import ResultView
from assessments.wording import numbers
from assessments.wording.effects import effect_sentence
from tests.charts import northfield
from tests.scoring.limited import seen
from tests.scoring.small import answers, bank, pillar


def view_of(*rows, essential=None, targets=None):
    of = bank(pillar("ethics", essential=essential), pillar("talent"))
    return ResultView(of, seen(of, answers(of, *rows, targets=targets), confidential=False), "Northfield")


def test_it_names_the_levels_that_a_move_leads_to():
    first = moves(view_of("1333333 3333333", essential={1: 2})).rows[0]
    assert first.effect == "Takes Ethics to level\xa03 and Northfield to level\xa03"
    assert first.gain == "+0.14"


def test_where_no_level_changes_it_names_the_points_of_the_pillar():
    view = view_of("2333333 3333333")
    found = view.result.priorities[0]
    assert effect_sentence(view, found, Effect(4, None, None)) == "Raises Ethics by 0.1"
    assert effect_sentence(view, found, Effect(4, 4, None)) == "Takes Ethics to level\xa04"


def test_without_the_mean_there_is_no_effect():
    view = northfield.view(told=northfield.NOTHING)
    assert effect_sentence(view, view.result.priorities[0], None) is None


@pytest.mark.parametrize(
    ("points", "shown"), [(0.7, "+0.03"), (25.0, "+1.00"), (0.13, "+0.01"), (0.12, "under 0.01"), (0.0, None)]
)
def test_a_gain_is_never_printed_as_zero(points, shown):
    assert numbers.gain(points, Scale(1, 5)) == shown


def test_a_reader_who_sees_no_distribution_sees_no_level():
    view = view_of("1333333 3333333", essential={1: 2})
    limited = ResultView(view.bank, ReaderResult(view.result, view.seen.means, {}), "Northfield")
    assert moves(limited).rows[0].effect == "Raises Ethics by 0.3"

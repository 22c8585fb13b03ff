"""What a comparison keeps back, in keys that a person can follow."""

from dataclasses import replace

import pytest

from assessments.scoring.change import compare
from assessments.scoring.result import score
from assessments.scoring.suppression import Extent, ReaderResult
from assessments.scoring.withheld import gives_away, restricted_comparison, without_pillars
from tests.scoring.small import answers, bank, pillar

TWO = bank(pillar("a", 3), pillar("b", 3))
BEFORE, AFTER = answers(TWO, "222222", "222222", "222222"), answers(TWO, "233344", "233344", "233344")
CHANGED = ("a2", "a3", "b1", "b2", "b3")


@pytest.fixture
def comparison():
    return compare(TWO, BEFORE, TWO, AFTER)


@pytest.mark.parametrize(
    ("row", "means", "hidden"),
    [
        ("333333", {"a1", "a2", "a3"}, False),
        ("333333", {"a1", "a2"}, True),
        ("33.333", {"a1", "a2"}, False),  # nobody answered a3: there is nothing to hide
        ("333333", set(), True),
    ],
)
def test_an_answered_question_without_its_mean_is_hidden(row, means, hidden):
    extent = Extent(frozenset(means), frozenset())
    assert extent.must_round(score(TWO, answers(TWO, row)).pillars[0]) is hidden


@pytest.mark.parametrize(
    ("row", "common", "means", "tells"),
    [
        ("333333", {"a1", "a2", "a3"}, set(), False),  # the same questions: the score that is published anyway
        ("333333", {"a1", "a2"}, {"a1", "a2"}, False),  # a part, but nothing in it is hidden
        ("333333", {"a1", "a2"}, {"a1", "a3"}, True),
        ("33.333", {"a1", "a2"}, set(), False),  # all that was answered
        ("333333", set(), set(), False),
    ],
)
def test_a_part_with_a_hidden_question_gives_it_away(row, common, means, tells):
    assert gives_away(score(TWO, answers(TWO, row)).pillars[0], common, means) is tells


def test_a_pillar_is_taken_out_whole_and_the_index_with_it(comparison):
    found = without_pillars(comparison, {"a"})
    assert found.withheld == {"a"}
    assert found.pillars[1] == comparison.pillars[1]
    for change, key in ((found.pillars[0], "a"), (found.overall, None)):
        assert (change.key, change.comparability, change.changed) == (key, "none", ())
        figures = replace(change, key=None, comparability="", changed=None)
        assert set(vars(figures).values()) == {None, ""}


def test_without_anything_to_hide_the_comparison_stays(comparison):
    assert without_pillars(comparison, ()) is comparison


def side(rows, counts):
    """A side whose distributions are shown for these questions, and every mean."""
    keys = frozenset(TWO.questions)
    return ReaderResult(score(TWO, rows), keys, dict.fromkeys(counts, (1, 1, 1, 1, 1)))


def test_questions_are_named_as_changed_only_where_their_middle_answers_may_be_shown(comparison):
    assert comparison.overall.changed == CHANGED
    found = restricted_comparison(comparison, CHANGED, side(BEFORE, ("a3", "b1", "a1")), side(AFTER, CHANGED))
    assert [change.changed for change in (found.overall, *found.pillars)] == [("a3", "b1"), ("a3",), ("b1",)]
    assert (found.overall.delta, found.pillars) != (None, comparison.pillars)
    assert found.overall.delta == comparison.overall.delta


def test_a_change_of_a_rounded_pillar_is_the_difference_of_what_is_printed(comparison):
    hidden = {"closed": frozenset("a"), "rounded": frozenset("a")}
    first, second = side(BEFORE, CHANGED), replace(side(AFTER, CHANGED), **hidden)
    found = restricted_comparison(comparison, CHANGED, first, second)
    closed, open_one = found.pillars
    assert (closed.before, closed.after, closed.delta, closed.se) == (2.0, 2.7, 0.7, None)
    assert open_one == comparison.pillars[1]
    assert (found.overall.after, found.overall.se) == (round(comparison.overall.after, 1), None)


def test_a_change_of_a_closed_pillar_has_no_standard_error(comparison):
    first, second = side(BEFORE, CHANGED), replace(side(AFTER, CHANGED), closed=frozenset("a"))
    closed, _open = restricted_comparison(comparison, CHANGED, first, second).pillars
    before = comparison.pillars[0]
    assert (closed.before, closed.after, closed.delta, closed.se) == (before.before, before.after, before.delta, None)
    assert closed.interval == tuple(round(end, 2) for end in before.interval)


def test_a_withheld_score_takes_its_pillar_out_of_every_comparison(comparison):
    first, second = side(BEFORE, CHANGED), replace(side(AFTER, CHANGED), withheld=frozenset("a"))
    assert restricted_comparison(comparison, CHANGED, first, second).withheld == frozenset(), (
        "its level alone is hidden"
    )
    pillars = tuple(replace(row, score=None) if row.key == "a" else row for row in second.result.pillars)
    scoreless = replace(second, result=replace(second.result, pillars=pillars))
    assert restricted_comparison(comparison, CHANGED, first, scoreless).withheld == {"a"}

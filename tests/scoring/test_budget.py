"""The best moves within a budget: by hand, and against trying every set."""

from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st

from assessments.scoring.budget import Candidate, TooManyCandidatesError, best_within, days_of, points


def chosen(budget, *candidates):
    return best_within(budget, candidates).chosen


class TestByHand:
    def test_two_small_moves_beat_one_large_one(self):
        large, one, two = Candidate("large", 3.0, 2), Candidate("one", 2.0, 1), Candidate("two", 1.5, 1)
        found = best_within(2, (large, one, two))
        assert (found.chosen, found.gain, found.effort) == (("one", "two"), 3.5, 2.0)
        assert found.left_out == {"large": "less_gain"}

    def test_the_best_gain_per_effort_is_not_always_in_it(self):
        assert chosen(2, Candidate("dense", 1.0, 0.5), Candidate("large", 1.9, 2)) == ("large",)

    def test_what_a_move_needs_comes_with_it_and_costs(self):
        first, then = Candidate("first", None, 1), Candidate("then", 4.0, 1, ("first",))
        both = best_within(2, (first, then))
        assert (both.chosen, both.gain, both.effort) == (("first", "then"), 4.0, 2.0)
        found = best_within(1, (first, then))
        assert found.chosen == ()
        assert found.left_out == {"first": "no_gain", "then": "needs_more"}

    def test_a_need_outside_the_list_is_met(self):
        assert chosen(1, Candidate("then", 1.0, 1, ("done long ago",))) == ("then",)

    def test_what_is_larger_than_the_budget_says_so(self):
        assert best_within(1, [Candidate("large", 9.0, 1.05)]).left_out == {"large": "too_large"}

    def test_equal_gain_takes_less_effort_then_the_earlier_one(self):
        assert chosen(2, Candidate("dear", 1.0, 2), Candidate("cheap", 1.0, 1.5)) == ("cheap",)
        assert chosen(1, Candidate("b", 1.0, 1), Candidate("a", 1.0, 1)) == ("b",)

    def test_less_effort_counts_more_than_earlier_places(self):
        early = (Candidate("a", 0.5, 0.1), Candidate("b", 0.5, 0.1))
        assert chosen(0.2, *early, Candidate("c", 1.0, 0.15)) == ("c",)

    def test_the_smallest_gain_is_worth_any_effort_within_the_budget(self):
        assert chosen(9, Candidate("tiny", 1e-9, 9)) == ("tiny",)

    def test_a_gain_counts_to_nine_decimals(self):
        assert points(0.4464285714) == 446_428_571
        assert chosen(1, Candidate("a", 0.446428571, 1), Candidate("b", 0.446428573, 1)) == ("b",)

    def test_tenths_add_up_exactly(self):
        assert len(chosen(0.3, *(Candidate(str(n), 1.0, 0.1) for n in range(4)))) == 3

    def test_no_effort_counts_as_a_person_month(self):
        assert chosen(0.95, Candidate("unknown", 1.0)) == ()
        assert best_within(1, [Candidate("unknown", 1.0)]).effort == 1

    def test_two_that_need_each_other_are_not_lost(self):
        circle = (Candidate("a", 1.0, 1, ("b",)), Candidate("b", 1.0, 1, ("a",)), Candidate("c", 1.0, 1, ("c",)))
        assert chosen(3, *circle) == ("a", "b", "c")

    def test_nothing_to_choose_from(self):
        assert chosen(5) == ()

    def test_more_than_forty_are_refused(self):
        with pytest.raises(TooManyCandidatesError):
            best_within(1, [Candidate(str(n), 1.0) for n in range(41)])
        assert chosen(1, *(Candidate(str(n), 1.0) for n in range(40))) == ("0",)


GAINS = st.one_of(st.none(), st.sampled_from([0.0, 0.4464285714, 0.5, 1.0]), st.floats(0, 5))
EFFORTS = st.one_of(st.none(), st.sampled_from([0.2, 0.3, 0.5, 1.0, 1.5, 2.0]), st.floats(0.01, 4))


@st.composite
def moves(draw, most=12):
    """Candidates in any order; each may need some of those drawn before it."""
    n = draw(st.integers(0, most))
    made = []
    for number in range(n):
        first = draw(st.sets(st.sampled_from(made), max_size=3)) if made else ()
        needs = tuple(candidate.key for candidate in first)
        made.append(Candidate(f"q{number}", draw(GAINS), draw(EFFORTS), needs))
    return draw(st.permutations(made))


def by_trying(budget, candidates):
    """Every set that fits and holds what it needs; the first by the documented order."""
    keys, room = {candidate.key for candidate in candidates}, budget * 20
    sets = (each for size in range(len(candidates) + 1) for each in combinations(candidates, size))
    return max((each for each in sets if holds(each, keys, room)), key=lambda each: order(each, candidates))


def holds(each, keys, room):
    inside = {candidate.key for candidate in each}
    return sum(map(days_of, each)) <= room and all(set(one.requires) & keys <= inside for one in each)


def order(each, candidates):
    gain, days = sum(points(one.gain) for one in each), sum(map(days_of, each))
    return gain, -days, [one in each for one in candidates]


@settings(max_examples=60, deadline=None)
@given(candidates=moves(), budget=st.sampled_from([0, 0.2, 0.5, 1, 1.5, 2, 3, 5, 8, 20]))
def test_it_is_what_trying_every_set_finds(candidates, budget):
    found = best_within(budget, candidates)
    assert list(found.chosen) == [candidate.key for candidate in by_trying(budget, candidates)]
    assert set(found.left_out) == {candidate.key for candidate in candidates} - set(found.chosen)


@settings(max_examples=30, deadline=None)
@given(candidates=moves(most=40), budget=st.floats(0, 60))
def test_forty_are_within_budget_and_complete(candidates, budget):
    found = best_within(budget, candidates)
    inside = [candidate for candidate in candidates if candidate.key in found.chosen]
    assert holds(inside, {candidate.key for candidate in candidates}, budget * 20)

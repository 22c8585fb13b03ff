"""What a step changes: against the what-if of the raw answers, and never more than its reader sees."""

from dataclasses import replace
from random import Random

import pytest

from assessments.scoring.effects import Effect, effects, goal_of, pillar_gain
from assessments.scoring.result import score
from assessments.scoring.whatif import what_if

from .limited import seen
from .small import answers, bank, pillar
from .strategies import random_answers, random_bank


def steps_of(result):
    return [priority.question for priority in result.priorities]


def test_a_step_takes_its_pillar_and_the_organisation_up():
    of = bank(pillar("a", essential={1: 2}), pillar("b", count=2))
    given = answers(of, "1333333 33")
    found = effects(of, seen(of, given, confidential=False), ["a1"])
    assert found == {"a1": Effect(goal=3, pillar=3, organisation=3)}


def test_a_step_counts_the_steps_before_it():
    of = bank(pillar("a", essential={1: 2, 2: 2}))
    shown = seen(of, answers(of, "1133333"), confidential=False)
    assert effects(of, shown, ["a1"]) == {"a1": Effect(3, None, None)}
    assert effects(of, shown, ["a1", "a2"]) == {"a1": Effect(3, None, None), "a2": Effect(3, 3, 3)}


def test_the_goal_is_the_target_as_a_whole_level_and_never_below_the_next_one():
    of = bank(pillar("a"))
    row = score(of, answers(of, "3333333", targets={"a": 4.5})).pillars[0]
    question = of.questions["a1"]
    assert goal_of(of, question, row) == 5
    assert goal_of(of, question, replace(row, target=2)) == 4
    assert goal_of(of, question, replace(row, target=None, gap=1.0)) == 4


def test_a_pillar_without_a_level_has_no_effects():
    of = bank(pillar("a"))
    shown = seen(of, answers(of, "33...??"), confidential=False)
    assert shown.result.pillars[0].level is None
    assert effects(of, shown, ["a1"]) == {}


@pytest.mark.parametrize("seed", range(150))
def test_like_raising_the_answers_themselves(seed):
    rng = Random(seed)
    of = random_bank(rng)
    given = random_answers(rng, of)
    shown = seen(of, given, confidential=False)
    steps = steps_of(shown.result)[:6]
    found, before, goals = effects(of, shown, steps), shown.result, {}
    for key in steps:
        if key not in found:
            continue
        goals[key] = found[key].goal
        after = what_if(of, given, goals)
        place = [each.key for each in of.pillars].index(of.pillar_of[key].key)
        for told, low, high in (
            (found[key].pillar, before.pillars[place].level, after.pillars[place].level),
            (found[key].organisation, before.overall.level, after.overall.level),
        ):
            rise = low is not None and high is not None and high > low
            assert told == (high if rise else None)
        before = after


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_told_of_a_pillar_of_which_anything_is_hidden(seed):
    rng = Random(seed)
    of = random_bank(rng)
    shown = seen(of, random_answers(rng, of))
    for key, effect in effects(of, shown, steps_of(shown.result)).items():
        assert of.pillar_of[key].key not in shown.closed
        if shown.result.overall.level is None:
            assert effect.organisation is None


def test_the_gain_of_the_pillar_is_what_its_score_rises_by():
    of = bank(pillar("a", weight=3.0), pillar("b"))
    given = answers(of, "2222222 2222222", targets={"a": 3, "b": 3})
    result = score(of, given)
    gain = next(priority.gain for priority in result.priorities if priority.question == "a1")
    assert pillar_gain(of, result.pillars, "a1", gain) == pytest.approx(1 / 7)

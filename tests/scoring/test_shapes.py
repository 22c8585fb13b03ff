"""What must hold for a bank of every shape: two to seven answers, ladders, scales, stages, groups, levels not offered."""

from dataclasses import replace
from random import Random

import pytest

from assessments.scoring.change import compare
from assessments.scoring.result import score
from assessments.scoring.whatif import supported_levels, what_if
from tests.scoring.shaped import random_shaped_case
from tests.scoring.test_properties import everybody_chooses, higher, not_lower, same, with_answer

SLACK = 1e-9
A_FEW = range(400)
MANY = range(100_000, 120_000)

each_seed = pytest.mark.parametrize("seeds", [A_FEW, pytest.param(MANY, marks=pytest.mark.long)], ids=["few", "many"])


def weighted(pillar):
    return [question for question in pillar.questions if question.weight]


def highest_reachable(bank, pillar):
    """The level of a pillar whose questions all have their highest answer."""
    if bank.gate.by == "stages":
        return max(question.stage for question in weighted(pillar))
    highest = max(question.highest for question in weighted(pillar))
    cap = bank.gate.cap
    return highest if cap is None else min(highest, cap + min(question.highest for question in weighted(pillar)))


@each_seed
def test_the_lowest_answer_everywhere_is_the_lowest_level_and_0_points(seeds):
    for seed in seeds:
        bank, _ = random_shaped_case(seed)
        result = score(bank, everybody_chooses(bank, min))
        for found in (*result.pillars, *result.groups):
            assert found.score_100 in (0, None), seed
        assert {found.level for found in result.pillars} <= {1, None}, seed
        assert (result.overall.index_100 or 0, result.overall.level or 1) == (0, 1), seed


@each_seed
def test_the_highest_answer_everywhere_is_the_highest_level_and_as_many_points_as_there_are(seeds):
    for seed in seeds:
        bank, _ = random_shaped_case(seed)
        result = score(bank, everybody_chooses(bank, max))
        for pillar, found in zip(bank.pillars, result.pillars, strict=True):
            if weighted(pillar):
                assert found.level == highest_reachable(bank, pillar), seed
                assert found.bounds[1] == found.score, seed
                assert all(bank.questions[blocker.question].highest < found.level for blocker in found.blocking), seed
        offers_all = all(question.highest == len(bank.levels) for question in bank.questions.values())
        if offers_all and result.overall.index is not None:
            assert result.overall.index_100 == pytest.approx(100), seed
            assert not any(entry.gain for entry in result.priorities), seed


@each_seed
def test_raising_one_answer_lowers_nothing(seeds):
    for seed in seeds:
        bank, answers = random_shaped_case(seed)
        if raisable := [*higher(bank, answers)]:
            raised = with_answer(answers, *Random(seed).choice(raisable))
            assert_nothing_is_lower(score(bank, answers), score(bank, raised), seed)


def assert_nothing_is_lower(before, after, seed):
    for old, new in zip(before.pillars, after.pillars, strict=True):
        assert not_lower(new.score, old.score), seed
        assert not_lower(new.level, old.level), seed
        assert all(not_lower(new.attained[level], share) for level, share in old.attained.items()), seed
    for old, new in zip(before.groups, after.groups, strict=True):
        assert not_lower(new.score, old.score), seed
    assert not_lower(after.overall.index, before.overall.index), seed
    assert not_lower(after.overall.level, before.overall.level), seed


@each_seed
def test_no_level_and_no_default_target_is_above_what_the_bank_offers(seeds):
    for seed in seeds:
        bank, answers = random_shaped_case(seed)
        answers = replace(answers, targets={})
        result, supported = score(bank, answers), supported_levels(bank, answers)
        everything = what_if(bank, answers, dict.fromkeys(bank.questions, len(bank.levels)))
        for place, pillar in enumerate(bank.pillars):
            found, best = result.pillars[place], everything.pillars[place]
            highest = max((question.highest for question in weighted(pillar)), default=1)
            if bank.gate.by == "stages":
                assert {found.level, supported[pillar.key]} <= {None, 1, *(q.stage for q in weighted(pillar))}, seed
            assert max(found.level or 1, supported[pillar.key] or 1, best.level or 1) <= highest, seed
            assert (
                found.gap is None or found.score + found.gap <= max(bank.level_scores[highest - 1], found.score) + SLACK
            )
            assert found.level != highest or not found.blocking, seed
        assert max(result.overall.level or 1, everything.overall.level or 1) <= bank.highest, seed


@each_seed
def test_the_order_of_people_and_the_scale_of_all_weights_change_nothing(seeds):
    for seed in seeds[::4]:
        bank, answers = random_shaped_case(seed)
        shuffled = replace(answers, respondents=answers.respondents[::-1])
        assert score(bank, shuffled) == score(bank, answers), seed
        heavier = replace(bank, pillars=tuple(replace(pillar, weight=pillar.weight * 7) for pillar in bank.pillars))
        assert same(score(heavier, answers), score(bank, answers)), seed


@each_seed
def test_a_round_that_is_compared_with_itself_has_not_changed(seeds):
    for seed in seeds[::4]:
        bank, answers = random_shaped_case(seed)
        found = compare(bank, answers, bank, answers)
        for change in (found.overall, *found.pillars):
            assert change.delta in (0, None), seed
            assert not change.real, seed
            assert not change.changed, seed

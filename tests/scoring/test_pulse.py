"""The change of a pulse by hand, and what it never has."""

import dataclasses

import pytest
from hypothesis import given, strategies as st

from assessments.formats.bank import read_bank
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.candidates import seen_by
from assessments.scoring.pulse import NO_INDEX, pulse_change, score_asked

BANK = read_bank("fixtures/ai-leadership-2.yaml")
PULSE = BANK.subset("pulse").questions


def answers(*levels, keys=PULSE):
    """One person for each text of levels, repeated over the questions."""
    people = [
        Respondent(id=f"r{n}", answers={key: int(own[place % len(own)]) for place, key in enumerate(keys)})
        for n, own in enumerate(levels)
    ]
    return Answers(respondents=tuple(people))


def seen(given):
    return seen_by(BANK, given, score_asked(BANK, given, "pulse"))


def change(before, after):
    return pulse_change((BANK, before, seen(before)), (BANK, after), "pulse", seen(after))


def test_the_example_of_the_method():
    found = change(answers(*["23"] * 5), answers(*["34"] * 5))
    vision = found.pillars[0]
    assert vision.delta == pytest.approx(1)
    assert vision.interval == pytest.approx((0.7248, 1.2752), abs=1e-4)
    assert (vision.real, vision.before, vision.after) == (True, None, None)
    assert found.overall.delta == pytest.approx(1) and found.overall.before is None
    assert [(row.before, row.after, row.delta) for row in found.questions[:2]] == [(2, 3, 1), (3, 4, 1)]


def test_questions_that_only_one_of_them_asked_do_not_count():
    everything = answers(*["2"] * 5, keys=tuple(BANK.questions))
    found = change(everything, answers(*["3"] * 5))
    assert len(found.questions) == 16 and found.overall.delta == pytest.approx(1)


@pytest.mark.parametrize(("people", "has_change", "has_interval"), [(2, False, False), (3, True, False), (4, True, False), (5, True, True)])  # fmt: skip
def test_how_many_people_it_takes(people, has_change, has_interval):
    found = change(answers(*["2"] * 5), answers(*["3"] * people))
    assert (found.overall.delta is not None, found.overall.interval is not None) == (has_change, has_interval)
    assert {row.delta is not None for row in found.pillars} == {has_change}


def test_a_pillar_with_a_hidden_mean_is_left_out_with_the_mean_of_all():
    after = answers(*["3"] * 5)
    fewer = tuple(
        dataclasses.replace(person, answers={k: v for k, v in person.answers.items() if k != PULSE[0] or n < 2})
        for n, person in enumerate(after.respondents)
    )
    found = change(answers(*["2"] * 5), dataclasses.replace(after, respondents=fewer))
    assert found.withheld == {"vision"} and found.overall.delta is None
    assert (found.pillars[0].delta, found.pillars[1].delta) == (None, pytest.approx(1))


@given(st.lists(st.text("12345", min_size=16, max_size=16), min_size=1, max_size=9))
def test_no_answers_give_a_pulse_an_index_a_level_or_a_score(levels):
    result = score_asked(BANK, answers(*levels), "pulse")
    assert (result.overall.index, result.overall.level, result.overall.reason) == (None, None, NO_INDEX)
    assert {(row.score, row.level, row.interval, row.bounds) for row in result.pillars} == {(None,) * 4}
    assert result.priorities == ()


def test_neither_does_a_subset_of_all_questions():
    whole = dataclasses.replace(BANK.subsets[0], questions=tuple(BANK.questions))
    bank = dataclasses.replace(BANK, subsets=(whole,))
    result = score_asked(bank, answers("3", keys=whole.questions), "pulse")
    assert result.overall.index is None and {row.status for row in result.pillars} == {"insufficient"}

"""What must hold for every bank and every set of answers."""

import math
import os
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from assessments.formats.bank import load_bank
from assessments.formats.dump import dump_bank
from assessments.scoring.answers import DONT_KNOW, NOT_APPLICABLE, Answers, Respondent
from assessments.scoring.result import score
from assessments.scoring.whatif import supported_levels
from tests.scoring.strategies import banks, cases, make_bank, make_pillar, make_question, random_case

ROOT = Path(__file__).parents[2]
SLACK = 1e-9
always = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


# --- helpers ----------------------------------------------------------------------------------------------------


def with_answer(answers, place, key, value):
    """The same answers with one of one person's answers replaced; None blanks it."""
    person = answers.respondents[place]
    given_answers = {**person.answers, key: value}
    if value is None:
        del given_answers[key]
    people = list(answers.respondents)
    people[place] = replace(person, answers=given_answers)
    return replace(answers, respondents=tuple(people))


def reweighted(bank, of_question, of_pillar):
    pillars = [
        replace(p, weight=of_pillar(p), questions=tuple(replace(q, weight=of_question(p, q)) for q in p.questions))
        for p in bank.pillars
    ]
    return replace(bank, pillars=tuple(pillars))


def without_questions(bank, answers, unwanted):
    """The bank without some questions (nor the pillars that they leave empty), and the answers that remain."""
    pillars = [replace(p, questions=tuple(q for q in p.questions if q.key not in unwanted)) for p in bank.pillars]
    people = [
        replace(person, answers={key: value for key, value in person.answers.items() if key not in unwanted})
        for person in answers.respondents
    ]
    smaller = replace(bank, pillars=tuple(pillar for pillar in pillars if pillar.questions))
    return smaller, replace(answers, respondents=tuple(people))


def numbers_in(thing):
    """Every float of a result, however deep."""
    if isinstance(thing, float):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from numbers_in(getattr(thing, field.name))
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from numbers_in(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from numbers_in(value)


def same(one, other):
    """Equal in everything that is not a number, and within 1e-9 in numbers."""
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=SLACK, abs_tol=SLACK)
    if is_dataclass(one):
        return type(one) is type(other) and all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def not_lower(after, before):
    return before is None or after >= before - SLACK


def higher(bank, answers):
    """(place, key, level) of every number that could have been higher."""
    for place, person in enumerate(answers.respondents):
        for key, value in person.answers.items():
            if isinstance(value, int):
                yield from ((place, key, level) for level in bank.questions[key].offered if level > value)


@st.composite
def raises(draw):
    """(bank, answers, the same answers with one number raised)."""
    bank, answers = draw(cases(fewest=1))
    raisable = [*higher(bank, answers)]
    assume(raisable)
    return bank, answers, with_answer(answers, *draw(st.sampled_from(raisable)))


@st.composite
def blanks(draw, value):
    """(bank, answers, the same answers with a blank filled by `value`)."""
    bank, answers = draw(cases(fewest=1))
    empty = [
        (place, key)
        for place, person in enumerate(answers.respondents)
        for key, question in bank.questions.items()
        if key not in person.answers and (question.allows_na or value != NOT_APPLICABLE)
    ]
    assume(empty)
    return bank, answers, with_answer(answers, *draw(st.sampled_from(empty)), value)


# --- scores, bounds, intervals ----------------------------------------------------------------------------------


@always
@given(cases())
def test_a_score_lies_within_its_bounds(case):
    """Unless a missing question cannot reach the score: the upper bound then says that everything known is less."""
    bank, answers = case
    for pillar in score(bank, answers).pillars:
        if pillar.score is not None:
            low, high = pillar.bounds
            missing = [bank.questions[q.key] for q in pillar.questions if q.state == "missing"]
            assert low + SLACK >= 1
            assert low <= pillar.score + SLACK
            assert high <= 5 + SLACK
            assert pillar.score <= high + SLACK or any(q.weight and q.highest < pillar.score for q in missing)


@always
@given(cases(fewest=1), st.randoms(use_true_random=False))
def test_whatever_the_missing_answers_are_the_score_lies_within_the_bounds(case, rng):
    bank, answers = case
    before = score(bank, answers)
    filled = answers
    for question in (question for pillar in before.pillars for question in pillar.questions):
        if question.state == "missing":
            filled = with_answer(filled, 0, question.key, rng.choice(bank.questions[question.key].offered))
    for old, new in zip(before.pillars, score(bank, filled).pillars, strict=True):
        if old.bounds is not None and new.na_share == old.na_share:
            assert new.coverage == 1
            assert old.bounds[0] - SLACK <= new.score <= old.bounds[1] + SLACK


@always
@given(cases(fewest=3))
def test_an_interval_contains_its_score_and_stays_on_the_scale(case):
    result = score(*case)
    pairs = [(pillar.interval, pillar.score) for pillar in result.pillars]
    for interval, centre in [*pairs, (result.overall.interval, result.overall.index)]:
        if interval is not None:
            assert 1 <= interval[0] <= centre <= interval[1] <= 5


@always
@given(cases(fewest=3))
def test_a_weight_range_contains_the_index(case):
    overall = score(*case).overall
    assert (overall.weight_range is None) == (overall.index is None)
    if overall.index is not None:
        low, high = overall.weight_range
        assert low - SLACK <= overall.index <= high + SLACK


@always
@given(cases())
def test_what_does_not_exist_is_none_and_never_nan_or_infinite(case):
    result = score(*case)
    assert all(math.isfinite(number) for number in numbers_in(result))
    for pillar in result.pillars:
        assert (pillar.score is None) == (pillar.status not in ("rated", "provisional"))
        assert (pillar.interval is None) == (pillar.se is None)
        assert (pillar.gap is None) == (pillar.score is None)
        for question in pillar.questions:
            assert (question.mean is None) == (question.n == 0) == (question.evidence is None)


# --- what raises and what does not ------------------------------------------------------------------------------


@settings(always, max_examples=200)
@given(raises())
def test_raising_one_answer_lowers_nothing(case):
    assert_nothing_is_lower(*case)


@pytest.mark.long
def test_raising_one_answer_lowers_nothing_in_many_banks():
    for seed in range(20_000):
        bank, answers = random_case(seed)
        raisable = [*higher(bank, answers)]
        if raisable:
            assert_nothing_is_lower(bank, answers, with_answer(answers, *Random(seed).choice(raisable)))


def assert_nothing_is_lower(bank, answers, raised):
    before, after = score(bank, answers), score(bank, raised)
    for old, new in zip(before.pillars, after.pillars, strict=True):
        assert not_lower(new.score, old.score)
        assert not_lower(new.level, old.level)
        assert all(not_lower(new.attained[level], old.attained[level]) for level in (2, 3, 4, 5))
    assert not_lower(after.overall.index, before.overall.index)
    assert not_lower(after.overall.level, before.overall.level)


def everybody_chooses(bank, pick):
    """One person's answers: `pick` of what each question offers."""
    return Answers((Respondent("r", {key: pick(question.offered) for key, question in bank.questions.items()}),))


@always
@given(banks())
def test_the_lowest_answer_everywhere_is_the_lowest_level_and_0_points(bank):
    result = score(bank, everybody_chooses(bank, min))
    assert all(pillar.level in (1, None) and pillar.score in (1, None) for pillar in result.pillars)
    assert (result.overall.index_100 or 0, result.overall.level or 1) == (0, 1)


@always
@given(banks())
def test_the_highest_answer_everywhere_is_the_highest_level_unless_a_lower_one_caps_it(bank):
    result = score(bank, everybody_chooses(bank, max))
    for pillar, found in zip(bank.pillars, result.pillars, strict=True):
        weighted = [question for question in pillar.questions if question.weight]
        if weighted:
            highest = max(question.highest for question in weighted)
            assert found.level == min(highest, min(question.highest for question in weighted) + 2)
            assert found.bounds[1] == found.score
            assert not found.blocking or found.level < highest


@always
@given(cases())
def test_no_level_or_default_target_is_above_what_the_bank_offers(case):
    bank, answers = case
    result = score(bank, replace(answers, targets={}))
    supported = supported_levels(bank, answers)
    for pillar, found in zip(bank.pillars, result.pillars, strict=True):
        highest = max([question.highest for question in pillar.questions if question.weight], default=1)
        assert max(found.level or 1, supported[pillar.key] or 1) <= highest
        assert found.gap is None or found.score + found.gap <= max(highest, found.score) + SLACK
        assert found.level != highest or not found.blocking
    highest = max(question.highest for p in bank.pillars if p.weight for question in p.questions)
    assert (result.overall.level or 1) <= highest


@always
@given(blanks(DONT_KNOW))
def test_a_dont_know_where_nothing_stood_never_raises_a_score(case):
    bank, answers, unsure = case
    before, after = score(bank, answers), score(bank, unsure)
    for old, new in zip(before.pillars, after.pillars, strict=True):
        assert (new.score, new.level, new.coverage) == (old.score, old.level, old.coverage)
        assert new.dont_know_rate is None or not_lower(new.dont_know_rate, old.dont_know_rate)
    assert after.overall == before.overall


def seven(*values):
    """One pillar of seven equal questions, answered by one person; None is a blank."""
    bank = make_bank([make_pillar("p", [make_question(f"q{place}", 1) for place in range(7)])])
    answers = {f"q{place}": value for place, value in enumerate(values) if value is not None}
    return score(bank, Answers((Respondent("r", answers),))).pillars[0]


@always
@given(st.lists(st.integers(2, 5), min_size=6, max_size=6))
def test_not_applicable_is_not_missing_is_not_one(values):
    excluded, missing, unsure = seven(*values, NOT_APPLICABLE), seven(*values, None), seven(*values, DONT_KNOW)
    lowest = seven(*values, 1)
    assert (excluded.coverage, excluded.bounds[0]) == (1, excluded.score)
    assert missing.coverage == unsure.coverage == 6 / 7
    assert excluded.score == missing.score == unsure.score > lowest.score
    assert missing.bounds[0] < missing.score
    assert math.isclose(missing.bounds[0], lowest.score)
    assert (excluded.na_share, missing.na_share, lowest.na_share) == (1 / 7, 0, 0)
    assert (excluded.dont_know_rate, missing.dont_know_rate, unsure.dont_know_rate) == (0, 0, 1 / 7)
    assert [pillar.questions[6].mean for pillar in (excluded, missing, unsure, lowest)] == [None, None, None, 1]


# --- what changes nothing ---------------------------------------------------------------------------------------


@always
@given(cases(fewest=2), st.randoms(use_true_random=False))
def test_the_order_of_respondents_changes_nothing(case, rng):
    bank, answers = case
    people = list(answers.respondents)
    rng.shuffle(people)
    assert score(bank, replace(answers, respondents=tuple(people))) == score(bank, answers)


@always
@given(cases(), st.sampled_from((0.1, 0.2, 0.7, 3, 1000)), st.sampled_from((0.1, 0.3, 7)))
def test_scaling_all_weights_changes_nothing(case, of_questions, of_pillars):
    bank, answers = case
    scaled = reweighted(bank, lambda _, question: question.weight * of_questions, lambda p: p.weight * of_pillars)
    assert same(score(scaled, answers), score(bank, answers))


@always
@given(cases(fewest=1))
def test_a_question_of_weight_0_changes_no_figure(case):
    """Those that are not essential: they are shown, may be flagged, and count in nothing."""
    bank, answers = case
    idle = {key for key, question in bank.questions.items() if question.weight == 0 and question.essential_at is None}
    smaller, fewer = without_questions(bank, answers, idle)
    assume(idle and len(smaller.pillars) == len(bank.pillars))
    whole, rest = score(bank, answers), score(smaller, fewer)
    assert whole.overall == rest.overall
    assert whole.priorities == rest.priorities
    for with_idle, without in zip(whole.pillars, rest.pillars, strict=True):
        flagged = tuple(key for key in with_idle.agreement.flagged if key not in idle)
        agreement = replace(with_idle.agreement, flagged=flagged)
        shown = tuple(question for question in with_idle.questions if question.key not in idle)
        assert replace(with_idle, agreement=agreement, questions=shown) == without


@always
@given(cases(fewest=1))
def test_an_essential_of_weight_0_touches_only_the_gate(case):
    bank, answers = case
    gates = {key for key, question in bank.questions.items() if question.weight == 0 and question.essential_at}
    assume(gates)
    plain = [
        replace(p, questions=tuple(replace(q, essential_at=None) if q.key in gates else q for q in p.questions))
        for p in bank.pillars
    ]
    gated, free = score(bank, answers), score(replace(bank, pillars=tuple(plain)), answers)
    for with_gate, without in zip(gated.pillars, free.pillars, strict=True):
        assert (with_gate.level is None) == (without.level is None)
        assert not_lower(without.level, with_gate.level)
        assert with_gate.level is None or all(with_gate.level < tag for tag in refusing(bank, with_gate, gates))
        gate = {"level": without.level, "blocking": without.blocking, "self_declared": without.self_declared}
        assert replace(with_gate, **gate) == without
    assert replace(gated.overall, level=free.overall.level, reason=free.overall.reason) == free.overall


def refusing(bank, pillar, gates):
    """The levels that these essential questions refuse: each applies, and its low median does not reach its level."""
    gating = [found for found in pillar.questions if found.key in gates and found.state != "not_applicable"]
    for found, asked in ((found, bank.questions[found.key]) for found in gating):
        if (found.low_median or 0) < asked.asked(asked.essential_at):
            yield asked.essential_at


@always
@given(cases(fewest=1))
def test_a_pillar_of_weight_0_counts_in_nothing_of_the_organisation(case):
    bank, answers = case
    idle = {question.key for pillar in bank.pillars if not pillar.weight for question in pillar.questions}
    assume(idle)
    smaller, fewer = without_questions(bank, answers, idle)
    assert score(bank, answers).overall == score(smaller, fewer).overall


# --- the same every time ----------------------------------------------------------------------------------------

RUN = """
from assessments.scoring.result import score
from tests.scoring.strategies import random_case
for seed in range(40):
    print(score(*random_case(seed)))
"""


def run_with_hash_seed(seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", RUN]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True).stdout


def test_the_same_input_gives_byte_identical_output_on_every_run():
    first = run_with_hash_seed("1")
    assert first.count(b"\n") >= 40
    assert run_with_hash_seed("2") == first


@always
@given(banks())
def test_a_bank_scores_without_answers(bank):
    result = score(bank, Answers(()))
    assert all(pillar.status in ("insufficient", "unscored") for pillar in result.pillars)
    assert result.overall.index is None


# --- banks on paper ---------------------------------------------------------------------------------------------

words = st.sampled_from(
    (
        "No",
        "1.10",
        "null",
        "~",
        "# no comment",
        "a: b",
        "- dash",
        "{brace}",
        'it\'s "quoted" \\n',
        "é ☃ 🎈 \u202b",
        "two\nlines",
        "two\n\nparagraphs",
        "&anchor *alias",
    )
)


@st.composite
def worded_banks(draw):
    """Banks whose texts are hard for a file format."""
    bank = draw(banks())
    levels = tuple(replace(level, name=draw(words)) for level in bank.levels)
    pillars = []
    for pillar in bank.pillars:
        asked = tuple(worded(draw, question) for question in pillar.questions)
        pillars.append(replace(pillar, name=draw(words), summary=draw(st.none() | words), questions=asked))
    return replace(bank, title=draw(words), about=draw(st.none() | words), levels=levels, pillars=tuple(pillars))


def worded(draw, question):
    anchors = tuple(None if anchor is None else draw(words) for anchor in question.anchors)
    return replace(question, text=draw(words), help=draw(st.none() | words), anchors=anchors)


@always
@given(worded_banks())
def test_load_dump_load_is_the_identity(bank):
    text = dump_bank(bank)
    assert load_bank(text) == bank
    assert dump_bank(load_bank(text)) == text

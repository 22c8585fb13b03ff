"""The engine against the second opinion, field by field, on thousands of random banks and answers."""

from fractions import Fraction

import pytest
from assessments.scoring.result import score

from tests.scoring import oracle
from tests.scoring.strategies import random_case

ORDINARY = 3000  # seeded cases of the default run
BLOCK = 250


# --- from the engine's types to the plain dictionaries of the second opinion -------------------------------------


def exact(number):
    """The decimal that a person wrote: 0.1 is one tenth."""
    return None if number is None else Fraction(repr(number))


def plain_step(step):
    return {"effort": exact(step.effort), "action": step.action, "owner": step.owner, "horizon": step.horizon}


def plain_question(question):
    return {
        "key": question.key,
        "weight": exact(question.weight),
        "essential_at": question.essential_at,
        "offered": [level for level, anchor in enumerate(question.anchors, start=1) if anchor is not None],
        "anchors": question.anchors,
        "steps": {step.from_level: plain_step(step) for step in reversed(question.next_steps)},
    }


def plain_bank(bank):
    pillars = [
        {"key": p.key, "weight": exact(p.weight), "questions": [plain_question(question) for question in p.questions]}
        for p in bank.pillars
    ]
    return {"version": bank.version, "pillars": pillars}


def plain_respondent(person):
    grades = {key: evidence.grade for key, evidence in person.evidence.items()}
    return {"id": person.id, "answers": dict(person.answers), "grades": grades}


def plain_answers(answers):
    return {
        "invited": answers.invited,
        "targets": {key: exact(target) for key, target in answers.targets.items()},
        "respondents": [plain_respondent(person) for person in answers.respondents],
    }


# --- comparing --------------------------------------------------------------------------------------------------

PILLAR_SHARES = ("coverage", "na_share", "dont_know_rate", "evidence_coverage")
PILLAR_NUMBERS = ("score", "score_100", "bounds", "se", "interval", "target", "gap", *PILLAR_SHARES)
PILLAR_STATES = ("key", "status", "level", "self_declared", "respondents", "gap_within_error")
QUESTION_STATES = ("key", "state", "low_median", "n", "dont_know", "not_applicable", "evidence")
PRIORITY_STATES = ("question", "tier", "why", "action", "owner", "horizon")


def near(number, expected):
    """Whether two numbers agree within 1e-9 (pairs elementwise); None only agrees with None."""
    if number is None or expected is None:
        return number is expected
    if isinstance(expected, list):
        return len(number) == len(expected) and all(map(near, number, expected))
    return abs(number - float(expected)) <= 1e-9


def differences(found, expected, path, states=(), numbers=()):
    for name in states:
        if getattr(found, name) != expected[name]:
            yield f"{path}.{name}: {getattr(found, name)!r}, expected {expected[name]!r}"
    for name in numbers:
        if not near(getattr(found, name), expected[name]):
            yield f"{path}.{name}: {getattr(found, name)!r}, expected {expected[name]!r}"


def pillar_differences(found, expected):
    path = expected["key"]
    yield from differences(found, expected, path, PILLAR_STATES, PILLAR_NUMBERS)
    if not all(near(found.attained[level], expected["attained"][level]) for level in (2, 3, 4, 5)):
        yield f"{path}.attained: {found.attained}, expected {expected['attained']}"
    blocking = [(blocker.question, blocker.because) for blocker in found.blocking]
    if blocking != expected["blocking"]:
        yield f"{path}.blocking: {blocking}, expected {expected['blocking']}"
    agreement = {**expected["agreement"], "flagged": tuple(expected["agreement"]["flagged"])}
    yield from differences(found.agreement, agreement, path, ("band", "flagged"), ("r_wg_star",))
    for question, its in zip(found.questions, expected["questions"], strict=True):
        yield from differences(question, its, its["key"], QUESTION_STATES, ("mean", "disagreement"))


def result_differences(found, expected):
    yield from differences(found, expected, "", ("answered", "invited"))
    numbers = ("index", "index_100", "coverage", "weight_range", "interval")
    yield from differences(found.overall, expected["overall"], "overall", ("level",), numbers)
    complete = expected["overall"]["index"] is not None and expected["overall"]["level"] is not None
    if (found.overall.reason is None) != complete:
        yield f"overall.reason: {found.overall.reason!r}"
    for pillar, its in zip(found.pillars, expected["pillars"], strict=True):
        yield from pillar_differences(pillar, its)
    order = [entry["question"] for entry in expected["priorities"]]
    if [entry.question for entry in found.priorities] != order:
        yield f"priorities: {[entry.question for entry in found.priorities]}, expected {order}"
        return
    for entry, its in zip(found.priorities, expected["priorities"], strict=True):
        yield from differences(entry, its, f"priority {its['question']}", PRIORITY_STATES, ("gain", "effort"))


def assert_agrees(seeds, largest=False):
    for seed in seeds:
        bank, answers = random_case(seed, largest)
        found = list(result_differences(score(bank, answers), oracle.score(plain_bank(bank), plain_answers(answers))))
        assert not found, f"seed {seed}: " + "\n".join(found)


@pytest.mark.parametrize("start", range(0, ORDINARY, BLOCK))
def test_the_engine_agrees_with_the_second_opinion(start):
    assert_agrees(range(start, start + BLOCK))


def test_the_engine_agrees_on_banks_of_up_to_24_pillars_and_40_questions():
    assert_agrees(range(12), largest=True)


@pytest.mark.long
@pytest.mark.parametrize("start", range(100_000, 160_000, 5_000))
def test_the_engine_agrees_on_many_more_cases(start):
    assert_agrees(range(start, start + 5_000))


@pytest.mark.long
def test_the_engine_agrees_on_many_large_banks():
    assert_agrees(range(1_000, 1_200), largest=True)

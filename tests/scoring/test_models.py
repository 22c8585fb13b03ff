"""Invented banks in the shape of published models: each gives the figure that its publisher's own formula gives.

The formulas are written here as the publishers describe them, on the answers alone, and never look at the engine.
"""

from random import Random

import pytest

from assessments.formats.bank import load_bank
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.result import score

HEAD = "format: maturity-bank/2\nkey: shaped\nversion: 1.0.0\ntitle: Shaped\n"
NEAR = pytest.approx


def ladder(*names):
    return "levels:\n" + "".join(f'  - name: "{name}"\n' for name in names)


def answer_set(key, *values):
    choices = ", ".join(f"{{text: answer {place}, value: {value}}}" for place, value in enumerate(values, start=1))
    return f"choices:\n  {key}: [{choices}]\n"


def questions(keys, key, stages=None):
    for place, each in enumerate(keys):
        stage = f", stage: {stages[place]}" if stages else ""
        yield f"      - {{key: {each}, text: '{each}?', choices: {key}{stage}}}\n"


def pillar(key, rows, group=None):
    heading = f"    group: {group}\n" if group else ""
    return f"  - key: {key}\n    name: {key}\n{heading}    questions:\n" + "".join(rows)


def one_person(bank, chance, values):
    """(answers, value of each answer by question key) of one person who chooses at random."""
    chosen = {key: chance.randrange(len(values)) for key in bank.questions}
    given = Answers((Respondent("r", {key: place + 1 for key, place in chosen.items()}),))
    return given, {key: values[place] for key, place in chosen.items()}


QUARTERS = (0, 0.25, 0.5, 1)
FUNCTIONS = {f"f{f}": [f"f{f}p{p}" for p in range(3)] for f in range(5)}


def samm_shaped():
    """Five functions of three practices; each has two streams of three levels."""
    groups = "groups:\n" + "".join(f"  - {{key: {key}, name: {key}}}\n" for key in FUNCTIONS)
    head = HEAD + ladder("0", "1", "2", "3") + "scale: {from: 0, to: 3}\n" + answer_set("quarters", *QUARTERS)
    pillars = "pillars:\n"
    for function, practices in FUNCTIONS.items():
        for practice in practices:
            keys = [f"{practice}-{level}{stream}" for level in (1, 2, 3) for stream in "ab"]
            pillars += pillar(practice, questions(keys, "quarters", [2, 2, 3, 3, 4, 4]), function)
    return load_bank(head + "gate: {by: stages}\n" + groups + "index_of: groups\n" + pillars)


@pytest.mark.parametrize("seed", range(40))
def test_samm_a_practice_sums_its_levels_a_function_averages_practices_and_the_whole_averages_functions(seed):
    bank = samm_shaped()
    answers, value = one_person(bank, Random(seed), QUARTERS)
    result = score(bank, answers)
    of_function = []
    for place, practices in enumerate(FUNCTIONS.values()):
        of_practice = []
        for practice in practices:
            figure = sum((value[f"{practice}-{level}a"] + value[f"{practice}-{level}b"]) / 2 for level in (1, 2, 3))
            of_practice.append(figure)
            found = next(row for row in result.pillars if row.key == practice)
            assert found.score == NEAR(figure)
        of_function.append(sum(of_practice) / 3)
        assert result.groups[place].score == NEAR(of_function[-1])
    assert result.overall.index == NEAR(sum(of_function) / 5)


THIRDS = (0, 0.33, 0.66, 1)


def aima_shaped():
    """Practices of six answers on a scale of 0 to 3, in three stages of two questions."""
    head = HEAD + ladder("0", "1", "2", "3") + "scale: {from: 0, to: 3}\n" + answer_set("thirds", *THIRDS)
    rows = [pillar(f"p{p}", questions([f"p{p}-{q}" for q in range(6)], "thirds", [2, 2, 3, 3, 4, 4])) for p in range(4)]
    return load_bank(head + "gate: {by: stages}\npillars:\n" + "".join(rows))


@pytest.mark.parametrize("seed", range(60))
def test_aima_half_the_sum_of_six_and_the_highest_stage_with_every_yes(seed):
    bank, chance = aima_shaped(), Random(seed)
    values = THIRDS if seed % 2 else (1, 1, 1, 0.66)  # often enough "yes" for a stage to hold
    chosen = {key: chance.choice(values) for key in bank.questions}
    given = {key: THIRDS.index(value) + 1 for key, value in chosen.items()}
    for found in score(bank, Answers((Respondent("r", given),))).pillars:
        six = [chosen[f"{found.key}-{place}"] for place in range(6)]
        assert found.score == NEAR(sum(six) / 2)
        stage = 0
        while stage < 3 and six[2 * stage] == six[2 * stage + 1] == 1:
            stage += 1
        assert found.level == stage + 1
        assert found.above is any(value > 0 for value in six[2 * stage :])


PROGRESS = (0, 0.2, 0.5, 1)


@pytest.mark.parametrize("seed", range(40))
def test_dsomm_a_dimension_at_a_level_is_its_mean_progress(seed):
    stages = [2, 2, 2, 3, 3, 4, 5]
    keys = [f"q{place}" for place in range(7)]
    head = HEAD + ladder("0", "1", "2", "3", "4") + "scale: {from: 0, to: 1}\n" + answer_set("progress", *PROGRESS)
    bank = load_bank(head + "gate: {by: stages}\npillars:\n" + pillar("build", questions(keys, "progress", stages)))
    answers, value = one_person(bank, Random(seed), PROGRESS)
    (found,) = score(bank, answers).pillars
    for stage in (2, 3, 4, 5):
        own = [value[key] for key, each in zip(keys, stages, strict=True) if each == stage]
        assert found.attained[stage] == NEAR(sum(own) / len(own))
    assert found.score == NEAR(sum(value.values()) / 7)


@pytest.mark.parametrize("seed", range(40))
def test_bsimm_three_times_yes_and_a_quarter_of_maybe_by_the_number_of_questions(seed):
    keys = [f"q{place}" for place in range(9)]
    head = HEAD + ladder("0", "1", "2", "3") + "scale: {from: 0, to: 3}\n" + answer_set("maybe", 0, 0.25, 1)
    bank = load_bank(head + "pillars:\n" + pillar("governance", questions(keys, "maybe")))
    answers, value = one_person(bank, Random(seed), (0, 0.25, 1))
    yes, maybe = sum(each == 1 for each in value.values()), sum(each == 0.25 for each in value.values())
    assert score(bank, answers).overall.index == NEAR(3 * (yes + maybe / 4) / 9)


SHAPES = [samm_shaped, aima_shaped]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("pick", "level", "points"), [(min, 1, 0), (max, 4, 100)])
def test_the_lowest_and_the_highest_answer_everywhere_are_the_ends_of_the_scale(shape, pick, level, points):
    bank = shape()
    chosen = {key: pick(question.offered) for key, question in bank.questions.items()}
    overall = score(bank, Answers((Respondent("r", chosen),))).overall
    assert (overall.level, overall.index_100) == (level, NEAR(points))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(20))
def test_raising_an_answer_lowers_nothing(shape, seed):
    bank, chance = shape(), Random(seed)
    chosen = {key: chance.choice(question.offered) for key, question in bank.questions.items()}
    key = chance.choice([key for key, answer in chosen.items() if answer < 4])
    before, after = (
        score(bank, Answers((Respondent("r", row),))) for row in (chosen, {**chosen, key: chosen[key] + 1})
    )
    assert after.overall.index >= before.overall.index
    assert after.overall.level >= before.overall.level
    for one, other in zip(before.pillars, after.pillars, strict=True):
        assert (other.score, other.level) >= (one.score, one.level)

"""The engine's t, peers, carelessness, supported levels and what-if against the second opinion."""

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from assessments.scoring.benchmark import is_benchmark, may_publish, peer_figures
from assessments.scoring.flags import looks_careless
from assessments.scoring.result import score
from assessments.scoring.student_t import t95
from assessments.scoring.whatif import supported_levels, what_if
from tests.scoring import oracle, oracle_others
from tests.scoring.oracle_student import student_t
from tests.scoring.plain import near, plain_answers, plain_bank, plain_respondent
from tests.scoring.shaped import random_shaped_case
from tests.scoring.strategies import random_case
from tests.scoring.test_oracle import result_differences

SEEDS = range(500)
every_shape = pytest.mark.parametrize(("case", "seeds"), [(random_case, SEEDS), (random_shaped_case, SEEDS[::3])])
OF_PEOPLE = ("respondents", "r_wg_star", "band", "answered", "invited")  # one more number is no more people


@pytest.mark.parametrize("df", [*range(1, 60), 75, 99, 100, 101, 150, 299, 300, 301, 500, 999, 2000])
def test_t_is_exact(df):
    assert near(t95(df), student_t(df))


def random_cohort(rng):
    """Up to 45 organisations with scores of one decimal, so that many are equal."""
    return {f"o{place}": rng.randint(10, 50) / 10 for place in range(rng.choice((9, 10, 11, 19, 20, 21, 30, 45)))}


@pytest.mark.parametrize("seed", range(200))
def test_peers_agree(seed):
    rng = Random(seed)
    cohort = random_cohort(rng)
    viewer = rng.choice((None, "elsewhere", *cohort))
    own = cohort.get(viewer, rng.randint(10, 50) / 10)
    found = peer_figures(cohort, own, viewer)
    if len(cohort) < 10:
        assert found is None
        return
    values = [Fraction(repr(value)) for value in cohort.values()]
    quartiles = [found.lower_quartile, found.median, found.upper_quartile]
    assert near(quartiles, oracle_others.quartiles(values))
    others = [Fraction(repr(value)) for name, value in cohort.items() if name != viewer]
    if len(others) < 20:
        assert found.percentile is None
        return
    rank = oracle_others.percentile_rank(others, Fraction(repr(own)))
    assert near(found.percentile.rank, rank)
    wilson = [100 * bound for bound in oracle_others.wilson(rank / 100, len(others))]
    assert near(found.percentile.interval, wilson)


def test_a_cohort_is_published_if_nobody_or_five_organisations_changed():
    last = {f"o{place}": 1 for place in range(12)}
    for lost, joined, moved in product(range(6), repeat=3):
        stayed = {name: 2 if place < moved else 1 for place, name in enumerate(sorted(last)[lost:])}
        new = {**stayed, **{f"n{place}": 1 for place in range(joined)}}
        differ = lost + joined + moved
        assert may_publish(last, new) == (differ == 0 or differ >= 5)


def test_benchmarks_agree():
    seen = set()
    for seed in SEEDS:
        bank, answers = random_case(seed)
        expected = oracle_others.is_benchmark(oracle.score(plain_bank(bank), plain_answers(answers)))
        assert is_benchmark(score(bank, answers)) == expected, seed
        seen.add(expected)
    assert seen == {True, False}


def test_carelessness_agrees_from_five_numbers_on():
    seen = set()
    for seed in SEEDS:
        bank, answers = random_case(seed)
        for person in answers.respondents:
            numbers = sum(isinstance(value, int) for value in person.answers.values())
            expected = numbers >= 5 and oracle_others.careless(plain_bank(bank), plain_respondent(person))
            assert looks_careless(bank, person) == expected, seed
            seen.add(expected)
    assert seen == {True, False}


@every_shape
def test_supported_levels_agree(case, seeds):
    for seed in seeds:
        bank, answers = case(seed)
        expected = oracle_others.supported_levels(plain_bank(bank), plain_answers(answers))
        assert supported_levels(bank, answers) == expected, seed


@every_shape
def test_what_if_agrees(case, seeds):
    for seed in seeds:
        bank, answers = case(seed)
        rng = Random(seed)
        chosen = {key: rng.choice(question.levels) for key, question in bank.questions.items() if rng.random() < 0.4}
        found = what_if(bank, answers, chosen)
        expected = without_intervals(oracle_others.what_if(plain_bank(bank), plain_answers(answers), chosen))
        differences = [line for line in result_differences(found, expected) if not of_people(line)]
        assert not differences, f"seed {seed}: {differences}"


def without_intervals(expected):
    nothing = {"se": None, "interval": None, "gap_within_error": None}
    pillars = [pillar | nothing for pillar in expected["pillars"]]
    return {**expected, "overall": expected["overall"] | {"interval": None}, "pillars": pillars}


def of_people(line):
    return line.split(":")[0].split(".")[-1] in OF_PEOPLE

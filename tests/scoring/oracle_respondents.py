"""The second opinion on several respondents: agreement, jackknife, interval, gap."""

from fractions import Fraction
from math import sqrt

from tests.scoring.oracle_bank import value_of
from tests.scoring.oracle_level import highest_of
from tests.scoring.oracle_pillar import (
    above,
    answered,
    at_least,
    mean,
    weight_of,
    weighted,
    weighted_mean,
    whole,
)
from tests.scoring.oracle_student import student_t


def people(questions):
    """The ids of those with a number on an answered, weighted question."""
    return {name for question in answered(weighted(questions)) for name in question["numbers"]}


def theta(questions, left_out=None):
    """The weighted mean of the questions' means without one person; questions without a number drop out."""
    pairs = []
    for question in questions:
        values = [value for name, value in question["numbers"].items() if name != left_out]
        if values:
            pairs.append((question["weight"], mean(values)))
    return weighted_mean(pairs)


def jackknife(replicates):
    """(n-1)/n times the sum of squared deviations of the replicates from their mean."""
    n = len(replicates)
    middle = mean(replicates)
    return Fraction(n - 1, n) * sum((value - middle) ** 2 for value in replicates)


def finite(n, invited):
    return 1 - Fraction(n, invited) if invited is not None else Fraction(1)


def floor_squared(questions):
    """One twelfth of a squared step, as the variance of a rounded answer, over answered, weighted questions."""
    scored = answered(weighted(questions))
    numerator = sum(question["weight"] ** 2 * question["step"] ** 2 / question["n"] for question in scored)
    return numerator / 12 / weight_of(scored) ** 2


def variance_of(questions, invited):
    """SE² of a pillar's score, or None below three people."""
    names = sorted(people(questions))
    if len(names) < 3:
        return None
    scored = answered(weighted(questions))
    spread = jackknife([theta(scored, name) for name in names]) * finite(len(names), invited)
    return max(spread, floor_squared(questions))


def interval_of(centre, variance, df):
    half = student_t(df) * sqrt(variance)
    return [max(0.0, float(centre) - half), min(1.0, float(centre) + half)]


def sample_variance(values):
    centre = mean(values)
    return sum((value - centre) ** 2 for value in values) / (len(values) - 1)


def agreement_of(questions):
    several = [question for question in answered(weighted(questions)) if question["n"] >= 2]
    variances = [sample_variance(question["numbers"].values()) / question["variance"] for question in several]
    flagged = [question["key"] for question in questions if question["flagged"]]
    if len(people(questions)) < 3 or not variances:
        return {"r_wg_star": None, "band": None, "flagged": flagged}
    value = 1 - mean(variances)
    strong_or_moderate = "strong" if at_least(value, Fraction(71, 100)) else "moderate"
    band = strong_or_moderate if above(value, Fraction(1, 2)) else "weak"
    return {"r_wg_star": value, "band": band, "flagged": flagged}


def gap_of(bank, questions, score, target, variance, n):
    if score is None:
        return {"target": None, "gap": None, "gap_within_error": None, "aim": None}
    aim = default_aim(bank, questions, score) if target is None else value_of(bank, target)
    gap = max(Fraction(0), aim - score)
    within = None
    if variance is not None:
        half = Fraction(student_t(n - 1) * sqrt(variance))
        within = above(gap, 0) and not at_least(gap, half)
    return {"target": target, "gap": gap, "gap_within_error": within, "aim": aim}


def default_aim(bank, questions, score):
    """The value of the next whole level above the score, at most that of the pillar's highest."""
    ladder, highest = bank["ladder"], highest_of(questions)
    if bank["levels"][0] is None:
        following = whole(1 + (len(ladder) - 1) * score) + 1
    else:
        following = next((level for level, value in enumerate(ladder, start=1) if above(value, score)), highest)
    return ladder[min(highest, following) - 1]

"""The second opinion on the gated level of a pillar, by answers and by stages."""

from fractions import Fraction

from tests.scoring.oracle_pillar import (
    above,
    answered,
    applicable,
    at_least,
    evidence_coverage_of,
    na_share_of,
    reaches,
    share_at,
    status_of,
    weighted,
    weighted_mean,
)


def ladder_above_the_lowest(bank):
    return range(2, len(bank["ladder"]) + 1)


def shares_of(bank, questions):
    """a(L) for every level above the lowest, or None where nothing that applies has weight."""
    return {level: share_of(bank, questions, level) for level in ladder_above_the_lowest(bank)}


def share_of(bank, questions, level):
    scored = applicable(weighted(questions))
    if bank["gate"]["by"] == "answers":
        return weighted_mean((question["weight"], share_at(question, level)) for question in scored)
    return weighted_mean(
        (question["weight"], Fraction(0) if question["mean"] is None else question["mean"])
        for question in scored
        if question["stage"] == level
    )


def failed_share(gate, shares, level):
    """The lowest level whose share keeps `level` from being reached, or None."""
    if gate["by"] == "stages":
        failed = [
            low for low in range(2, level + 1) if shares[low] is not None and not at_least(shares[low], gate["hold"])
        ]
        return failed[0] if failed else None
    for lower in range(2, level):
        if not above(shares[lower], gate["hold"]):
            return lower
    return None if above(shares[level], gate["reach"]) else level


def failed_essentials(questions, level):
    tagged = [q for q in applicable(questions) if q["essential_at"] is not None and q["essential_at"] <= level]
    return [question for question in tagged if not reaches(question, level)]


def highest_of(questions):
    """The highest level that any weighted question offers, whether or not it applies."""
    return max((question["highest"] for question in weighted(questions)), default=None)


def climb(gate, shares, essentials_fail, top):
    level = 1
    while level < top and failed_share(gate, shares, level + 1) is None and not essentials_fail(level + 1):
        level += 1
    return level


def lowest_medians(questions):
    scored = answered(weighted(questions))
    smallest = min((question["low_median"] for question in scored), default=None)
    return smallest, [question for question in scored if question["low_median"] == smallest]


def climbed_and_capped(bank, questions):
    """Rules 1-3: the level before and after the cap; None twice where there is no a(L)."""
    if not applicable(weighted(questions)):
        return None, None
    shares = shares_of(bank, questions)
    climbed = climb(bank["gate"], shares, lambda level: failed_essentials(questions, level), highest_of(questions))
    if bank["gate"]["by"] == "stages":
        climbed = max([level for level in range(2, climbed + 1) if shares[level] is not None], default=1)
    smallest, _ = lowest_medians(questions)
    if smallest is None or bank["gate"]["cap"] is None:
        return climbed, climbed
    return climbed, min(climbed, bank["gate"]["cap"] + smallest)


def level_and_blockers(bank, questions):
    """Rules 1-5."""
    if status_of(questions) != "rated" or above(na_share_of(questions), Fraction(1, 2)):
        return None, []
    climbed, level = climbed_and_capped(bank, questions)
    if level == highest_of(questions):
        return level, []
    found = stage_blockers if bank["gate"]["by"] == "stages" else answer_blockers
    first = {}
    for key, because in found(bank, questions, climbed, level):
        first.setdefault(key, because)
    return level, list(first.items())


def answer_blockers(bank, questions, climbed, level):
    cap = bank["gate"]["cap"]
    smallest, lowest = lowest_medians(questions)
    if level < climbed:
        return [(question["key"], "cap") for question in lowest]
    found = [(question["key"], "essential") for question in failed_essentials(questions, level + 1)]
    if cap is not None and cap + smallest == level:
        found += [(question["key"], "cap") for question in lowest]
    failed = failed_share(bank["gate"], shares_of(bank, questions), level + 1)
    short = [] if failed is None else lowest_first(questions, lambda question: share_at(question, failed))
    return found + [(question["key"], "below") for question in short]


def stage_blockers(bank, questions, climbed, level):
    """The essentials that failed at the next stage with a question, then what this stage lacks."""
    shares = shares_of(bank, questions)
    following = [stage for stage in ladder_above_the_lowest(bank) if stage > level and shares[stage] is not None]
    if not following:
        return []
    found = [(question["key"], "essential") for question in failed_essentials(questions, following[0])]
    failed = failed_share(bank["gate"], shares, following[0])
    inside = [question for question in questions if question["stage"] == failed]
    short = lowest_first(inside, lambda question: Fraction(0) if question["mean"] is None else question["mean"])
    return found + [(question["key"], "below") for question in short]


def lowest_first(questions, share):
    """The weighted questions with a share below 1: the lowest first, then the heavier, then bank order."""
    short = [question for question in applicable(weighted(questions)) if not at_least(share(question), 1)]
    return sorted(short, key=lambda question: (round(share(question), 9), -question["weight"]))


def self_declared(bank, questions, level):
    if level is None or not at_least(bank["ladder"][level - 1], Fraction(3, 4)):
        return None
    tagged = [q for q in applicable(questions) if q["essential_at"] is not None and q["essential_at"] <= level]
    if tagged:
        return not all(question["evidence"] is not None and question["evidence"] >= 2 for question in tagged)
    return not at_least(evidence_coverage_of(questions), Fraction(1, 2))


def goes_beyond(bank, questions, level):
    """ "+": something above 0 at a stage above the level; None by answers or without a level."""
    if bank["gate"]["by"] == "answers" or level is None:
        return None
    higher = [question for question in answered(weighted(questions)) if question["stage"] > level]
    return any(above(question["mean"], 0) for question in higher)

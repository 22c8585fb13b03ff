"""The second opinion on one question, one pillar and its gated level: literal and exact."""

from fractions import Fraction
from math import floor

TOLERANCE = Fraction(1, 10**9)


def at_least(left, right):
    return left >= right - TOLERANCE


def above(left, right):
    return left > right + TOLERANCE


def whole(value):
    return floor(value + TOLERANCE)


def mean(values):
    values = list(values)
    return Fraction(sum(values)) / len(values)


def weighted_mean(pairs):
    """The mean of (weight, value) pairs, or None without weight."""
    pairs = list(pairs)
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else None


def low_median(values):
    return sorted(values)[(len(values) - 1) // 2] if values else None


# --- one question -----------------------------------------------------------------------------------------------


def read_question(question, respondents):
    """Everything that one question says, over all respondents."""
    given = {person["id"]: person["answers"].get(question["key"]) for person in respondents}
    numbers = {name: value for name, value in given.items() if isinstance(value, int)}
    not_applicable = sum(value == "not_applicable" for value in given.values())
    state = "not_applicable" if not_applicable > len(numbers) else "answered" if numbers else "missing"
    grades = [person["grades"].get(question["key"], 0) for person in respondents if person["id"] in numbers]
    values = list(numbers.values())
    centre = mean(values) if values else None
    spread = mean(abs(value - centre) for value in values) if len(values) >= 2 else None
    return {
        **question,
        "numbers": numbers,
        "state": state,
        "n": len(values),
        "dont_know": sum(value == "dont_know" for value in given.values()),
        "not_applicable": not_applicable,
        "mean": centre,
        "low_median": low_median(values),
        "disagreement": spread,
        "evidence": max(grades) if grades else None,
        "flagged": state == "answered"
        and spread is not None
        and (above(spread, Fraction(4, 5)) or max(values) - min(values) >= 3),
    }


def asked(question, level):
    return level if level <= question["offered"][-1] else question["offered"][-1]


def reaches(question, level):
    """Whether the low median reaches the level; a missing answer does not."""
    return question["low_median"] is not None and question["low_median"] >= asked(question, level)


def share_at(question, level):
    """q(L): the share of the numbers that reach the level, 0 for a missing question."""
    numbers = question["numbers"].values()
    return Fraction(sum(value >= asked(question, level) for value in numbers), len(numbers)) if numbers else Fraction(0)


def applicable(questions):
    return [question for question in questions if question["state"] != "not_applicable"]


def answered(questions):
    return [question for question in questions if question["state"] == "answered"]


def weighted(questions):
    return [question for question in questions if question["weight"] > 0]


def weight_of(questions):
    return sum((question["weight"] for question in questions), Fraction(0))


# --- one pillar -------------------------------------------------------------------------------------------------


def status_of(questions):
    scored = weighted(questions)
    if not scored:
        return "unscored"
    if not applicable(scored):
        return "not_applicable"
    coverage = coverage_of(questions)
    if at_least(coverage, Fraction(4, 5)):
        return "rated"
    return "provisional" if at_least(coverage, Fraction(1, 2)) else "insufficient"


def coverage_of(questions):
    scored = applicable(weighted(questions))
    return weight_of(answered(scored)) / weight_of(scored) if scored else None


def na_share_of(questions):
    scored = weighted(questions)
    return 1 - weight_of(applicable(scored)) / weight_of(scored) if scored else None


def dont_know_rate(questions):
    scored = applicable(weighted(questions))
    unknown = sum(question["dont_know"] for question in scored)
    total = unknown + sum(question["n"] for question in scored)
    return Fraction(unknown, total) if total else None


def bounds_of(questions):
    scored = applicable(weighted(questions))
    if not scored:
        return None

    def with_missing(guess):
        return weighted_mean((q["weight"], q["mean"] if q["state"] == "answered" else guess(q)) for q in scored)

    return [with_missing(lambda question: 1), with_missing(lambda question: question["offered"][-1])]


def evidence_coverage_of(questions):
    scored = answered(weighted(questions))
    backed = [question for question in scored if question["evidence"] >= 2]
    return weight_of(backed) / weight_of(scored) if scored else None


def attained(questions, level):
    """a(L), or None where nothing applicable has weight."""
    return weighted_mean((q["weight"], share_at(q, level)) for q in applicable(weighted(questions)))


# --- the gated level --------------------------------------------------------------------------------------------


def failed_share(shares, level):
    """The lowest level whose share keeps `level` from being reached, or None. `shares` maps 2..5 to a(L)."""
    for lower in range(2, level):
        if not above(shares[lower], Fraction(85, 100)):
            return lower
    return None if above(shares[level], Fraction(1, 2)) else level


def failed_essentials(questions, level):
    tagged = [q for q in applicable(questions) if q["essential_at"] is not None and q["essential_at"] <= level]
    return [question for question in tagged if not reaches(question, level)]


def highest_of(questions):
    """The highest level that any weighted question offers, whether or not it applies."""
    return max((question["offered"][-1] for question in weighted(questions)), default=None)


def climb(shares, essentials_fail, top=5):
    level = 1
    while level < top and failed_share(shares, level + 1) is None and not essentials_fail(level + 1):
        level += 1
    return level


def lowest_medians(questions):
    scored = answered(weighted(questions))
    smallest = min((question["low_median"] for question in scored), default=None)
    return smallest, [question for question in scored if question["low_median"] == smallest]


def shares_of(questions):
    return {level: attained(questions, level) for level in (2, 3, 4, 5)}


def climbed_and_capped(questions):
    """Rules 1-3: the level before and after the cap; None twice where there is no a(L)."""
    shares = shares_of(questions)
    if shares[2] is None:
        return None, None
    climbed = climb(shares, lambda level: failed_essentials(questions, level), highest_of(questions))
    smallest, _ = lowest_medians(questions)
    return climbed, climbed if smallest is None else min(climbed, 2 + smallest)


def level_and_blockers(questions):
    """Rules 1-5."""
    if status_of(questions) != "rated" or above(na_share_of(questions), Fraction(1, 2)):
        return None, []
    climbed, level = climbed_and_capped(questions)
    smallest, lowest = lowest_medians(questions)
    if level == highest_of(questions):
        return level, []
    if level < climbed:
        return level, [(question["key"], "cap") for question in lowest]
    found = [(question["key"], "essential") for question in failed_essentials(questions, level + 1)]
    if 2 + smallest == level:
        found += [(question["key"], "cap") for question in lowest]
    found += [(question["key"], "below") for question in below(questions, level + 1)]
    first = {}
    for key, because in found:
        first.setdefault(key, because)
    return level, list(first.items())


def below(questions, following):
    failed = failed_share(shares_of(questions), following)
    if failed is None:
        return []
    short = [q for q in applicable(weighted(questions)) if not at_least(share_at(q, failed), 1)]
    return sorted(short, key=lambda question: (round(share_at(question, failed), 9), -question["weight"]))


def self_declared(questions, level):
    if level is None or level < 4:
        return None
    tagged = [q for q in applicable(questions) if q["essential_at"] is not None and q["essential_at"] <= level]
    if tagged:
        return not all(question["evidence"] is not None and question["evidence"] >= 2 for question in tagged)
    return not at_least(evidence_coverage_of(questions), Fraction(1, 2))

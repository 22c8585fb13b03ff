"""The second opinion on one question and one pillar: literal and exact, in values from 0 to 1."""

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
    chosen = {name: value for name, value in given.items() if isinstance(value, int)}
    not_applicable = sum(value == "not_applicable" for value in given.values())
    state = "not_applicable" if not_applicable > len(chosen) else "answered" if chosen else "missing"
    grades = [person["grades"].get(question["key"], 0) for person in respondents if person["id"] in chosen]
    return {
        **question,
        **numbers_of(question, chosen),
        "state": state,
        "dont_know": sum(value == "dont_know" for value in given.values()),
        "not_applicable": not_applicable,
        "evidence": max(grades) if grades else None,
        "flagged": state == "answered" and views_differ(question, [question["place"][a] for a in chosen.values()]),
    }


def numbers_of(question, chosen):
    """What the answers chosen are worth: their values, their levels and how far apart they are, in steps."""
    numbers = {name: question["x"][answer] for name, answer in chosen.items()}
    levels = [question["level"][answer] for answer in chosen.values()]
    places = [question["place"][answer] for answer in chosen.values()]
    return {
        "chosen": chosen,
        "numbers": numbers,
        "levels": levels,
        "n": len(chosen),
        "mean": mean(numbers.values()) if chosen else None,
        "low_median": low_median(levels),
        "disagreement": mean_deviation(places),
    }


def mean_deviation(places):
    centre = mean(places) if len(places) >= 2 else None
    return None if centre is None else mean(abs(place - centre) for place in places)


def views_differ(question, places):
    """AD above 0.16 times the number of answers or, with four answers or more, three steps apart."""
    if len(places) < 2:
        return False
    far = question["count"] >= 4 and max(places) - min(places) >= 3
    return far or above(mean_deviation(places), Fraction(16, 100) * question["count"])


def asked(question, level):
    return min(level, question["highest"])


def reaches(question, level):
    """Whether the low median reaches the level; a missing answer does not."""
    return question["low_median"] is not None and question["low_median"] >= asked(question, level)


def share_at(question, level):
    """q(L): the share of the numbers that reach the level, 0 for a missing question."""
    levels = question["levels"]
    return Fraction(sum(each >= asked(question, level) for each in levels), len(levels)) if levels else Fraction(0)


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

    return [with_missing(lambda question: Fraction(0)), with_missing(lambda question: question["best"])]


def evidence_coverage_of(questions):
    scored = answered(weighted(questions))
    backed = [question for question in scored if question["evidence"] >= 2]
    return weight_of(backed) / weight_of(scored) if scored else None

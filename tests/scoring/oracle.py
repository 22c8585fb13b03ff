"""A second opinion: the method page re-computed literally, slowly and exactly, with fractions.

Nothing here is shared with the engine: plain dictionaries in, plain dictionaries out, shaped like the result JSON.
A bank is `{"version", "pillars": [{"key", "weight", "questions": [{"key", "weight", "essential_at", "offered",
"anchors", "steps"}]}]}`, `steps` mapping a level to its main next step. Answers are `{"invited", "targets",
"respondents": [{"id", "answers", "grades"}]}`. Weights, targets and efforts are fractions.
"""

from fractions import Fraction
from itertools import product
from math import sqrt

from tests.scoring.oracle_pillar import (
    answered,
    applicable,
    at_least,
    bounds_of,
    climb,
    coverage_of,
    dont_know_rate,
    evidence_coverage_of,
    level_and_blockers,
    na_share_of,
    read_question,
    self_declared,
    shares_of,
    status_of,
    weight_of,
    weighted,
    weighted_mean,
)
from tests.scoring.oracle_respondents import (
    agreement_of,
    finite,
    floor_squared,
    gap_of,
    interval_of,
    jackknife,
    people,
    theta,
    variance_of,
)

BRUTE_FORCE = 8  # pillars up to which every corner of the weight box is tried


def score_pillar(pillar, answers):
    questions = [read_question(question, answers["respondents"]) for question in pillar["questions"]]
    status = status_of(questions)
    score = None
    if status in ("rated", "provisional"):
        score = weighted_mean((q["weight"], q["mean"]) for q in answered(weighted(questions)))
    level, blocking = level_and_blockers(questions)
    n = len(people(questions))
    variance = variance_of(questions, answers["invited"]) if score is not None else None
    return {
        "key": pillar["key"],
        "weight": pillar["weight"],
        "status": status,
        "score": score,
        "score_100": None if score is None else 25 * (score - 1),
        "level": level,
        "self_declared": self_declared(questions, level),
        "coverage": coverage_of(questions),
        "na_share": na_share_of(questions),
        "dont_know_rate": dont_know_rate(questions),
        "bounds": bounds_of(questions),
        "evidence_coverage": evidence_coverage_of(questions),
        "attained": shares_of(questions),
        "blocking": blocking,
        "respondents": n,
        "variance": variance,
        "se": None if variance is None else sqrt(variance),
        "interval": None if variance is None else interval_of(score, variance, n - 1),
        "agreement": agreement_of(questions),
        **gap_of(questions, score, answers["targets"].get(pillar["key"]), variance, n),
        "questions": questions,
    }


# --- the organisation -------------------------------------------------------------------------------------------


def counting(pillars):
    """The applicable pillars: weight above 0 and something to score."""
    return [p for p in pillars if p["weight"] > 0 and p["status"] not in ("not_applicable", "unscored")]


def scored_pillars(pillars):
    return [pillar for pillar in pillars if pillar["weight"] > 0 and pillar["score"] is not None]


def index_of(pillars):
    scored = scored_pillars(pillars)
    coverage = overall_coverage(pillars)
    enough = len(scored) * 4 >= 3 * sum(pillar["weight"] > 0 for pillar in pillars)
    if not scored or not enough or not at_least(coverage, Fraction(4, 5)):
        return None
    return weighted_mean((pillar["weight"], pillar["score"]) for pillar in scored)


def overall_coverage(pillars):
    return weighted_mean((pillar["weight"], pillar["coverage"]) for pillar in counting(pillars))


def organisation_level(pillars):
    pillars = counting(pillars)
    if not pillars or any(pillar["level"] is None for pillar in pillars):
        return None
    shares = {
        level: weighted_mean((p["weight"], Fraction(p["level"] >= level)) for p in pillars) for level in (2, 3, 4, 5)
    }
    return min(climb(shares, lambda level: []), min(pillar["level"] for pillar in pillars) + 1)


def weight_range(pairs):
    """The range of the weighted mean of (weight, score) pairs when each weight moves by up to a quarter."""
    up, down = Fraction(5, 4), Fraction(3, 4)
    few = len(pairs) <= BRUTE_FORCE
    corners = product((up, down), repeat=len(pairs)) if few else sorted_corners(pairs, up, down)
    means = [weighted_mean((f * w, s) for f, (w, s) in zip(corner, pairs, strict=True)) for corner in corners]
    return [min(means), max(means)]


def sorted_corners(pairs, up, down):
    """The corners where the k highest, or the k lowest, scores weigh more, for every k."""
    order = sorted(range(len(pairs)), key=lambda place: pairs[place][1])
    for k in range(len(pairs) + 1):
        for heavy in (set(order[:k]), set(order[len(order) - k :])):
            yield [up if place in heavy else down for place in range(len(pairs))]


def index_interval(pillars, index, invited):
    scored = scored_pillars(pillars)
    names = sorted(set().union(*(people(pillar["questions"]) for pillar in scored)))
    if len(names) < 3:
        return None
    variance = max(
        jackknife([index_theta(scored, name) for name in names]) * finite(len(names), invited), index_floor(scored)
    )
    return interval_of(index, variance, len(names) - 1)


def index_theta(pillars, left_out):
    pairs = [(p["weight"], theta(answered(weighted(p["questions"])), left_out)) for p in pillars]
    return weighted_mean((weight, score) for weight, score in pairs if score is not None)


def index_floor(pillars):
    total = sum(pillar["weight"] for pillar in pillars)
    return sum(p["weight"] ** 2 * floor_squared(p["questions"]) for p in pillars) / total**2


def overall_of(pillars, invited):
    index = index_of(pillars)
    pairs = [(pillar["weight"], pillar["score"]) for pillar in scored_pillars(pillars)]
    return {
        "index": index,
        "index_100": None if index is None else 25 * (index - 1),
        "level": organisation_level(pillars),
        "coverage": overall_coverage(pillars),
        "weight_range": None if index is None else weight_range(pairs),
        "interval": None if index is None else index_interval(pillars, index, invited),
    }


# --- priorities -------------------------------------------------------------------------------------------------


def belongs(question, pillar):
    """Whether a question stands in the list of priorities."""
    essential_unknown = (
        question["essential_at"] is not None and question["state"] == "missing" and question["dont_know"] > 0
    )
    if pillar["score"] is None:
        return essential_unknown
    low = question["state"] == "answered" and question["weight"] > 0
    low = low and not at_least(question["mean"], question_target(question, pillar))
    return low or essential_unknown or question["key"] in dict(pillar["blocking"])


def question_target(question, pillar):
    return min(Fraction(pillar["aim"]), question["offered"][-1])


def tier_of(question, pillar):
    if question["essential_at"] is not None and (question["flagged"] or question["dont_know"] > 0):
        return 1
    return 2 if question["key"] in dict(pillar["blocking"]) else 3


def gain_of(question, pillar, total):
    if question["state"] == "missing" or not total:
        return None
    share = question["weight"] / weight_of(applicable(weighted(pillar["questions"])))
    missing_levels = question_target(question, pillar) - question["mean"]
    return max(Fraction(0), 25 * (pillar["weight"] / total) * share * missing_levels)


def priorities_of(pillars):
    total = sum(pillar["weight"] for pillar in scored_pillars(pillars))
    entries = []
    for pillar in pillars:
        for question in pillar["questions"]:
            if belongs(question, pillar):
                entries.append(priority(question, pillar, total))
    entries.sort(key=lambda entry: entry.pop("order"))
    return entries


def priority(question, pillar, total):
    step = question["steps"].get(question["low_median"]) or {}
    effort = step.get("effort")
    gain = gain_of(question, pillar, total)
    tier = tier_of(question, pillar)
    rank = Fraction(1) if effort is None else effort
    per_effort = round((gain or Fraction(0)) / rank, 9)
    return {
        "question": question["key"],
        "tier": tier,
        "why": ("agree_on_the_facts", "blocks_next_level", "gain_per_effort")[tier - 1],
        "gain": gain,
        "effort": effort,
        "action": step.get("action"),
        "owner": step.get("owner"),
        "horizon": step.get("horizon"),
        "order": (tier, question["state"] == "missing", -per_effort, rank, question["key"]),
    }


def score(bank, answers):
    """The whole result, shaped like the JSON of the public format; numbers are fractions wherever they can be."""
    pillars = [score_pillar(pillar, answers) for pillar in bank["pillars"]]
    replied = sum(any(value is not None for value in r["answers"].values()) for r in answers["respondents"])
    return {
        "answered": replied,
        "invited": answers["invited"],
        "overall": overall_of(pillars, answers["invited"]),
        "pillars": pillars,
        "priorities": priorities_of(pillars),
    }

"""The second opinion on the organisation: groups, index, its level, its range of weights and its interval."""

from fractions import Fraction
from itertools import product

from tests.scoring.oracle_bank import GATES, shown
from tests.scoring.oracle_level import climb, ladder_above_the_lowest
from tests.scoring.oracle_pillar import answered, at_least, weight_of, weighted, weighted_mean
from tests.scoring.oracle_respondents import finite, floor_squared, interval_of, jackknife, people, theta

BRUTE_FORCE = 8  # pillars up to which every corner of the weight box is tried


def counting(pillars):
    """The applicable pillars: weight above 0 and something to score."""
    return [p for p in pillars if p["weight"] > 0 and p["status"] not in ("not_applicable", "unscored")]


def scored_pillars(pillars):
    return [pillar for pillar in pillars if pillar["weight"] > 0 and pillar["score"] is not None]


def groups_of(bank, pillars):
    """The groups with their figures and their scored pillars."""
    return [group_of(group, [p for p in pillars if p["group"] == group["key"]]) for group in bank["groups"]]


def group_of(group, pillars):
    scored = scored_pillars(pillars)
    enough = scored and len(scored) * 4 >= 3 * sum(pillar["weight"] > 0 for pillar in pillars)
    return {
        "key": group["key"],
        "weight": group["weight"],
        "score": weighted_mean((p["weight"], p["score"]) for p in scored) if enough else None,
        "coverage": overall_coverage(pillars),
        "scored": scored,
    }


def parts_of(bank, pillars):
    """What the index is the weighted mean of, each a list of pillars with weight, score and coverage."""
    if bank["index_of"] == "groups":
        return groups_of(bank, pillars)
    applicable_ones = [pillar["key"] for pillar in counting(pillars)]
    return [
        {**pillar, "scored": [pillar], "coverage": pillar["coverage"] if pillar["key"] in applicable_ones else None}
        for pillar in pillars
    ]


def index_of(parts):
    scored = scored_pillars(parts)
    covered = [part for part in parts if part["weight"] > 0 and part["coverage"] is not None]
    coverage = weighted_mean((part["weight"], part["coverage"]) for part in covered)
    enough = len(scored) * 4 >= 3 * sum(part["weight"] > 0 for part in parts)
    if not scored or not enough or not at_least(coverage, Fraction(4, 5)):
        return None, coverage
    return weighted_mean((part["weight"], part["score"]) for part in scored), coverage


def overall_coverage(pillars):
    return weighted_mean((pillar["weight"], pillar["coverage"]) for pillar in counting(pillars))


def organisation_level(bank, pillars):
    pillars = counting(pillars)
    if not pillars or any(pillar["level"] is None for pillar in pillars):
        return None
    gate = GATES["answers"] if bank["gate"]["by"] == "stages" else bank["gate"]
    shares = {
        level: weighted_mean((p["weight"], Fraction(p["level"] >= level)) for p in pillars)
        for level in ladder_above_the_lowest(bank)
    }
    level = climb(gate, shares, lambda level: [], len(bank["ladder"]))
    lowest = min(pillar["level"] for pillar in pillars)
    return level if gate["spread"] is None else min(level, lowest + gate["spread"])


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


def index_interval(parts, index, invited):
    scored = scored_pillars(parts)
    names = sorted(set().union(*(people(pillar["questions"]) for part in scored for pillar in part["scored"])))
    if len(names) < 3:
        return None
    variance = max(
        jackknife([index_theta(scored, name) for name in names]) * finite(len(names), invited), index_floor(scored)
    )
    return interval_of(index, variance, len(names) - 1)


def index_theta(parts, left_out):
    """The index without one person: what this empties drops out."""
    pairs = []
    for part in parts:
        inner = [(p["weight"], theta(answered(weighted(p["questions"])), left_out)) for p in part["scored"]]
        score = weighted_mean((weight, score) for weight, score in inner if score is not None)
        if score is not None:
            pairs.append((part["weight"], score))
    return weighted_mean(pairs)


def index_floor(parts):
    """The pillars' floors, each by its share of the index squared."""
    total = weight_of(parts)
    return sum(
        (part["weight"] / total * pillar["weight"] / weight_of(part["scored"])) ** 2
        * floor_squared(pillar["questions"])
        for part in parts
        for pillar in part["scored"]
    )


def overall_of(bank, pillars, invited):
    parts = parts_of(bank, pillars)
    index, coverage = index_of(parts)
    pairs = [(part["weight"], part["score"]) for part in scored_pillars(parts)]
    return {
        "index": shown(bank, index),
        "index_100": None if index is None else 100 * index,
        "level": organisation_level(bank, pillars),
        "coverage": coverage,
        "weight_range": None if index is None else shown(bank, weight_range(pairs)),
        "interval": None if index is None else shown(bank, index_interval(parts, index, invited)),
    }

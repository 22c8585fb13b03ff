"""A second opinion: the method page re-computed literally, slowly and exactly, with fractions.

Nothing here is shared with the engine: plain dictionaries in, plain dictionaries out, shaped like the result JSON.
A bank is `{"version", "pillars": [{"key", "weight", "questions": [{"key", "weight", "essential_at", "offered",
"anchors", "steps"}]}]}`, `steps` mapping a level to its main next step. Answers are `{"invited", "targets",
"respondents": [{"id", "answers", "grades"}]}`. Weights, targets and efforts are fractions.
"""

from fractions import Fraction
from itertools import product
from math import floor, sqrt

from tests.scoring.oracle_student import student_t

TOLERANCE = Fraction(1, 10**9)
BRUTE_FORCE = 8  # pillars up to which every corner of the weight box is tried


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
        "flagged": spread is not None and (above(spread, Fraction(4, 5)) or max(values) - min(values) >= 3),
    }


def asked(question, level):
    return max(offered for offered in question["offered"] if offered <= level)


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


def climb(shares, essentials_fail):
    level = 1
    while level < 5 and failed_share(shares, level + 1) is None and not essentials_fail(level + 1):
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
    climbed = climb(shares, lambda level: failed_essentials(questions, level))
    smallest, _ = lowest_medians(questions)
    return climbed, climbed if smallest is None else min(climbed, 2 + smallest)


def level_and_blockers(questions):
    """Rules 1-5."""
    if status_of(questions) != "rated" or above(na_share_of(questions), Fraction(1, 2)):
        return None, []
    climbed, level = climbed_and_capped(questions)
    smallest, lowest = lowest_medians(questions)
    if level < climbed:
        return level, [(question["key"], "cap") for question in lowest]
    if level == 5:
        return level, []
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


# --- several respondents ----------------------------------------------------------------------------------------


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
    """One twelfth of the variance of a whole-number answer, over answered, weighted questions."""
    scored = answered(weighted(questions))
    numerator = sum(question["weight"] ** 2 / question["n"] for question in scored)
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
    return [max(1.0, float(centre) - half), min(5.0, float(centre) + half)]


def sample_variance(values):
    centre = mean(values)
    return sum((value - centre) ** 2 for value in values) / (len(values) - 1)


def agreement_of(questions):
    variances = [sample_variance(q["numbers"].values()) for q in answered(weighted(questions)) if q["n"] >= 2]
    flagged = [question["key"] for question in questions if question["flagged"]]
    if len(people(questions)) < 3 or not variances:
        return {"r_wg_star": None, "band": None, "flagged": flagged}
    value = 1 - mean(variances) / 2
    strong_or_moderate = "strong" if at_least(value, Fraction(71, 100)) else "moderate"
    band = strong_or_moderate if above(value, Fraction(1, 2)) else "weak"
    return {"r_wg_star": value, "band": band, "flagged": flagged}


def gap_of(score, target, variance, n):
    if score is None:
        return {"target": None, "gap": None, "gap_within_error": None, "aim": None}
    aim = target if target is not None else min(5, whole(score) + 1)
    gap = max(Fraction(0), aim - score)
    within = None
    if variance is not None:
        half = Fraction(student_t(n - 1) * sqrt(variance))
        within = above(gap, 0) and not at_least(gap, half)
    return {"target": target, "gap": gap, "gap_within_error": within, "aim": aim}


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
        **gap_of(score, answers["targets"].get(pillar["key"]), variance, n),
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

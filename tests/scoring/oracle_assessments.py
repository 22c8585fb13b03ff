"""The second opinion on change between assessments: literal, slow, exact."""

from fractions import Fraction
from math import floor, sqrt

from tests.scoring.oracle_bank import read_bank, shown, stretched
from tests.scoring.oracle_pillar import above, applicable, at_least, read_question, weight_of, weighted, weighted_mean
from tests.scoring.oracle_respondents import floor_squared, jackknife, people, theta
from tests.scoring.oracle_student import student_t


def question_map(bank):
    return {question["key"]: question for pillar in bank["pillars"] for question in pillar["questions"]}


def home_map(bank):
    return {question["key"]: pillar["key"] for pillar in bank["pillars"] for question in pillar["questions"]}


def read_round(bank, answers, later):
    """One assessment's questions by pillar, with the later version's weights and the later version's pillars."""
    weights = {key: question["weight"] for key, question in question_map(later).items()}
    homes = home_map(bank) | home_map(later)
    by_pillar = {}
    for key, question in question_map(bank).items():
        seen = read_question({**question, "weight": weights.get(key, question["weight"])}, answers["respondents"])
        by_pillar.setdefault(homes[key], []).append(seen)
    return by_pillar


def is_common(question, earlier, same_major):
    """Whether a question of the later round was asked in the earlier one too, and answered in both."""
    if earlier is None or question["state"] != "answered" or earlier["state"] != "answered":
        return False
    return same_major or all(question[part] == earlier[part] for part in ("texts", "x", "level"))


def round_share(questions, common):
    whole = weight_of(applicable(weighted(questions)))
    return weight_of(weighted(common)) / whole if whole else None


def compare_pillar(key, weight, before, after, same_major):
    """The pieces that one pillar brings to the comparison."""
    earlier = {question["key"]: question for question in before}
    second = [q for q in after if is_common(q, earlier.get(q["key"]), same_major)]
    first = [earlier[question["key"]] for question in second]
    shares = [round_share(before, first), round_share(after, second)]
    changed = [b["key"] for a, b in zip(first, second, strict=True) if a["low_median"] != b["low_median"]]
    return {
        "key": key,
        "weight": weight,
        "first": weighted(first),
        "second": weighted(second),
        "shares": shares,
        "share": None if None in shares else min(shares),
        "changed": changed,
    }


def comparability_of(share, has_common):
    if share is None or not has_common or not at_least(share, Fraction(1, 2)):
        return "none"
    return "comparable" if at_least(share, Fraction(4, 5)) else "indicative"


def scores_without(parts, name):
    """(before, after) as weighted means over the parts without one person; None where everything drops out.

    A question that nobody else answered in one of the assessments drops out of both.
    """
    left = []
    for part in parts:
        kept = [
            (a, b)
            for a, b in zip(part["first"], part["second"], strict=True)
            if set(a["numbers"]) - {name} and set(b["numbers"]) - {name}
        ]
        left.append({**part, "first": [a for a, _ in kept], "second": [b for _, b in kept]})
    return one_round(left, "first", name), one_round(left, "second", name)


def one_round(parts, which, name):
    return nested_mean((part, theta(part[which], name)) for part in parts)


def nested_mean(pairs):
    """The weighted mean of the pillars' values or, with an index of groups, of the groups' means; None drops out."""
    homes = {}
    for part, value in pairs:
        if value is not None:
            homes.setdefault(part["home"], []).append((part["weight"], value))
    return weighted_mean((home[1], weighted_mean(values)) for home, values in homes.items())


def floor_of(parts):
    return sum(
        nested_mean((part, Fraction(part is each)) for part in parts) ** 2
        * (floor_squared(each["first"]) + floor_squared(each["second"]))
        for each in parts
    )


def uncertainty(parts):
    """(method, SE², df) of the difference; None, None, None with fewer than three people in an assessment."""
    first = sorted({name for part in parts for name in people(part["first"])})
    second = sorted({name for part in parts for name in people(part["second"])})
    if min(len(first), len(second)) < 3:
        return None, None, None
    least = floor_of(parts)
    if first == second:
        pairs = [scores_without(parts, name) for name in first]
        if any(before is None for before, _ in pairs):
            return None, None, None
        return "paired", max(jackknife([after - before for before, after in pairs]), least), len(first) - 1
    one = jackknife([one_round(parts, "first", name) for name in first])
    two = jackknife([one_round(parts, "second", name) for name in second])
    return "independent", max(one + two, least), welch(one, two, len(first), len(second))


def welch(one, two, n_one, n_two):
    """Welch's degrees of freedom, rounded down; the smaller n - 1 when neither assessment varies."""
    if not one + two:
        return min(n_one, n_two) - 1
    exact = (one + two) ** 2 / (one**2 / (n_one - 1) + two**2 / (n_two - 1))
    return floor(exact + Fraction(1, 10**9))


def figures(bank, key, parts, share, changed):
    """One entry of the comparison, over the parts that carry weight, on the later bank's scale."""
    comparability = comparability_of(share, any(part["first"] for part in parts))
    entry = dict.fromkeys(("before", "after", "delta", "se", "interval", "method", "real"))
    entry |= {"key": key, "comparability": comparability, "common_weight": share, "changed": changed}
    if comparability == "none":
        return entry
    before, after = one_round(parts, "first", None), one_round(parts, "second", None)
    entry |= {"before": shown(bank, before), "after": shown(bank, after), "delta": stretched(bank, after - before)}
    method, variance, df = uncertainty(parts)
    if method is None:
        return entry
    half = student_t(df) * sqrt(variance)
    low, high = float(after - before) - half, float(after - before) + half
    real = at_least(abs(after - before), Fraction(1, 16)) and (above(Fraction(low), 0) or above(0, Fraction(high)))
    interval = [stretched(bank, low), stretched(bank, high)]
    return entry | {"method": method, "se": stretched(bank, sqrt(variance)), "interval": interval, "real": real}


def homes_of(before_bank, after_bank):
    """(pillar weight, home) by pillar key, later pillars first, then those that the later version retired.

    A home is what the later index is a mean of, a group or the pillar itself, with its weight.
    """
    of_groups = {group["key"]: group["weight"] for group in after_bank["groups"]}
    found = {}
    for pillar in (*after_bank["pillars"], *before_bank["pillars"]):
        own = (pillar["key"], pillar["weight"])
        retired = pillar["key"] not in [each["key"] for each in after_bank["pillars"]]
        if after_bank["index_of"] == "groups":
            own = (None, Fraction(0)) if retired else (pillar["group"], of_groups[pillar["group"]])
        found.setdefault(pillar["key"], (pillar["weight"], own))
    return found


def index_share(parts):
    """The smaller of the two assessments' weighted means of the pillars' shares, over the pillars applicable there."""
    means = []
    for place in (0, 1):
        means.append(nested_mean((part, part["shares"][place]) for part in parts if part["weight"] > 0))
    return None if None in means else min(means)


def compare(before_bank, before_answers, after_bank, after_answers):
    """The comparison of two assessments, shaped like its JSON."""
    before_bank, after_bank = read_bank(before_bank), read_bank(after_bank)
    same_major = before_bank["version"].split(".")[0] == after_bank["version"].split(".")[0]
    before = read_round(before_bank, before_answers, after_bank)
    after = read_round(after_bank, after_answers, after_bank)
    parts, entries = [], []
    for key, (weight, home) in homes_of(before_bank, after_bank).items():
        part = compare_pillar(key, weight, before.get(key, []), after.get(key, []), same_major) | {"home": home}
        alone = part | {"weight": Fraction(1), "home": (key, Fraction(1))}
        entry = figures(after_bank, key, [alone], part["share"], part["changed"])
        parts.append({**part, "comparability": entry["comparability"]})
        entries.append(entry)
    carrying = [p for p in parts if p["comparability"] != "none" and p["weight"] > 0 and p["home"][1] > 0]
    changed = [key for part in parts if part["weight"] > 0 for key in part["changed"]]
    return {"overall": figures(after_bank, None, carrying, index_share(parts), changed), "pillars": entries}

"""The second opinion on the order of next steps and what each would gain."""

from fractions import Fraction

from tests.scoring.oracle_organisation import parts_of, scored_pillars
from tests.scoring.oracle_pillar import applicable, at_least, weight_of, weighted


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
    return min(Fraction(pillar["aim"]), question["best"])


def tier_of(question, pillar):
    if question["essential_at"] is not None and (question["flagged"] or question["dont_know"] > 0):
        return 1
    return 2 if question["key"] in dict(pillar["blocking"]) else 3


def share_of_index(parts, pillar):
    """W/ΣW over scored pillars; with an index of groups within its group, times the share of the group, or 0."""
    total = weight_of(scored_pillars(parts))
    for part in scored_pillars(parts):
        if pillar["key"] in [each["key"] for each in part["scored"]]:
            return part["weight"] / total * pillar["weight"] / weight_of(part["scored"])
    return Fraction(0)


def gain_of(question, pillar, share_of_pillar):
    if question["state"] == "missing" or share_of_pillar is None:
        return None
    share = question["weight"] / weight_of(applicable(weighted(pillar["questions"])))
    return max(Fraction(0), 100 * share_of_pillar * share * (question_target(question, pillar) - question["mean"]))


def priorities_of(bank, pillars):
    parts, entries = parts_of(bank, pillars), []
    for pillar in pillars:
        share = share_of_index(parts, pillar) if scored_pillars(pillars) else None
        entries += [priority(question, pillar, share) for question in pillar["questions"] if belongs(question, pillar)]
    entries.sort(key=lambda entry: entry.pop("order"))
    return entries


def priority(question, pillar, share):
    step = question["steps"].get(question["low_median"]) or {}
    effort = step.get("effort")
    gain = gain_of(question, pillar, share)
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

"""A second opinion: the method page re-computed literally, slowly and exactly, with fractions.

Nothing here is shared with the engine: plain dictionaries in, plain dictionaries out, shaped like the result JSON.
A bank is `{"version", "pillars": [{"key", "weight", "group", "questions": [{"key", "weight", "essential_at", "anchors",
"choices", "stage", "steps"}]}]}`, `choices` being values and `steps` mapping a level to its main next step; one of format 2
has `format`, `levels` (values or None), `scale`, `gate`, `groups` and `index_of` as well. Answers are `{"invited", "targets",
"respondents": [{"id", "answers", "grades"}]}`. All numbers that people write are fractions.
"""

from math import sqrt

from tests.scoring.oracle_bank import read_bank, shown, stretched
from tests.scoring.oracle_level import (
    goes_beyond,
    level_and_blockers,
    self_declared,
    shares_of,
)
from tests.scoring.oracle_organisation import groups_of, overall_of
from tests.scoring.oracle_pillar import (
    answered,
    bounds_of,
    coverage_of,
    dont_know_rate,
    evidence_coverage_of,
    na_share_of,
    read_question,
    status_of,
    weighted,
    weighted_mean,
)
from tests.scoring.oracle_priorities import priorities_of
from tests.scoring.oracle_respondents import (
    agreement_of,
    gap_of,
    interval_of,
    people,
    variance_of,
)


def score_pillar(bank, pillar, answers):
    """The figures of one pillar in values from 0 to 1; `displayed` puts them on the bank's scale."""
    questions = [read_question(question, answers["respondents"]) for question in pillar["questions"]]
    status = status_of(questions)
    score = None
    if status in ("rated", "provisional"):
        score = weighted_mean((q["weight"], q["mean"]) for q in answered(weighted(questions)))
    level, blocking = level_and_blockers(bank, questions)
    n = len(people(questions))
    variance = variance_of(questions, answers["invited"]) if score is not None else None
    return {
        "key": pillar["key"],
        "group": pillar["group"],
        "weight": pillar["weight"],
        "status": status,
        "score": score,
        "level": level,
        "self_declared": self_declared(bank, questions, level),
        "above": goes_beyond(bank, questions, level),
        "coverage": coverage_of(questions),
        "na_share": na_share_of(questions),
        "dont_know_rate": dont_know_rate(questions),
        "bounds": bounds_of(questions),
        "evidence_coverage": evidence_coverage_of(questions),
        "attained": shares_of(bank, questions),
        "blocking": blocking,
        "respondents": n,
        "variance": variance,
        "se": None if variance is None else sqrt(variance),
        "interval": None if variance is None else interval_of(score, variance, n - 1),
        "agreement": agreement_of(questions),
        **gap_of(bank, questions, score, answers["targets"].get(pillar["key"]), variance, n),
        "questions": questions,
    }


def displayed(bank, pillar):
    """A pillar's figures as people see them: on the bank's scale, and the score from 0 to 100."""
    score = pillar["score"]
    questions = [{**question, "mean": shown(bank, question["mean"])} for question in pillar["questions"]]
    return pillar | {
        "score": shown(bank, score),
        "score_100": None if score is None else 100 * score,
        "bounds": shown(bank, pillar["bounds"]),
        "interval": shown(bank, pillar["interval"]),
        "se": stretched(bank, pillar["se"]),
        "gap": stretched(bank, pillar["gap"]),
        "questions": questions,
    }


def score(bank, answers):
    """The whole result, shaped like the JSON of the public format; numbers are fractions wherever they can be."""
    bank = read_bank(bank)
    pillars = [score_pillar(bank, pillar, answers) for pillar in bank["pillars"]]
    replied = sum(any(value is not None for value in r["answers"].values()) for r in answers["respondents"])
    groups = groups_of(bank, pillars)
    return {
        "answered": replied,
        "invited": answers["invited"],
        "overall": overall_of(bank, pillars, answers["invited"]),
        "pillars": [displayed(bank, pillar) for pillar in pillars],
        "groups": [
            {
                "key": group["key"],
                "score": shown(bank, group["score"]),
                "score_100": None if group["score"] is None else 100 * group["score"],
                "coverage": group["coverage"],
            }
            for group in groups
        ],
        "priorities": priorities_of(bank, pillars),
    }

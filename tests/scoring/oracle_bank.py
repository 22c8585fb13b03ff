"""The second opinion on a bank: what each answer is worth, from 0 to 1, and the rules of its levels.

A bank of format 1 has five equal steps on 1-5, and each of its questions counts as if it offered all five.
"""

from fractions import Fraction

from tests.scoring.oracle_pillar import TOLERANCE, mean

GATES = {
    "answers": {"by": "answers", "reach": Fraction(1, 2), "hold": Fraction(85, 100), "cap": 2, "spread": 1},
    "stages": {"by": "stages", "hold": Fraction(1), "cap": None},
}


def read_bank(bank):
    """The bank with its ladder, its scale and gate, and for each question what its answers are worth."""
    bank = {"format": 1, "levels": [None] * 5, "scale": None, "gate": {}, "groups": [], "index_of": "pillars"} | bank
    ladder = ladder_of(bank["levels"])
    gate = GATES[bank["gate"].get("by", "answers")] | bank["gate"]
    pillars = [
        {"group": None} | pillar | {"questions": [worth(q, ladder, bank["format"]) for q in pillar["questions"]]}
        for pillar in bank["pillars"]
    ]
    scale = bank["scale"] or (Fraction(1), Fraction(len(ladder)))
    return {**bank, "ladder": ladder, "scale": scale, "gate": gate, "pillars": pillars}


def ladder_of(values):
    """How far up the range each level counts; equal steps where the bank gives no values."""
    steps = len(values) - 1
    return [Fraction(place, steps) if value is None else value for place, value in enumerate(values)]


def worth(question, ladder, format_):
    """The question with the value, the level and the place of each answer, and the length of one step."""
    if question.get("choices"):
        places = range(1, len(question["choices"]) + 1)
        values = question["choices"]
        levels = [max(n for n, one in enumerate(ladder, start=1) if one <= x + TOLERANCE) for x in values]
        answers = places
    else:
        answers = levels = [level for level, text in enumerate(question["anchors"], start=1) if text is not None]
        values = [ladder[level - 1] for level in levels]
        places = levels if format_ == 1 else range(1, len(levels) + 1)
    each = ladder if format_ == 1 else values
    return {"stage": None, "essential_at": None} | question | {
        "x": dict(zip(answers, values, strict=True)),
        "level": dict(zip(answers, levels, strict=True)),
        "place": dict(zip(answers, places, strict=True)),
        "count": len(each),
        "step": Fraction(1, len(each) - 1),
        "variance": mean((x - mean(each)) ** 2 for x in each),
        "highest": levels[-1],
        "best": values[-1],
    }  # fmt: skip


def shown(bank, x):
    """A value from 0 to 1, or a list of them, on the bank's scale."""
    low, high = bank["scale"]
    if isinstance(x, list):
        return [shown(bank, each) for each in x]
    if x is None:
        return None
    return low + (high - low) * x if isinstance(x, Fraction | int) else float(low) + float(high - low) * x


def stretched(bank, x):
    """A distance from 0 to 1 on the bank's scale."""
    low, high = bank["scale"]
    return None if x is None else x * (high - low if isinstance(x, Fraction) else float(high - low))


def value_of(bank, score):
    """A score on the bank's scale as a value from 0 to 1."""
    low, high = bank["scale"]
    return (Fraction(score) - low) / (high - low)

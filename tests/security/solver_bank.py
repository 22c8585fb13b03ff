"""What the adversary knows of a bank and of the organisation: answers, index, groups and its level."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import combinations_with_replacement

EPSILON = 1e-9


def printed(value):
    return float(Decimal(repr(round(value, 9))).quantize(Decimal("0.1"), ROUND_HALF_UP))


class Asked:
    """A question: its answers, what each is worth on the scale of the bank and its level, as the bank's file says."""

    def __init__(self, bank, question):
        steps, low, high = len(bank.levels) - 1, bank.scale.low, bank.scale.high
        ladder = [n / steps if level.value is None else level.value for n, level in enumerate(bank.levels)]
        self.key, self.essential_at, self.stage = question.key, question.essential_at, question.stage
        values = [choice.value for choice in question.choices.choices] if question.choices else ladder
        self.offered = [n for n, text in enumerate(question.texts, start=1) if text is not None]
        self.value = {n: low + (high - low) * values[n - 1] for n in self.offered}
        reached = {
            n: [level for level, x in enumerate(ladder, 1) if x <= values[n - 1] + EPSILON] for n in self.offered
        }
        self.level = {n: max(levels) for n, levels in reached.items()}
        self.highest = self.level[self.offered[-1]]
        self.columns = [f"{'answer' if bank.format > 1 else 'level'}_{n}" for n in self.offered]
        self.mean = cache(lambda box: sum(self.value[answer] for answer in box) / len(box))
        self.boxes = cache(lambda n: tuple(combinations_with_replacement(self.offered, n)))

    def low_median(self, box):
        return self.level[box[(len(box) - 1) // 2]]

    def share(self, box, level):
        """Of the answers that count for a level, or for the highest level if the question offers none that high."""
        return sum(self.level[answer] >= min(level, self.highest) for answer in box) / len(box)


def organisation_level(levels, gate):
    """Pillars of one weight; by stages, the rule is that of the usual bank."""
    reach, hold, spread = (0.5, 0.85, 1) if gate.by == "stages" else (gate.reach, gate.hold, gate.spread)
    reached = 1
    for level in range(2, max(levels) + 1):
        shares = [sum(each >= one for each in levels) / len(levels) for one in range(2, level + 1)]
        if any(share <= hold + EPSILON for share in shares[:-1]) or shares[-1] <= reach + EPSILON:
            break
        reached = level
    return reached if spread is None else min(reached, min(levels) + spread)


def organisation(bank, pillars, about, groups):
    """Gives each pillar the test of its part in the index, the level and the groups, the other pillars being known."""
    level = [pillar.level(pillar.truth) for pillar in pillars]
    score = [pillar.score(pillar.truth) for pillar in pillars]
    for place, pillar in enumerate(pillars):
        ties = [*linear(bank, pillars, score, place, about["index"], groups)]

        def fits(own_score, own_level, place=place, ties=ties):
            reached = organisation_level([*level[:place], own_level, *level[place + 1 :]], bank.gate)
            same = all(agrees(told, rest + share * own_score) for told, rest, share in ties)
            return same and about["level"] in (None, reached)

        pillar.fits_organisation = fits
        for told, rest, share in ties:
            low, high = ((told - rest + off) / share for off in (-0.051, 0.051))
            pillar.window = max(low, pillar.window[0]), min(high, pillar.window[1])


def linear(bank, pillars, score, place, index, groups):
    """(what is shown, what the others add, the share of this pillar) of the index and of the pillar's group.

    All weights are 1 in the banks that are attacked.
    """
    own = pillars[place].group
    inside = [n for n, pillar in enumerate(pillars) if pillar.group == own]
    rest = sum(score[n] for n in inside if n != place) / len(inside)
    if groups and groups[own] is not None:
        yield groups[own], rest, 1 / len(inside)
    if index is None:
        return
    if bank.index_of == "pillars":
        yield index, (sum(score) - score[place]) / len(score), 1 / len(score)
        return
    members = {key: [n for n, pillar in enumerate(pillars) if pillar.group == key] for key in groups}
    others = sum(sum(score[n] for n in its) / len(its) for key, its in members.items() if key != own)
    yield index, (others + rest) / len(groups), 1 / len(inside) / len(groups)


def agrees(told, exact):
    return abs(told - exact) < 1e-6 or abs(told - printed(exact)) < 1e-6

"""Random banks of format 2: ladders and scales of every kind, shared answers, stages, groups, levels that are not offered."""

from dataclasses import replace
from random import Random

from assessments.scoring.bank import AnswerSet, Bank, Choice, Gate, Group, Level, Scale
from tests.scoring.strategies import (
    EFFORTS,
    make_pillar,
    make_question,
    make_steps,
    place,
    random_answers,
    random_weights,
)

BETWEEN = (0.1, 0.2, 0.25, 0.33, 0.4, 0.5, 0.6, 0.66, 0.75, 0.8, 0.9)
SCALES = (None, None, None, Scale(0, 3), Scale(0, 100), Scale(1, 5), Scale(0.0, 1.0), Scale(-1, 1), Scale(0.5, 2.5))
GATES = (
    *(Gate(),) * 4,
    *(Gate("answers", reach, hold, cap, spread) for reach, hold, cap, spread in (
        (0.5, 0.85, None, None), (0.3, 0.5, 1, 0), (0.66, 0.66, 3, 2), (0.8, 0.95, 6, 1), (0.9, 0.1, None, 0),
    )),
)  # fmt: skip
HOLDS = (1.0, 1.0, 0.5, 0.66, 0.85)
WEIGHTS = (1, 1, 1, 1, 0, 0.1, 0.7, 3)
SIZES = (1, 1, 2, 3, 4, 6, 7, 12)


def rising(rng, count):
    """`count` values from 0 to 1."""
    return (0.0, *sorted(rng.sample(BETWEEN, count - 2)), 1.0)


def level_at(levels, value):
    """The highest level whose value is at most this one."""
    steps = len(levels) - 1
    worth = [place / steps if level.value is None else level.value for place, level in enumerate(levels)]
    return max(level for level, each in enumerate(worth, start=1) if each <= value + 1e-9)


def random_shaped_bank(rng):
    """A valid bank of format 2: one to eight pillars of one to twelve questions."""
    count = rng.randint(2, 7)
    values = rising(rng, count) if rng.random() < 0.4 else [None] * count
    levels = tuple(Level(f"Level {place}", value=value) for place, value in enumerate(values))
    gate = Gate("stages", hold=rng.choice(HOLDS)) if rng.random() < 0.4 else rng.choice(GATES)
    sets = tuple(random_set(rng, levels, f"set-{place}") for place in range(rng.choice((0, 1, 1, 2, 3))))
    pillars = [random_pillar(rng, f"p{n}", levels, sets, gate) for n in range(rng.choice((1, 1, 2, 3, 4, 5, 8)))]
    pillars[0] = replace(pillars[0], weight=pillars[0].weight or 1)
    first = pillars[0].questions
    pillars[0] = replace(pillars[0], questions=(replace(first[0], weight=first[0].weight or 1), *first[1:]))
    groups = random_groups(rng, len(pillars))
    homes = [group.key for group in groups] + [rng.choice(groups).key for _ in pillars[len(groups) :] if groups]
    pillars = [replace(each, group=home) for each, home in zip(pillars, homes or [None] * len(pillars), strict=True)]
    return Bank(
        "shaped", "1.0.0", "Shaped", levels, tuple(pillars), format=2, range=rng.choice(SCALES), choices=sets, gate=gate,
        groups=groups, index_of=rng.choice(("pillars", "groups", "groups")) if groups else "pillars",
    )  # fmt: skip


def random_groups(rng, most):
    """No groups, or some of which the first weighs something."""
    count = rng.choice((0, 1, 2, 3, 5))
    weights = [1, *(rng.choice(WEIGHTS) for _ in range(6))]
    return tuple(Group(f"g{place}", f"Group {place}", weights[place]) for place in range(min(count, most)))


def random_set(rng, levels, key):
    values = rising(rng, rng.randint(2, 7))
    choices = (Choice(f"Answer {place}", value, level_at(levels, value)) for place, value in enumerate(values))
    return AnswerSet(key, tuple(choices))


def random_pillar(rng, key, levels, sets, gate):
    weights = random_weights(rng, rng.choice(SIZES))
    questions = [random_question(rng, f"{key}-{n}", weight, levels, sets, gate) for n, weight in enumerate(weights)]
    return make_pillar(key, questions, rng.choice(WEIGHTS))


def random_question(rng, key, weight, levels, sets, gate):
    top = len(levels)
    essential_at = rng.randint(2, top) if rng.random() < 0.2 else None
    steps = make_steps((rng.randint(1, top), rng.choice(EFFORTS)) for _ in range(rng.choice((0, 1, 3))))
    staged = gate.by == "stages"
    choices = rng.choice((None, *sets))
    asked = make_question(key, weight, random_offer(rng, top, staged), essential_at, rng.random() < 0.6, steps, top)
    return replace(
        asked,
        anchors=() if choices else asked.anchors,
        choices=choices,
        stage=rng.randint(2, top) if staged else None,
    )


def random_offer(rng, top, to_the_end):
    """The levels that a question offers: the lowest, at least one other one, and the highest if it must."""
    if rng.random() < 0.5:
        return range(1, top + 1)
    others = rng.sample(range(2, top + 1), rng.randint(1, top - 1))
    return {1, *others, top} if to_the_end else {1, *others}


def random_shaped_rounds(seed):
    """(before bank, before answers, after bank, after answers) in two versions, often with answers worth something else."""
    rng = Random(seed)
    bank = random_shaped_bank(rng)
    later = random_later_shape(rng, bank) if rng.random() < 0.7 else bank
    count = rng.choice((1, 2, 3, 3, 3, 4, 5))
    other = count if rng.random() < 0.7 else rng.choice((2, 3, 4))
    return bank, random_answers(rng, bank, count), later, random_answers(rng, later, other)


def random_later_shape(rng, bank):
    """A later version: other weights, values, scale and index; questions that moved within the bank or were retired."""
    pools = {pillar.key: [] for pillar in bank.pillars}
    for pillar in bank.pillars:
        for question in pillar.questions:
            place(rng, pools, pillar.key, question)
    pillars = [replace(p, questions=tuple(pools[p.key]), weight=rng.choice((p.weight, 1, 2))) for p in bank.pillars]
    kept = [pillar for pillar in pillars if pillar.questions] or [bank.pillars[0]]
    changed = {each.key: random_set(rng, bank.levels, each.key) for each in bank.choices if rng.random() < 0.3}
    kept = [
        replace(
            p,
            questions=tuple(
                replace(q, choices=q.choices and changed.get(q.choices.key, q.choices)) for q in p.questions
            ),
        )
        for p in kept
    ]
    version = rng.choice(("1.0.0", "1.1.0", "2.0.0", "2.0.0"))
    index_of = rng.choice(("pillars", "groups")) if bank.groups else "pillars"
    sets = tuple(changed.get(each.key, each) for each in bank.choices)
    scale = rng.choice((bank.range, *SCALES))
    return replace(bank, version=version, pillars=tuple(kept), choices=sets, index_of=index_of, range=scale)


def random_shaped_case(seed):
    """(bank, answers) of a seed."""
    rng = Random(seed)
    bank = random_shaped_bank(rng)
    return bank, random_answers(rng, bank)

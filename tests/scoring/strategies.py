"""Random banks and answers, for hypothesis and for fast seeded loops.

Both aim at the places where a rule turns: shares of exactly .15 .30 .50 .80 .85, equal values, weights of 0 and
weights that binary fractions cannot hold, questions without all five levels, people who skip or pass.
"""

from dataclasses import replace
from functools import cache
from random import Random

from hypothesis import strategies as st

from assessments.scoring.answers import DONT_KNOW, NOT_APPLICABLE, Answers, Evidence, Respondent
from assessments.scoring.bank import Bank, Level, NextStep, Pillar, Question

WEIGHTS = (1, 1, 1, 1, 0, 0.1, 0.2, 0.7, 0.3, 2, 3, 1000, 0.001)
UNITS = (0.05, 0.1, 0.2, 0.7, 1, 50)  # scales for weights that add up to a threshold
THRESHOLDS = (3, 6, 10, 16, 17)  # .15 .30 .50 .80 .85 in twentieths
OFFERS = ((1, 2, 3, 4, 5),) * 6 + ((1, 5), (1, 3, 5), (1, 2, 4), (1, 2), (1, 3, 4))
SIZES = (1, 1, 2, 2, 3, 4, 5, 7, 7, 10, 20)
PEOPLE = (0, 1, 1, 1, 2, 2, 3, 3, 3, 4, 5, 7, 12)
EFFORTS = (None, 0.1, 0.5, 1, 1, 2, 3)
TARGETS = (1, 2, 2.5, 3, 3, 3.5, 4, 4, 5)
LEVELS = tuple(Level(name, f"{name} in short.") for name in ("Initial", "Aware", "Defined", "Managed", "Leading"))


# --- building blocks that both kinds share ----------------------------------------------------------------------


def make_question(key, weight, offered=(1, 2, 3, 4, 5), essential_at=None, allows_na=True, next_steps=(), top=5):
    anchors = tuple(f"{key} at {level}" if level in offered else None for level in range(1, top + 1))
    return Question(key, f"What of {key}?", anchors, weight, essential_at, None, allows_na, next_steps=next_steps)


def make_pillar(key, questions, weight=1.0):
    return Pillar(key, key.title(), tuple(questions), weight)


def make_bank(pillars, version="1.0.0"):
    return Bank("random", version, "Random", LEVELS, tuple(pillars))


def make_steps(levels_and_efforts):
    return tuple(
        NextStep(level, f"Leave {level}, {place}.", owner="Board" if place % 2 else None, effort=effort)
        for place, (level, effort) in enumerate(levels_and_efforts)
    )


# --- seeded and fast --------------------------------------------------------------------------------------------


def random_bank(rng, largest=False):
    """A valid bank: 1-4 pillars of 1-20 questions, or up to 24 of up to 40 if `largest`."""
    count = rng.randint(1, 24) if largest else rng.choice((1, 1, 1, 2, 2, 3, 4, 8))
    names = rng.sample(range(100), count)
    pillars = [random_pillar(rng, f"{rng.choice('aBz')}{name}", count, largest) for name in names]
    if not any(pillar.weight for pillar in pillars):
        pillars[0] = replace(pillars[0], weight=1.0)
    if not any(question.weight for pillar in pillars for question in pillar.questions):
        first = pillars[0].questions
        pillars[0] = replace(pillars[0], questions=(replace(first[0], weight=1.0), *first[1:]))
    return make_bank(pillars)


def random_pillar(rng, key, siblings, largest):
    size = rng.randint(1, 40) if largest else rng.choice(SIZES if siblings < 4 else SIZES[:7])
    weights = random_weights(rng, size)
    names = rng.sample(range(100), len(weights))
    styles = rng.random(), rng.choice((0, 0.6, 1, 1))
    questions = [
        random_question(rng, f"{key}-{name}", weight, *styles) for name, weight in zip(names, weights, strict=True)
    ]
    return make_pillar(key, questions, rng.choice((1, 1, 1, *WEIGHTS)))


def random_weights(rng, size):
    kind = rng.random()
    if kind < 0.4:
        return [1] * size
    if kind < 0.7:
        return threshold_weights(rng, size)
    return [rng.choice(WEIGHTS) for _ in range(size)]


def threshold_weights(rng, size):
    """Weights of which a leading part adds up to exactly a threshold share of the whole."""
    threshold, unit = rng.choice(THRESHOLDS), rng.choice(UNITS)
    left = split(rng, threshold, max(1, size // 2))
    right = split(rng, 20 - threshold, max(1, size - size // 2))
    return [round(part * unit, 6) for part in left + right]


def split(rng, total, parts):
    """`total` as a sum of at most `parts` whole numbers above 0."""
    cuts = sorted(rng.sample(range(1, total), min(parts, total) - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def random_question(rng, key, weight, partial, with_na):
    offered = rng.choice(OFFERS) if partial < 0.5 else OFFERS[0]
    essential_at = rng.choice((2, 3, 3, 4, 5)) if rng.random() < 0.25 else None
    steps = make_steps((rng.randint(1, 5), rng.choice(EFFORTS)) for _ in range(rng.choice((0, 1, 3, 6))))
    return make_question(key, weight, offered, essential_at, rng.random() < with_na, steps)


def random_answers(rng, bank, people=None, most=12):
    """0-12 respondents with one mood a pillar, so that shares pile up at one level and its neighbours."""
    count = min(rng.choice(PEOPLE) if people is None else people, most)
    moods = {pillar.key: random_mood(rng, pillar) for pillar in bank.pillars}
    careful = rng.random()
    respondents = tuple(random_respondent(rng, bank, f"r{number}", moods, careful) for number in range(count))
    targets = {pillar.key: random_target(rng, bank) for pillar in bank.pillars if rng.random() < 0.4}
    invited = count + rng.choice((0, 0, 1, 5)) if rng.random() < 0.5 else None
    return Answers(respondents, "random", invited, targets)


def random_target(rng, bank):
    """A target on the scale of the bank."""
    share, low, high = (rng.choice(TARGETS) - 1) / 4, bank.scale.low, bank.scale.high
    return round(low + share * (high - low), 6)


def random_mood(rng, pillar):
    """What a leading part of the questions tends to get, and what the others get."""
    high = rng.randint(1, max(5, *(len(question.offered) for question in pillar.questions)))
    low = rng.choice((max(1, high - 1), max(1, high - 2), 1, DONT_KNOW, None, NOT_APPLICABLE, NOT_APPLICABLE))
    size = len(pillar.questions)
    cut = rng.choice((size // 2, max(1, size // 2), rng.randint(0, size), size, size))
    return high, low, cut, rng.choice((0, 0, 0.1, 0.3, 0.8))


def random_respondent(rng, bank, name, moods, careful):
    answers, evidence = {}, {}
    skip = rng.choice((0, 0, 0, 0.1, 0.5))
    for pillar in bank.pillars:
        high, low, cut, noise = moods[pillar.key]
        for place, question in enumerate(pillar.questions):
            mood = high if place < cut else low
            value = random_value(rng) if rng.random() < noise else mood
            value = None if rng.random() < skip else allowed(question, value)
            if value is not None:
                answers[question.key] = value
            if rng.random() < careful:
                evidence[question.key] = Evidence(rng.choice((0, 1, 2, 2, 3)))
    return Respondent(name, answers, evidence)


def random_value(rng):
    return rng.choice((1, 2, 3, 4, 5, 1, 2, 3, 4, 5, DONT_KNOW, NOT_APPLICABLE, None))


def allowed(question, value):
    """The nearest answer that the question accepts; of a question without five levels, its answer at this place."""
    if value == NOT_APPLICABLE and not question.allows_na:
        return None
    if not isinstance(value, int):
        return value
    if len(question.anchors) == 5:
        return question.offered_up_to(value)
    return question.offered[min(value, len(question.offered)) - 1]


def random_later_bank(rng, bank):
    """A later version: weights and anchors changed; questions moved, retired and added."""
    pools = {pillar.key: [] for pillar in bank.pillars}
    for pillar in bank.pillars:
        for question in pillar.questions:
            place(rng, pools, pillar.key, question)
    if rng.random() < 0.3:
        pools[rng.choice(list(pools))].append(make_question("new-1", rng.choice((0.2, 1, 3))))
    pillars = [rebuilt(rng, pillar, pools[pillar.key]) for pillar in bank.pillars]
    kept = [pillar for pillar in pillars if pillar.questions]
    if len(kept) > 1 and rng.random() < 0.1:
        kept.pop(rng.randrange(len(kept)))
    return make_bank(kept, rng.choice(("1.0.0", "1.1.0", "1.9.2", "2.0.0", "2.1.0", "10.0.0")))


def place(rng, pools, home, question):
    fate = rng.random()
    if fate < 0.05:
        return
    if fate < 0.15:
        home = rng.choice(list(pools))
    if 0.1 < fate < 0.3:
        question = replace(question, weight=rng.choice(WEIGHTS))
    if 0.25 < fate < 0.4 and question.anchors:
        question = replace(question, anchors=(f"new {question.anchors[0]}", *question.anchors[1:]))
    pools[home].append(question)


def rebuilt(rng, pillar, questions):
    weight = rng.choice(WEIGHTS) if rng.random() < 0.2 else pillar.weight
    return replace(pillar, questions=tuple(questions), weight=weight)


def random_rounds(seed):
    """(before bank, before answers, after bank, after answers): often the same people, often the same bank."""
    rng = Random(seed)
    bank = random_bank(rng)
    later = random_later_bank(rng, bank) if rng.random() < 0.7 else bank
    later = later if later.pillars else bank
    count = rng.choice((1, 2, 3, 3, 3, 4, 5, 6))
    other = count if rng.random() < 0.7 else rng.choice((2, 3, 4, 6))
    return bank, random_answers(rng, bank, count), later, random_answers(rng, later, other)


def random_case(seed, largest=False):
    """(bank, answers) of a seed."""
    rng = Random(seed)
    bank = random_bank(rng, largest)
    return bank, random_answers(rng, bank)


# --- hypothesis, which shrinks ----------------------------------------------------------------------------------

weights = st.sampled_from((1, 0, 0.1, 0.2, 0.7, 2, 1000))
offers = st.sampled_from(OFFERS)
steps = st.lists(st.tuples(st.integers(1, 5), st.sampled_from(EFFORTS)), max_size=2).map(make_steps)


@st.composite
def questions(draw, key):
    essential_at = draw(st.none() | st.integers(2, 5))
    return make_question(key, draw(weights), draw(offers), essential_at, draw(st.booleans()), draw(steps))


@st.composite
def banks(draw, most_pillars=3, most_questions=5):
    """Banks that shrink to one pillar with one question."""
    pillars = []
    for number in range(draw(st.integers(1, most_pillars))):
        size = draw(st.integers(1, most_questions))
        asked = [draw(questions(f"p{number}-q{place}")) for place in range(size)]
        pillars.append(make_pillar(f"p{number}", asked, draw(weights)))
    if not any(pillar.weight for pillar in pillars):
        pillars[0] = replace(pillars[0], weight=1)
    if not any(question.weight for pillar in pillars for question in pillar.questions):
        pillars[0] = make_pillar("p0", [replace(pillars[0].questions[0], weight=1)], pillars[0].weight)
    return make_bank(pillars)


@cache
def values(offered, allows_na):
    """What a question accepts, blank included; numbers are more likely than the rest."""
    passes = (DONT_KNOW, None) + ((NOT_APPLICABLE,) if allows_na else ())
    return st.sampled_from((*offered, *offered, *passes))


@st.composite
def respondents(draw, bank, name):
    given = {key: draw(values(question.offered, question.allows_na)) for key, question in bank.questions.items()}
    answers = {key: value for key, value in given.items() if value is not None}
    grades = draw(st.dictionaries(st.sampled_from(list(bank.questions)), st.integers(0, 3), max_size=4))
    return Respondent(name, answers, {key: Evidence(grade) for key, grade in grades.items()})


@st.composite
def answers_to(draw, bank, fewest=0, most=5):
    count = draw(st.integers(fewest, most))
    people = tuple(draw(respondents(bank, f"r{number}")) for number in range(count))
    wanted = st.dictionaries(st.sampled_from([p.key for p in bank.pillars]), st.sampled_from(TARGETS), max_size=4)
    invited = draw(st.none() | st.integers(count, count + 5))
    return Answers(people, None, invited, draw(wanted))


@st.composite
def cases(draw, fewest=0, most=5):
    """(bank, answers)."""
    bank = draw(banks())
    return bank, draw(answers_to(bank, fewest, most))

"""The adversary: from everything that is shown of a confidential result to the answers that are still possible.

It shares no code with the product: it reads the tables of the JSON export, knows the bank, who was asked and how many
numbers each question has, and looks for answers that would show the very same. What it does not read is the interval,
which depends on who gave which answers; figures that only repeat others are left out. Where it finds too few answers it
says so, even if that is because it gave up: it may report what is safe, and never passes over what is not. Ask again with more
patience before you believe it.

Readers: somebody who took no part (`knows` nobody), somebody who took part, and two who pool what they answered.
"""

import random
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import combinations, combinations_with_replacement, islice

NEEDED = 3
PATIENCE = 4_000  # sets of answers that are looked at for one candidate
MUCH_PATIENCE = 100 * PATIENCE
EPSILON = 1e-9
LEVELS = (1, 2, 3, 4, 5)


def printed(value):
    return float(Decimal(repr(round(value, 9))).quantize(Decimal("0.1"), ROUND_HALF_UP))


@cache
def boxes(n):
    """Every way in which `n` people can answer, told apart by nothing but their number at each level."""
    return tuple(combinations_with_replacement(LEVELS, n))


@cache
def mean(box):
    return sum(box) / len(box)


def low_median(box):
    return box[(len(box) - 1) // 2]


@cache
def shuffled(n):
    """The places of `n` boxes in an order that has nothing to do with them, and is the same at each look."""
    places = list(range(n))
    random.Random(n).shuffle(places)
    return places


class Pillar:
    """One pillar as it is shown, and sets of answers that would show the same."""

    def __init__(self, pillar, shown, rows, moves, numbers, patience):
        self.shown, self.rows, self.moves, self.patience = shown, rows, moves, patience
        self.keys = [question.key for question in pillar.questions if numbers[question.key]]
        self.questions = {question.key: question for question in pillar.questions}
        self.truth = {key: tuple(sorted(numbers[key].values())) for key in self.keys}
        self.options = {key: self._options(key) for key in self.keys}
        self.looked_at = {}  # whether a set of answers fits; it is met again for other candidates
        self.fits_organisation = None
        self.window = (1.0, 5.0)  # of the score, as far as the index tells it

    def left(self, known):
        """The boxes of each question, and what is left of each without the `known` answers."""
        rests = {key: [(box, _without(box, known[key])) for box in self.options[key]] for key in self.keys}
        return {key: [pair for pair in pairs if pair[1] is not None] for key, pairs in rests.items()}

    def has(self, key, wanted, left):
        """Whether there are answers that show the same, with a box for `key` of which the rest is `wanted`."""
        pairs = left | {key: [pair for pair in left[key] if wanted(pair[1])]}
        options = [(key, [(box, mean(box)) for box in self._shuffled(pairs[key])]) for key in self.keys]
        options.sort(key=lambda one: len(one[1]))
        worlds = self._within(options, self._limits([found for _key, found in options]), {}, 0.0)
        return any(map(self._known_to_fit, islice(worlds, self.patience)))

    def _shuffled(self, pairs):
        return [pairs[place][0] for place in shuffled(len(pairs))]

    def _limits(self, options):
        """What the means up to each question may come to, at the least and at the most, for the score that is shown."""
        told, (lowest, highest) = self.shown["score"], self.window
        if told is not None:
            lowest, highest = max(lowest, told - 0.051), min(highest, told + 0.051)
        means = [[value for _box, value in found] for found in options]
        rests = [[found for found in means[place + 1 :] if found] for place in range(len(means))]
        return [
            (lowest * len(means) - sum(map(max, rest)) - EPSILON, highest * len(means) - sum(map(min, rest)) + EPSILON)
            for rest in rests
        ]

    def _within(self, options, limits, chosen, total):
        """The sets of answers whose score is the one that is shown."""
        if len(chosen) == len(options):
            if self._fits_score(total / len(options)):
                yield dict(chosen)
            return
        (key, found), (least, most) = options[len(chosen)], limits[len(chosen)]
        for box, value in found:
            if least <= total + value <= most:
                chosen[key] = box
                yield from self._within(options, limits, chosen, total + value)
                del chosen[key]

    def _known_to_fit(self, world):
        boxes_of = tuple(world[key] for key in self.keys)
        if boxes_of not in self.looked_at:
            self.looked_at[boxes_of] = self.fits(world)
        return self.looked_at[boxes_of]

    def _options(self, key):
        row, n = self.rows[key], len(self.truth[key])
        counts = [row[f"level_{level}"] for level in LEVELS]
        if None not in counts:
            return [tuple(level for level, count in zip(LEVELS, counts, strict=True) for _ in range(count))]
        found = boxes(n)
        if row["mean"] is not None:
            found = [box for box in found if abs(sum(box) / n - row["mean"]) < 1e-6]
        if row["middle"] is not None:
            found = [box for box in found if low_median(box) == row["middle"]]
        return list(found)

    def score(self, world):
        """Weights are 1 in the banks that are attacked; every question has a number."""
        return sum(map(mean, world.values())) / len(world)

    def _fits_score(self, score):
        told = self.shown["score"]
        return told is None or abs(told - score) < 1e-6 or abs(told - printed(score)) < 1e-6

    def fits(self, world):
        """Whether these answers show the same of the pillar and, if all other pillars are as they are, of the whole."""
        score, level = self.score(world), self.level(world)
        if not self._fits_score(score) or (self.shown["level"] is not None and self.shown["level"] != level):
            return False
        blocks = {key: self.rows[key]["blocks"] for key in self.keys}
        if None not in blocks.values() and blocks != self._blocking(world, level):
            return False
        return self._fits_moves(world, score) and self.fits_organisation(score, level)

    def _fits_moves(self, world, score):
        """A question whose mean is hidden is listed, where names are told, if it lies under the target or blocks."""
        if self.rows[self.keys[0]]["blocks"] is None:
            return True
        target, blocking = min(5, int(score + EPSILON) + 1), self._blocking(world, self.level(world))
        listed = {key: mean(box) < target - EPSILON or blocking[key] for key, box in world.items()}
        return listed == {key: key in self.moves for key in self.keys}

    def share(self, world, level):
        return sum(sum(value >= level for value in box) / len(box) for box in world.values()) / len(world)

    def _failed_share(self, world, level):
        for lower in range(2, level):
            if self.share(world, lower) <= 0.85 + EPSILON:
                return lower
        return None if self.share(world, level) > 0.5 + EPSILON else level

    def _failed_essentials(self, world, level):
        tagged = [key for key in world if (self.questions[key].essential_at or 9) <= level]
        return [key for key in tagged if low_median(world[key]) < level]

    def _climb(self, world):
        level = 1
        while (
            level < 5 and self._failed_share(world, level + 1) is None and not self._failed_essentials(world, level + 1)
        ):
            level += 1
        return level

    def level(self, world):
        return min(self._climb(world), 2 + min(low_median(box) for box in world.values()))

    def _blocking(self, world, level):
        """Whether each question blocks the next level, by rule 5."""
        if level == 5:
            return dict.fromkeys(world, False)
        lowest = min(low_median(box) for box in world.values())
        capped = {key for key, box in world.items() if low_median(box) == lowest and 2 + lowest == level}
        if level < self._climb(world):
            return {key: key in capped for key in world}
        failed = self._failed_share(world, level + 1)
        short = {key for key, box in world.items() if failed is not None and min(box) < failed}
        found = capped | short | set(self._failed_essentials(world, level + 1))
        return {key: key in found for key in world}


def organisation_level(levels):
    """Pillars of one weight."""
    reached = 1
    for level in (2, 3, 4, 5):
        shares = [sum(each >= one for each in levels) / len(levels) for one in range(2, level + 1)]
        if any(share <= 0.85 + EPSILON for share in shares[:-1]) or shares[-1] <= 0.5 + EPSILON:
            break
        reached = level
    return min(reached, min(levels) + 1)


def organisation(pillars, about):
    """Gives each pillar the test of its part in the organisation's index and level."""
    truth = [(pillar.score(pillar.truth), pillar.level(pillar.truth)) for pillar in pillars]
    for place, pillar in enumerate(pillars):
        others = truth[:place] + truth[place + 1 :]

        def fits(score, level, others=others):
            index = sum([score, *(each for each, _level in others)]) / (len(others) + 1)
            told, reached = about["index"], organisation_level([level, *(each for _score, each in others)])
            same = told is None or abs(told - index) < 1e-6 or abs(told - printed(index)) < 1e-6
            return same and about["level"] in (None, reached)

        pillar.fits_organisation = fits
        if about["index"] is not None:
            rest, count = sum(each for each, _level in others), len(truth)
            pillar.window = tuple(count * (about["index"] + off) - rest for off in (-0.051, 0.051))


def adversaries(people, recorded):
    """Whoever recorded these interviews, alone, with each of the others, and with any two of whom two others stay apart."""
    own = sorted(set(people) - set(recorded))
    yield frozenset(recorded)
    if len(own) >= 2:
        yield from (frozenset({*recorded, person}) for person in own)
    if len(own) >= 4:
        yield from (frozenset({*recorded, *pair}) for pair in combinations(own, 2))


def attack(tables, bank, answers, recorded=(), *, patience=PATIENCE):
    """Every hidden answer with fewer than three candidates: (who knows what, question, what is possible).

    Of the answers the adversary uses the number of people at each question, and what those answered whose answers are
    known: the interviews that the reader recorded, and those of people who pool their own.
    """
    numbers = by_question(answers)
    rows = {row["key"]: row for row in tables["questions"]}
    moves = {row["key"] for row in tables["moves"]}
    shown = {row["pillar"]: row for row in tables["pillars"]}
    facts = {row["fact"]: row["value"] for row in tables["about"]}
    about = {"index": facts["Index, 1 to 5"], "level": facts["Level"]}
    pillars = [Pillar(pillar, shown[pillar.name], rows, moves, numbers, patience) for pillar in bank.pillars]
    organisation(pillars, about)
    people = {person for given in numbers.values() for person in given}
    found = []
    for pillar in pillars:
        assert pillar.fits(pillar.truth), "the adversary's arithmetic is wrong"
        for knows in adversaries(people, recorded):
            found += [(sorted(knows), key, left) for key, left in _narrow(pillar, numbers, knows, recorded)]
    return found


def _narrow(pillar, numbers, knows, recorded):
    """The questions of which too little is left open, and what is left."""
    known = {key: [numbers[key][one] for one in knows if one in numbers[key]] for key in pillar.keys}
    left = pillar.left(known)
    for key in pillar.keys:
        row, others = pillar.rows[key], len(set(numbers[key]) - set(knows))
        if row["level_1"] is not None or not others:
            continue  # five people stand behind the distribution that is shown; or all is known
        if row["mean"] is None:
            found = [level for level in LEVELS if pillar.has(key, lambda rest, level=level: level in rest, left)]
            if len(set(numbers[key]) - set(recorded)) < NEEDED and len(found) < NEEDED:
                yield key, found
        elif set(knows) <= set(recorded):
            total = sum(pillar.truth[key]) - sum(known[key])
            same = [box for box in boxes(others) if sum(box) == total]
            found = [box for box in same if pillar.has(key, lambda rest, box=box: rest == box, left)]
            if len(found) < min(NEEDED, len(same)):
                yield key, found


def _without(box, own):
    """The other answers; None where these people cannot be among them."""
    rest = list(box)
    for value in own:
        if value not in rest:
            return None
        rest.remove(value)
    return tuple(rest)


def by_question(answers):
    """{question: {person: level}} of the people's numbers."""
    found = defaultdict(dict)
    for person in answers.respondents:
        for key, value in person.answers.items():
            if isinstance(value, int):
                found[key][person.id] = value
    return found

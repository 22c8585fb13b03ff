"""The adversary: from everything that is shown of a confidential result to the answers that are still possible.

It shares no code with the product: it reads the tables of the JSON export, knows the bank, who was asked and how many
numbers each question has, and looks for answers that would show the very same. What it does not read is the interval,
which depends on who gave which answers; figures that only repeat others are left out. Where it finds too few answers it
says so, even if that is because it gave up: it may report what is safe, and never passes over what is not. Ask again with more
patience before you believe it.

Readers: somebody who took no part (`knows` nobody), somebody who took part, and two who pool what they answered.
"""

import random
import re
from collections import defaultdict
from functools import cache
from itertools import combinations, islice

from tests.security.solver_bank import EPSILON, Asked, agrees, organisation

NEEDED = 3
PATIENCE = 4_000  # sets of answers that are looked at for one candidate
MUCH_PATIENCE = 100 * PATIENCE


@cache
def shuffled(n):
    """The places of `n` boxes in an order that has nothing to do with them, and is the same at each look."""
    places = list(range(n))
    random.Random(n).shuffle(places)
    return places


class Pillar:
    """One pillar as it is shown, and sets of answers that would show the same."""

    def __init__(self, bank, pillar, shown, rows, moves, numbers, patience):
        self.shown, self.rows, self.moves, self.patience = shown, rows, moves, patience
        self.bank, self.gate, self.group = bank, bank.gate, pillar.group
        self.keys = [question.key for question in pillar.questions if numbers[question.key]]
        self.questions = {question.key: Asked(bank, question) for question in pillar.questions}
        self.highest = max(asked.highest for asked in self.questions.values())
        self.truth = {key: tuple(sorted(numbers[key].values())) for key in self.keys}
        self.options = {key: self._options(key) for key in self.keys}
        self.looked_at = {}  # whether a set of answers fits; it is met again for other candidates
        self.fits_organisation = None
        self.window = (bank.scale.low, bank.scale.high)  # of the score, as far as the index tells it

    def left(self, known):
        """The boxes of each question, and what is left of each without the `known` answers."""
        rests = {key: [(box, _without(box, known[key])) for box in self.options[key]] for key in self.keys}
        return {key: [pair for pair in pairs if pair[1] is not None] for key, pairs in rests.items()}

    def has(self, key, wanted, left):
        """Whether there are answers that show the same, with a box for `key` of which the rest is `wanted`."""
        pairs = left | {key: [pair for pair in left[key] if wanted(pair[1])]}
        options = [(key, [(box, self.mean(key, box)) for box in self._shuffled(pairs[key])]) for key in self.keys]
        options.sort(key=lambda one: len(one[1]))
        worlds = self._within(options, self._limits([found for _key, found in options]), {}, 0.0)
        return any(map(self._known_to_fit, islice(worlds, self.patience)))

    def mean(self, key, box):
        return self.questions[key].mean(box)

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
        row, asked = self.rows[key], self.questions[key]
        counts = [row[column] for column in asked.columns]
        if None not in counts:
            return [tuple(answer for answer, count in zip(asked.offered, counts, strict=True) for _ in range(count))]
        found = asked.boxes(len(self.truth[key]))
        if row["mean"] is not None:
            found = [box for box in found if abs(asked.mean(box) - row["mean"]) < 1e-6]
        if row["middle"] is not None:
            found = [box for box in found if asked.low_median(box) == row["middle"]]
        return list(found)

    def score(self, world):
        """Weights are 1 in the banks that are attacked; every question has a number."""
        return sum(self.mean(key, box) for key, box in world.items()) / len(world)

    def _fits_score(self, score):
        told = self.shown["score"]
        return told is None or agrees(told, score)

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
        target, blocking = self._target(score), self._blocking(world, self.level(world))
        aims = {key: min(target, max(self.questions[key].value.values())) for key in world}
        listed = {key: self.mean(key, box) < aims[key] - EPSILON or blocking[key] for key, box in world.items()}
        return listed == {key: key in self.moves for key in self.keys}

    def _target(self, score):
        """The score of the next whole level; the banks that are attacked have equal steps."""
        low, high, steps = self.bank.scale.low, self.bank.scale.high, len(self.bank.levels) - 1
        following = int(1 + steps * (score - low) / (high - low) + EPSILON) + 1
        return low + (high - low) * (min(self.highest, following) - 1) / steps

    def share(self, world, level):
        """By stages, None where the stage has no question."""
        if self.gate.by == "answers":
            return sum(self.questions[key].share(box, level) for key, box in world.items()) / len(world)
        low, high = self.bank.scale.low, self.bank.scale.high
        means = [self.mean(key, box) for key, box in world.items() if self.questions[key].stage == level]
        return sum((each - low) / (high - low) for each in means) / len(means) if means else None

    def _failed_share(self, world, level):
        if self.gate.by == "stages":
            shares = {lower: self.share(world, lower) for lower in range(2, level + 1)}
            return next((at for at, x in shares.items() if x is not None and x < self.gate.hold - EPSILON), None)
        for lower in range(2, level):
            if self.share(world, lower) <= self.gate.hold + EPSILON:
                return lower
        return None if self.share(world, level) > self.gate.reach + EPSILON else level

    def _failed_essentials(self, world, level):
        tagged = [self.questions[key] for key in world if (self.questions[key].essential_at or 9) <= level]
        return [asked.key for asked in tagged if asked.low_median(world[asked.key]) < min(level, asked.highest)]

    def _climb(self, world):
        """By stages, the highest stage with a question among those reached."""
        found = level = 1
        while (
            level < self.highest
            and self._failed_share(world, level + 1) is None
            and not self._failed_essentials(world, level + 1)
        ):
            level += 1
            found = level if self.share(world, level) is not None else found
        return found

    def _cap(self, world):
        """The cap, and the questions that set it."""
        if self.gate.by == "stages" or self.gate.cap is None:
            return self.highest, set()
        medians = {key: self.questions[key].low_median(box) for key, box in world.items()}
        lowest = min(medians.values())
        return self.gate.cap + lowest, {key for key, median in medians.items() if median == lowest}

    def level(self, world):
        return min(self._climb(world), self._cap(world)[0])

    def _blocking(self, world, level):
        """Whether each question blocks the next level, by rule 5; by stages, the next stage that has a question."""
        upwards = range(level + 1, self.highest + 1)
        following = next((each for each in upwards if self.share(world, each) is not None), None)
        if following is None:
            return dict.fromkeys(world, False)
        cap, lowest = self._cap(world)
        capped = lowest if cap == level else set()
        if level < self._climb(world):
            return {key: key in capped for key in world}
        found = capped | self._short(world, following) | set(self._failed_essentials(world, following))
        return {key: key in found for key in world}

    def _short(self, world, following):
        """The questions that lack something of the share that failed."""
        failed = self._failed_share(world, following)
        if failed is None:
            return set()
        if self.gate.by == "answers":
            return {key for key, box in world.items() if self.questions[key].share(box, failed) < 1}
        inside = [key for key in world if self.questions[key].stage == failed]
        return {key for key in inside if self.mean(key, world[key]) < self.bank.scale.high - EPSILON}


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
    index = next(value for fact, value in facts.items() if re.fullmatch(r"Index, \S+ to \S+", fact))
    about = {"index": index, "level": facts["Level"]}
    pillars = [Pillar(bank, pillar, shown[pillar.name], rows, moves, numbers, patience) for pillar in bank.pillars]
    of_groups = {row["group"]: row["score"] for row in tables.get("groups", ())}
    organisation(bank, pillars, about, {group.key: of_groups[group.name] for group in bank.groups})
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
        row, others, asked = pillar.rows[key], len(set(numbers[key]) - set(knows)), pillar.questions[key]
        if row[asked.columns[0]] is not None or not others:
            continue  # five people stand behind the distribution that is shown; or all is known
        if row["mean"] is None:
            found = [answer for answer in asked.offered if pillar.has(key, lambda rest, n=answer: n in rest, left)]
            if len(set(numbers[key]) - set(recorded)) < NEEDED and len(found) < min(NEEDED, len(asked.offered)):
                yield key, found
        elif set(knows) <= set(recorded):
            total = sum(asked.value[n] for n in pillar.truth[key]) - sum(asked.value[n] for n in known[key])
            same = [box for box in asked.boxes(others) if abs(sum(asked.value[n] for n in box) - total) < EPSILON]
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

"""The second opinion on peers, carelessness, the supported level and what-if: literal and exact."""

from fractions import Fraction
from math import floor, sqrt

from tests.scoring.oracle import score
from tests.scoring.oracle_bank import read_bank
from tests.scoring.oracle_level import climbed_and_capped
from tests.scoring.oracle_pillar import TOLERANCE, above, at_least, numbers_of, read_question

Z90 = 1.6448536269514722  # the .95 quantile of the normal distribution, from a published table


def quantile(values, share):
    """Hyndman and Fan's type 8: position (n + 1/3)·p + 1/3 between the order statistics."""
    ordered = sorted(values)
    position = (len(ordered) + Fraction(1, 3)) * share + Fraction(1, 3)
    place = min(max(floor(position), 1), len(ordered))
    following = min(place + 1, len(ordered))
    return ordered[place - 1] + (position - floor(position)) * (ordered[following - 1] - ordered[place - 1])


def quartiles(values):
    return [quantile(values, Fraction(part, 4)) for part in (1, 2, 3)]


def percentile_rank(values, own):
    below = sum(above(own, value) for value in values)
    equal = sum(abs(value - own) <= TOLERANCE for value in values)
    return 100 * (below + Fraction(equal, 2)) / len(values)


def wilson(share, n):
    """Wilson's 90 % interval of a share, 0-1."""
    share, z2 = float(share), Z90**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z90 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return [middle - half, middle + half]


def is_benchmark(result):
    """Whether a result may enter a cohort: an index, and no pillar with an n/a share above .30."""
    shares = [pillar["na_share"] for pillar in result["pillars"] if pillar["na_share"] is not None]
    return result["overall"]["index"] is not None and not any(above(share, Fraction(3, 10)) for share in shares)


def careless(bank, respondent):
    """Whether at least 80 % of a person's numbers are identical and stand in one unbroken run."""
    keys = [question["key"] for pillar in bank["pillars"] for question in pillar["questions"]]
    numbers = [value for value in map(respondent["answers"].get, keys) if isinstance(value, int)]
    longest, run = 0, 0
    for place, value in enumerate(numbers):
        run = run + 1 if place and value == numbers[place - 1] else 1
        longest = max(longest, run)
    return bool(numbers) and at_least(Fraction(longest, len(numbers)), Fraction(4, 5))


def supported_levels(bank, answers):
    """Rules 1-3 by pillar, over the numbers whose own evidence grade is at least 2, the other ones missing."""
    bank = read_bank(bank)
    return {
        pillar["key"]: climbed_and_capped(bank, [backed(each, answers) for each in pillar["questions"]])[1]
        for pillar in bank["pillars"]
    }


def backed(question, answers):
    everybody = read_question(question, answers["respondents"])
    if everybody["state"] == "not_applicable":
        return everybody
    grades = {person["id"]: person["grades"].get(question["key"], 0) for person in answers["respondents"]}
    chosen = {name: answer for name, answer in everybody["chosen"].items() if grades[name] >= 2}
    return {**everybody, **numbers_of(question, chosen), "state": "answered" if chosen else "missing"}


def what_if(bank, answers, chosen):
    """The result if every number below a question's chosen level became it, and a missing question had it once."""
    people = [{**person, "answers": dict(person["answers"])} for person in answers["respondents"]]
    for pillar in read_bank(bank)["pillars"]:
        for question in pillar["questions"]:
            if question["key"] in chosen:
                raise_question(question, people, chosen[question["key"]])
    return score(bank, {**answers, "invited": None, "respondents": people})


def raise_question(question, people, level):
    key = question["key"]
    answer = max(answer for answer, its in question["level"].items() if its <= level)
    missing = read_question(question, people)["state"] == "missing"
    for person in people:
        if isinstance(person["answers"].get(key), int):
            person["answers"][key] = max(answer, person["answers"][key])
    if missing:
        people.append({"id": f"what-if {key}", "answers": {key: answer}, "grades": {}})

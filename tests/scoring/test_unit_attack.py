"""An attack on what a page, a report and a file show of units, exactly, beside the whole as its readers see it."""

import random
from dataclasses import replace

import pytest

from assessments.results.limits import Limits, within
from assessments.scoring.answers import Answers, Respondent, Unit
from assessments.scoring.result import score
from assessments.scoring.unit_figures import OWN, unit_results
from assessments.scoring.unit_limits import MIN_PEOPLE
from assessments.scoring.units import people_under
from tests.charts import northfield

from .test_unit_limits import solved

BANK = northfield.bank(names=("Vision", "Culture", "Talent"))
CENTRAL = replace(
    BANK,
    pillars=tuple(
        replace(p, questions=tuple(replace(q, central=n < 2 and p.key != "talent") for n, q in enumerate(p.questions)))
        for p in BANK.pillars
    ),
)


def group(seed, bank=BANK):
    """Units with and without people of their own; some people skip questions or a whole pillar, some count for no limit."""
    chance = random.Random(seed)
    units = [Unit("u0", "Unit 0")]
    units += [
        Unit(f"u{n}", f"Unit {n}", chance.choice([None, f"u{n - 1}", "u0"])) for n in range(1, chance.randint(2, 7))
    ]
    people = []
    for unit in (*(unit.id for unit in units), None):
        for _person in range(chance.choice((0, 1, 2, 5, 6, 7, 9))):
            keys = [key for key in bank.questions if chance.random() > 0.02 and not (unit and key in bank.central)]
            if chance.random() < 0.15:
                keys = [key for key in keys if not key.startswith(chance.choice(("vision", "talent")))]
            values = {key: chance.choice((1, 2, 3, 4, 5, "dont_know")) for key in keys}
            people.append(Respondent(f"p{len(people)}", values, unit=unit))
    counts = frozenset(person.id for person in people if chance.random() > 0.03)
    return Answers(tuple(people), len(people), units=tuple(units)), counts


def figures(answers, counts, bank=BANK):
    """(the line, the pillar, its people) for each pillar of a line that is shown."""
    under = people_under(answers)
    for line in unit_results(bank, answers, counts).units:
        people = under.get(line.id) or [each for each in answers.respondents if each.unit == line.id.removesuffix(OWN)]
        for pillar in line.pillars:
            if not pillar.is_hidden:
                yield line, pillar, people


@pytest.mark.parametrize(
    ("block", "bank"), [*((block, BANK) for block in range(4)), (4, CENTRAL)], ids=("0", "1", "2", "3", "central")
)
def test_exact_means_of_units_and_of_the_whole_give_no_answer_away(block, bank):
    seen = 0
    for seed in range(block * 25, block * 25 + 25):
        answers, counts = group(seed, bank)
        places = {person.id: n for n, person in enumerate(answers.respondents)}
        sets = {
            key: [{places[p.id] for p in answers.respondents if isinstance(p.answers.get(key), int)}]
            for key in bank.questions
        }
        for _line, pillar, people in figures(answers, counts, bank):
            for key in pillar.means:
                gave = [person for person in people if isinstance(person.answers.get(key), int)]
                assert sum(person.id in counts for person in gave) >= MIN_PEOPLE
                sets[key].append({places[person.id] for person in gave})
                seen += 1
        for known in sets.values():
            assert len(known) == 1 or solved(known, len(places)) == []
    assert seen > 100


@pytest.mark.parametrize("bank", [BANK, CENTRAL], ids=("plain", "central"))
def test_where_a_unit_is_exact_the_whole_hides_and_rounds_nothing(bank):
    """So no hidden figure of the whole follows from a unit's."""
    exact, hidden = set(), 0
    for seed in range(60):
        answers, counts = group(seed, bank)
        whole = score(bank, answers)
        seen = within(Limits(str(seed), counts, frozenset(), bank, answers, whole))
        hidden += len(seen.closed)
        rows = {row.key: row for row in seen.result.pillars}
        for line, pillar, _people in figures(answers, counts, bank):
            exact.add(pillar.key)
            assert pillar.key not in seen.closed | seen.rounded | seen.withheld
            assert rows[pillar.key].score == next(row.score for row in whole.pillars if row.key == pillar.key)
            assert line.index is None or seen.result.overall.index == whole.overall.index
    assert exact == {"vision", "culture", "talent"}
    assert hidden

"""Two other readings of the same answers: what the evidence supports, and what a plan would achieve."""

from collections.abc import Iterable, Mapping

from .answers import DONT_KNOW, NOT_APPLICABLE, Answers, Respondent, Value
from .bank import Bank
from .figures import Result
from .level import attained, capped
from .pillar import SUPPORTED, pillar_sums
from .question import NO_ANSWERS, Tally, tally, tally_up
from .result import score_tallies


def supported_levels(bank: Bank, answers: Answers) -> dict[str, int | None]:
    """The level of each pillar that cited or checked artefacts alone support, by pillar key; None if nothing applies.

    Rules 1-3 of the level over answers whose own evidence grade is 2 or more; the others count as missing. Coverage is
    not required, because this level is meant to show thin evidence.
    """
    everybody = tally_up(bank, answers.respondents)
    backed = tally_up(bank, [with_evidence(person) for person in answers.respondents])
    levels: dict[str, int | None] = {}
    for pillar in bank.pillars:
        keys = [question.key for question in pillar.questions]
        found = pillar_sums(bank, pillar, tuple(in_the_same_state(backed[key], everybody[key]) for key in keys))
        levels[pillar.key] = capped(found, attained(found)) if found.applicable else None
    return levels


def with_evidence(person: Respondent) -> Respondent:
    """The person with only the numbers that cite an artefact."""
    kept: dict[str, Value] = {
        key: value
        for key, value in person.answers.items()
        if isinstance(value, int) and key in person.evidence and person.evidence[key].grade >= SUPPORTED
    }
    return Respondent(person.id, kept)


def in_the_same_state(backed: Tally, everybody: Tally) -> Tally:
    """Keep a question not applicable if it was: evidence decides what is known, not what applies."""
    return backed._replace(state="not_applicable") if everybody.state == "not_applicable" else backed


def what_if(bank: Bank, answers: Answers, levels: Mapping[str, int]) -> Result:
    """Return the result if each of these questions reached its level, by question key.

    Every number below the level is raised to it, and a missing question gets it once; if a question does not offer
    the level, this is its highest offered one below. There is no interval, because nobody gave these answers. Raises
    KeyError for a question that is not in the bank.
    """
    tallies = tally_up(bank, answers.respondents)
    for key, level in levels.items():
        tallies[key] = raised(tallies[key], tallies[key].question.offered_up_to(level))
    return score_tallies(bank, answers, tallies, intervals=False)


def raised(found: Tally, level: int) -> Tally:
    """The question with every number raised to the answer `level` or above; a missing one has it once."""
    numbers = [level] if found.missing else [*at_least_at(level, found.counts)]
    counts = dict(NO_ANSWERS) | {DONT_KNOW: found.dont_know, NOT_APPLICABLE: found.not_applicable}
    for number in numbers:
        counts[number] += 1
    return tally(found.marks, counts, found.evidence)


def at_least_at(level: int, counts: Iterable[int]) -> Iterable[int]:
    """The numbers behind `counts`, raised to at least `level`."""
    for number, count in enumerate(counts, start=1):
        yield from [max(number, level)] * count

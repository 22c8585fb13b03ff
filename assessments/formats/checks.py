"""Warnings for the author of a bank; none prevents the bank from loading.

Each check yields (path, sentence) in bank order; `readability` has the checks that depend on the language.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import fsum

from assessments.scoring.bank import Bank, Pillar, Question

from .bank import MAX_SHORT
from .problems import Finding, Path, in_quotes, listed
from .readability import wording_of_bank, wording_of_question

RANGE = 4  # levels between the lowest and the highest answer
VISIBLE = 0.05  # half a unit of the last printed digit of a score

MAX_GAP = 20  # between numbered practices that count up

_NUMBERED = re.compile(r"(.*?)([0-9]{1,4})")
_HASH = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|(?<![0-9A-Za-z])(?=[0-9a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7,}", re.IGNORECASE
)


def warnings(bank: Bank) -> tuple[Finding, ...]:
    """Every warning about a bank, in bank order."""
    return tuple(_of_bank(bank))


def _of_bank(bank: Bank) -> Iterator[Finding]:
    for name in ("about", "source"):
        if getattr(bank, name) is None:
            yield (name,), "missing; respondents ask where the questions come from"
    yield from wording_of_bank(bank)
    for i, pillar in enumerate(bank.pillars):
        yield from _of_pillar(bank, ("pillars", i), pillar)
    yield from _uncovered(bank)
    yield from _fall_short(bank)
    yield from _out_of_reach(bank)
    yield from _circles(bank)
    yield from _weights(bank)
    yield from _subsets(bank)


def _of_pillar(bank: Bank, path: Path, pillar: Pillar) -> Iterator[Finding]:
    if pillar.short is None and len(pillar.name) > MAX_SHORT:
        yield (*path, "name"), f"{len(pillar.name)} characters are too many for a chart; add a short"
    if pillar.summary is None:
        yield (*path, "summary"), "missing; respondents read it above the questions"
    if bank.gate.by == "answers" and all(question.essential_at is None for question in pillar.questions):
        upper = "levels 4 and 5" if len(bank.levels) == RANGE + 1 else "the highest levels"
        yield path, f"no question is essential; {upper} then rest on the share of evidence alone"
    for j, question in enumerate(pillar.questions):
        at = (*path, "questions", j)
        yield from _of_question(at, question)
        yield from wording_of_question(bank, at, question)


def _of_question(path: Path, question: Question) -> Iterator[Finding]:
    for name, why in (
        ("help", "an example of evidence helps to choose"),
        ("error", "it is made from the text"),
        ("covers", "nobody can trace the question to its source"),
    ):
        if not getattr(question, name):
            yield (*path, name), f"missing; {why}"
    yield from _essential(path, question)
    yield from _steps(path, question)


def _essential(path: Path, question: Question) -> Iterator[Finding]:
    if question.essential_at is None:
        if question.essential_reason is not None:
            yield (*path, "essential_reason"), "a reason, but no essential_at"
        return
    if question.essential_reason is None:
        yield (*path, "essential_reason"), "missing; say why nobody is at that level without it"
    if question.essential_at not in levels_offered(question):
        asked = question.asked(question.essential_at)
        yield (
            (*path, "essential_at"),
            f"level {question.essential_at} is not offered; level {asked} is asked for instead",
        )


def levels_offered(question: Question) -> list[int]:
    """The levels of the answers offered, each once, lowest first."""
    return [*dict.fromkeys(map(question.level_of, question.offered))]


def _steps(path: Path, question: Question) -> Iterator[Finding]:
    starts = {step.from_level for step in question.next_steps}
    missing = [str(level) for level in levels_offered(question)[:-1] if level not in starts]
    if missing:
        yield (*path, "next_steps"), f"no next step from level {listed(missing)}"
    for k, step in enumerate(question.next_steps):
        at = (*path, "next_steps", k)
        if step.from_level not in levels_offered(question) or step.from_level == question.highest:
            yield (*at, "from"), f"nobody climbs from level {step.from_level} here: it is not offered or the highest"
        blank = [name for name in ("owner", "effort", "horizon") if getattr(step, name) is None]
        if blank:
            yield at, f"without {listed(blank, 'and')}"


def _uncovered(bank: Bank) -> Iterator[Finding]:
    """The numbered source ids that no question covers, up to the highest of their prefix: VI-2 if only VI-1 and VI-3 are.

    Only where the ids of a prefix count up in steps of at most 20; hashes never do.
    """
    numbers: dict[str, set[int]] = {}
    for source in {source for question in bank.questions.values() for source in question.covers}:
        if (match := _NUMBERED.fullmatch(source)) and not _HASH.search(source):
            numbers.setdefault(match[1], set()).add(int(match[2]))
    for prefix, found in sorted(numbers.items()):
        if max(above - below for below, above in pairwise([0, *sorted(found)])) <= MAX_GAP:
            missing = [in_quotes(f"{prefix}{number}") for number in range(1, max(found)) if number not in found]
            if missing:
                verb = "is" if len(missing) == 1 else "are"
                yield ("pillars",), f"{listed(missing, 'and')} of the source {verb} covered by no question"


def _fall_short(bank: Bank) -> Iterator[Finding]:
    """Answers of a set that count a level lower than their place, where the set has as many answers as the ladder."""
    for each in bank.choices:
        short = [n for n, choice in enumerate(each.choices, start=1) if choice.level < n]
        if short and len(each.choices) == len(bank.levels):
            one = each.choices[short[0] - 1]
            yield (
                ("choices", each.key, short[0] - 1),
                f"{one.value:g} is below the value of level {short[0]}, so this answer counts as level {one.level}; "
                "give the levels the values of their answers",
            )


def _out_of_reach(bank: Bank) -> Iterator[Finding]:
    """Pillars that the best answers do not take to the end of the scale, at the first question that ends below it."""
    top, levels = bank.scale.high, len(bank.levels)
    for i, pillar in enumerate(bank.pillars):
        weighted = [(j, question) for j, question in enumerate(pillar.questions) if question.weight]
        short = [(j, question) for j, question in weighted if bank.marks[question.key].highest < top]
        if not short:
            continue
        total = fsum(question.weight for _j, question in weighted)
        best = fsum(question.weight * bank.marks[question.key].highest for _j, question in weighted) / total
        j, first = short[0]
        also = f"; nothing in it offers a level above {pillar.highest}" if pillar.highest < levels else ""
        yield (
            ("pillars", i, "questions", j, "anchors"),
            f"the best answer counts as level {first.highest} of {levels}, so that {in_quotes(pillar.name)} scores "
            f"{best:.1f} of {top:g} at most{also}",
        )


def _subsets(bank: Bank) -> Iterator[Finding]:
    """Pillars that a subset asks nothing about, so that a pulse says nothing of them."""
    for i, subset in enumerate(bank.subsets):
        asked = {bank.pillar_of[key].key for key in subset.questions}
        missing = [in_quotes(pillar.key) for pillar in bank.pillars if pillar.key not in asked]
        if missing:
            yield ("subsets", i, "questions"), f"no question of {listed(missing, 'and')}; a pulse says nothing of it"


def _circles(bank: Bank) -> Iterator[Finding]:
    """Questions whose next steps require the question itself, directly or through others."""
    needs = {key: {need for step in q.next_steps for need in step.requires} for key, q in bank.questions.items()}
    for i, pillar in enumerate(bank.pillars):
        for j, question in enumerate(pillar.questions):
            if question.key in _reachable(question.key, needs):
                yield (
                    ("pillars", i, "questions", j, "next_steps"),
                    "its steps require, in a circle, the question itself",
                )


def _reachable(start: str, needs: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    todo = list(needs[start])
    while todo:
        key = todo.pop()
        if key not in seen:
            seen.add(key)
            todo.extend(needs[key])
    return seen


def _weights(bank: Bank) -> Iterator[Finding]:
    """Weights too small for a pillar or question to change any printed figure."""
    total = fsum(pillar.weight for pillar in bank.pillars)
    for i, pillar in enumerate(bank.pillars):
        if pillar.weight and RANGE * pillar.weight / total < VISIBLE:
            yield ("pillars", i, "weight"), _sentence(pillar.weight / total, "the index", "a pillar")
        yield from _weights_in(("pillars", i), pillar)


def _weights_in(path: Path, pillar: Pillar) -> Iterator[Finding]:
    total = fsum(question.weight for question in pillar.questions)
    if not total:
        yield path, "every question weighs 0; the pillar is never scored"
        return
    for j, question in enumerate(pillar.questions):
        at = (*path, "questions", j, "weight")
        if question.weight == 0:
            yield at, "0: asked and shown, and the score passes over it"
        elif RANGE * question.weight / total < VISIBLE:
            yield at, _sentence(question.weight / total, "the pillar's score", "a question")


def _sentence(share: float, figure: str, what: str) -> str:
    return f"carries {share:.1%} of {figure}; {what} that light cannot change a figure that is printed"

"""Warnings for the author of a bank; none prevents the bank from loading.

Each check yields (path, sentence) in bank order; `readability` has the checks that depend on the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import fsum

from assessments.scoring.bank import Bank, Pillar, Question

from .bank import MAX_SHORT
from .problems import Finding, Path, in_quotes, listed
from .readability import wording_of_bank, wording_of_question

RANGE = 4  # levels between the lowest and the highest answer
VISIBLE = 0.05  # half a unit of the last printed digit of a score

_NUMBERED = re.compile(r"(.*?)([0-9]{1,4})")


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
    yield from _circles(bank)
    yield from _weights(bank)


def _of_pillar(bank: Bank, path: Path, pillar: Pillar) -> Iterator[Finding]:
    if pillar.short is None and len(pillar.name) > MAX_SHORT:
        yield (*path, "name"), f"{len(pillar.name)} characters are too many for a chart; add a short"
    if pillar.summary is None:
        yield (*path, "summary"), "missing; respondents read it above the questions"
    if all(question.essential_at is None for question in pillar.questions):
        yield path, "no question is essential; levels 4 and 5 then rest on the share of evidence alone"
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
    if question.essential_at not in question.offered:
        asked = question.asked(question.essential_at)
        yield (
            (*path, "essential_at"),
            f"level {question.essential_at} is not offered; level {asked} is asked for instead",
        )


def _steps(path: Path, question: Question) -> Iterator[Finding]:
    starts = {step.from_level for step in question.next_steps}
    missing = [str(level) for level in question.offered[:-1] if level not in starts]
    if missing:
        yield (*path, "next_steps"), f"no next step from level {listed(missing)}"
    for k, step in enumerate(question.next_steps):
        at = (*path, "next_steps", k)
        if step.from_level not in question.offered or step.from_level == question.highest:
            yield (*at, "from"), f"nobody climbs from level {step.from_level} here: it is not offered or the highest"
        blank = [name for name in ("owner", "effort", "horizon") if getattr(step, name) is None]
        if blank:
            yield at, f"without {listed(blank, 'and')}"


def _uncovered(bank: Bank) -> Iterator[Finding]:
    """Numbered source ids that no question covers, up to the highest: VI-2 if only VI-1 and VI-3 are covered."""
    highest: dict[str, int] = {}
    covered = {source for question in bank.questions.values() for source in question.covers}
    for match in filter(None, map(_NUMBERED.fullmatch, covered)):
        highest[match[1]] = max(highest.get(match[1], 0), int(match[2]))
    for prefix, most in sorted(highest.items()):
        for source in (f"{prefix}{number}" for number in range(1, most)):
            if source not in covered:
                yield ("pillars",), f"{in_quotes(source)} of the source is covered by no question"


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

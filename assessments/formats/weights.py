"""Weights under which a question or a pillar decides nothing: it is asked, and no printed figure can move."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from assessments.scoring.bank import Bank, Pillar

from .problems import Path

RANGE = 4  # levels between the lowest and the highest answer
VISIBLE = 0.05  # half of the last digit that is printed of a score


def weights_of_bank(bank: Bank) -> Iterator[tuple[Path, str]]:
    """Pillars that cannot move the index, questions that cannot move their pillar."""
    total = fsum(pillar.weight for pillar in bank.pillars)
    for i, pillar in enumerate(bank.pillars):
        if pillar.weight and RANGE * pillar.weight / total < VISIBLE:
            yield ("pillars", i, "weight"), _sentence(pillar.weight / total, "the index", "a pillar")
        yield from _of_pillar(("pillars", i), pillar)


def _of_pillar(path: Path, pillar: Pillar) -> Iterator[tuple[Path, str]]:
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

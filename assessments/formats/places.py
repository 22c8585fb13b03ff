"""Every text of a bank by its place, such as `questions/vision-direction/anchors/3`; levels and steps count from 1.

What has no place is never translated: keys, numbers, the source, the licence.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import partial

from assessments.scoring.bank import LEVELS, Bank, Level, NextStep, Pillar, Question

type Place = str
type Texts = Mapping[Place, str]

BANK = ("title", "about")
PILLAR = ("name", "short", "group", "summary")
QUESTION = ("text", "help", "essential_reason", "short", "error")
STEP = ("action", "owner")
LEVEL = ("name", "summary")


def of_level(number: int, name: str) -> Place:
    return f"levels/{number}/{name}"


def of_pillar(key: str, name: str) -> Place:
    return f"pillars/{key}/{name}"


def of_question(key: str, name: str) -> Place:
    return f"questions/{key}/{name}"


def of_anchor(key: str, level: int) -> Place:
    return f"questions/{key}/anchors/{level}"


def of_step(key: str, number: int, name: str) -> Place:
    return f"questions/{key}/next_steps/{number}/{name}"


def texts_of(bank: Bank) -> dict[Place, str]:
    """Every text that a translation may have, in bank order."""
    return {place: text for place, text in _texts(bank) if text is not None}


def pillar_of(place: Place, bank: Bank) -> str | None:
    """The key of the pillar that a place belongs to; None for the bank's own texts and for levels."""
    kind, _, rest = place.partition("/")
    key = rest.partition("/")[0]
    if kind == "questions":
        return bank.pillar_of[key].key if key in bank.pillar_of else None
    return key if kind == "pillars" else None


def _texts(bank: Bank) -> Iterator[tuple[Place, str | None]]:
    yield from ((name, getattr(bank, name)) for name in BANK)
    for number, level in enumerate(bank.levels, start=1):
        yield from ((of_level(number, name), getattr(level, name)) for name in LEVEL)
    for pillar in bank.pillars:
        yield from ((of_pillar(pillar.key, name), getattr(pillar, name)) for name in PILLAR)
        for question in pillar.questions:
            yield from _of_question(question)


def _of_question(question: Question) -> Iterator[tuple[Place, str | None]]:
    yield from ((of_question(question.key, name), getattr(question, name)) for name in QUESTION)
    for level, anchor in zip(LEVELS, question.anchors, strict=True):
        yield of_anchor(question.key, level), anchor
    for number, step in enumerate(question.next_steps, start=1):
        yield from ((of_step(question.key, number, name), getattr(step, name)) for name in STEP)


def translated(bank: Bank, texts: Texts, language: str) -> Bank:
    """The bank with these texts in their places, its own where there is none. Keys, figures and checksum stay."""
    return dataclasses.replace(
        bank,
        language=language,
        **{name: texts.get(name, getattr(bank, name)) for name in BANK},
        levels=tuple(_level(level, texts, number) for number, level in enumerate(bank.levels, start=1)),
        pillars=tuple(_pillar(pillar, texts) for pillar in bank.pillars),
    )


def _level(level: Level, texts: Texts, number: int) -> Level:
    return Level(**{name: texts.get(of_level(number, name), getattr(level, name)) for name in LEVEL})


def _pillar(pillar: Pillar, texts: Texts) -> Pillar:
    return dataclasses.replace(
        pillar,
        **{name: texts.get(of_pillar(pillar.key, name), getattr(pillar, name)) for name in PILLAR},
        questions=tuple(_question(question, texts) for question in pillar.questions),
    )


def _question(question: Question, texts: Texts) -> Question:
    key = question.key
    anchors = zip(LEVELS, question.anchors, strict=True)
    return dataclasses.replace(
        question,
        **{name: texts.get(of_question(key, name), getattr(question, name)) for name in QUESTION},
        anchors=tuple(anchor and texts.get(of_anchor(key, level), anchor) for level, anchor in anchors),
        next_steps=tuple(
            _step(step, texts, partial(of_step, key, number))
            for number, step in enumerate(question.next_steps, start=1)
        ),
    )


def _step(step: NextStep, texts: Texts, place: partial[Place]) -> NextStep:
    return dataclasses.replace(step, **{name: texts.get(place(name), getattr(step, name)) for name in STEP})

"""The texts of a bank by place, such as `questions/vision-direction/anchors/3`; levels and steps count from 1.

Keys, numbers, the source and the licence have no place, because they are never translated.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.scoring.bank import AnswerSet, Bank, Choice, Group, Level, NextStep, Pillar, Question, Subset

type Place = str
type Texts = Mapping[Place, str]

TEXTS: Mapping[type, tuple[str, ...]] = {
    Bank: ("title", "about"),
    Level: ("name", "summary"),
    Choice: ("text",),
    Group: ("name",),
    Subset: ("title",),
    Pillar: ("name", "short", "group", "summary"),
    Question: ("text", "help", "essential_reason", "short", "error"),
    NextStep: ("action", "owner"),
}


@dataclass(frozen=True)
class TranslatedTexts:
    """Translations by place, in bank order. `changed` has the places whose source text has changed since."""

    bank: str
    bank_version: str
    language: str
    version: str
    texts: dict[Place, str]
    changed: frozenset[Place] = frozenset()


def texts_of(bank: Bank) -> dict[Place, str]:
    """Every text that can be translated, by place, in bank order."""
    return {place: text for place, text in _texts(bank) if text is not None}


def pillar_of(place: Place, bank: Bank) -> str | None:
    """The key of the pillar that a place belongs to; None for the bank's own texts, levels and unknown questions."""
    kind, _, rest = place.partition("/")
    key = rest.partition("/")[0]
    if kind == "questions":
        return bank.pillar_of[key].key if key in bank.pillar_of else None
    return key if kind == "pillars" else None


def _texts(bank: Bank) -> Iterator[tuple[Place, str | None]]:
    yield from _own("", bank)
    for number, level in enumerate(bank.levels, start=1):
        yield from _own(f"levels/{number}/", level)
    for each in bank.choices:
        for number, choice in enumerate(each.choices, start=1):
            yield from _own(f"choices/{each.key}/{number}/", choice)
    for group in bank.groups:
        yield from _own(f"groups/{group.key}/", group)
    for subset in bank.subsets:
        yield from _own(f"subsets/{subset.key}/", subset)
    for pillar in bank.pillars:
        own = _own(f"pillars/{pillar.key}/", pillar)
        yield from own if bank.format == 1 else (pair for pair in own if not pair[0].endswith("/group"))
        for question in pillar.questions:
            at = f"questions/{question.key}/"
            yield from _own(at, question)
            yield from ((f"{at}anchors/{level}", text) for level, text in enumerate(question.anchors, start=1))
            for number, step in enumerate(question.next_steps, start=1):
                yield from _own(f"{at}next_steps/{number}/", step)


def _own(at: Place, part: Any) -> Iterator[tuple[Place, str | None]]:
    return ((at + name, getattr(part, name)) for name in TEXTS[type(part)])


def translated(bank: Bank, texts: Texts, language: str) -> Bank:
    """The bank with these texts, and its own where one is missing. Keys, numbers and checksum do not change."""
    levels = tuple(_with(level, texts, f"levels/{number}/") for number, level in enumerate(bank.levels, start=1))
    sets = {each.key: _answer_set(each, texts) for each in bank.choices}
    pillars = tuple(
        _with(
            pillar,
            texts,
            f"pillars/{pillar.key}/",
            questions=tuple(_question(question, sets, texts) for question in pillar.questions),
        )
        for pillar in bank.pillars
    )
    groups = tuple(_with(group, texts, f"groups/{group.key}/") for group in bank.groups)
    subsets = tuple(_with(subset, texts, f"subsets/{subset.key}/") for subset in bank.subsets)
    shape = {"choices": tuple(sets.values()), "groups": groups, "subsets": subsets}
    return _with(bank, texts, "", language=language, levels=levels, pillars=pillars, **shape)


def _answer_set(each: AnswerSet, texts: Texts) -> AnswerSet:
    numbered = enumerate(each.choices, start=1)
    return AnswerSet(each.key, tuple(_with(one, texts, f"choices/{each.key}/{number}/") for number, one in numbered))


def _question(question: Question, sets: Mapping[str, AnswerSet], texts: Texts) -> Question:
    at = f"questions/{question.key}/"
    anchors = enumerate(question.anchors, start=1)
    steps = enumerate(question.next_steps, start=1)
    return _with(
        question,
        texts,
        at,
        anchors=tuple(anchor and texts.get(f"{at}anchors/{level}", anchor) for level, anchor in anchors),
        choices=None if question.choices is None else sets[question.choices.key],
        next_steps=tuple(_with(step, texts, f"{at}next_steps/{number}/") for number, step in steps),
    )


def _with[T: (Bank, Choice, Group, Level, Pillar, Question, NextStep, Subset)](
    part: T, texts: Texts, at: Place, **others: Any
) -> T:
    own = {name: texts.get(at + name, getattr(part, name)) for name in TEXTS[type(part)]}
    return dataclasses.replace(part, **own, **others)

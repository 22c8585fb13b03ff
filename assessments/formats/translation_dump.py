"""A translation as canonical YAML, in the order of the bank; what has no text is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from assessments.scoring.bank import LEVELS, Bank, Pillar, Question

from . import places
from .places import Place, Texts, texts_of
from .yaml_text import entry, field

FORMAT = "maturity-translation/1"


def dump_texts(bank: Bank, *, language: str, version: str, texts: Texts, changed: Collection[Place]) -> str:
    """The file of a bank's texts in a language."""
    known = {place: texts[place] for place in texts_of(bank) if place in texts}
    lines = _file(bank, language, version, known, [place for place in known if place in changed])
    return "".join(f"{line}\n" for line in lines)


def _file(bank: Bank, language: str, version: str, texts: Texts, changed: list[Place]) -> Iterator[str]:
    for name, text in (
        ("format", FORMAT),
        ("bank", bank.key),
        ("bank_version", bank.version),
        ("language", language),
        ("version", version),
        ("title", texts.get("title")),
        ("about", texts.get("about")),
    ):
        yield from field(name, text)
    yield from _list("levels", _levels(texts))
    yield from _list("pillars", (_pillar(pillar, texts) for pillar in bank.pillars))
    yield from _list("source_changed", (list(field(None, place)) for place in changed))


def _levels(texts: Texts) -> list[list[str]]:
    """All five, or none: a level without texts is an empty mapping."""
    levels = [_fields((name, texts.get(places.of_level(number, name))) for name in places.LEVEL) for number in LEVELS]
    return [level or ["{}"] for level in levels] if any(levels) else []


def _pillar(pillar: Pillar, texts: Texts) -> list[str]:
    lines = _fields((name, texts.get(places.of_pillar(pillar.key, name))) for name in places.PILLAR)
    lines += _list("questions", (_question(question, texts) for question in pillar.questions))
    return [*field("key", pillar.key), *lines] if lines else []


def _question(question: Question, texts: Texts) -> list[str]:
    key = question.key
    lines = _fields((name, texts.get(places.of_question(key, name))) for name in places.QUESTION)
    anchors = [texts.get(places.of_anchor(key, level)) for level in LEVELS]
    if any(anchors):
        lines += _list("anchors", (["null"] if anchor is None else list(field(None, anchor)) for anchor in anchors))
    steps = [
        _fields((name, texts.get(places.of_step(key, number, name))) for name in places.STEP)
        for number in range(1, len(question.next_steps) + 1)
    ]
    if any(steps):
        starts = (f"from: {step.from_level}" for step in question.next_steps)
        lines += _list("next_steps", ([start, *step] for start, step in zip(starts, steps, strict=True)))
    return [*field("key", key), *lines] if lines else []


def _fields(named: Iterable[tuple[str, str | None]]) -> list[str]:
    return [line for name, text in named for line in field(name, text)]


def _list(name: str, entries: Iterable[list[str]]) -> list[str]:
    """`name:` and its entries; nothing where all of them are empty."""
    lines = [line for lines in entries if lines for line in entry(lines)]
    return [f"{name}:", *lines] if lines else []

"""Write banks and translations as canonical YAML: the same content always gives the same bytes.

YAML 1.1 and 1.2 parsers read the same content: ambiguous scalars are double-quoted, and a text with line breaks is a
literal block if that preserves it. Optional fields with their default value are omitted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from assessments.scoring.bank import LEVELS, Bank, NextStep, Pillar, Question

from .places import TEXTS, Place, Texts, TranslatedTexts, texts_of
from .yaml_text import Yaml, yaml_text

type Entry = Mapping[str, Yaml]


def dump_bank(bank: Bank) -> str:
    """The bank as `maturity-bank/1`. Loading the text gives the same bank, and dumping that gives the same text."""
    return yaml_text(
        {
            "format": "maturity-bank/1",
            **_fields(bank, "key", "version", "title", "language", "source", "licence", "about"),
            "levels": [_fields(level, "name", "summary") for level in bank.levels],
            "pillars": [_pillar(pillar) for pillar in bank.pillars],
            "retired": bank.retired,
        }
    )


def checksum(bank: Bank) -> str:
    """The checksum of the bank's canonical YAML."""
    return sha256_of(dump_bank(bank))


def sha256_of(text: str) -> str:
    """`sha256:` followed by the hexadecimal SHA-256 of the text in UTF-8."""
    return f"sha256:{hashlib.sha256(text.encode('utf-8')).hexdigest()}"


def _pillar(pillar: Pillar) -> Entry:
    fields = _fields(pillar, "key", "name", "group", "weight", "summary", "short")
    return {**fields, "questions": [_question(question) for question in pillar.questions]}


def _question(question: Question) -> Entry:
    return {
        **_fields(question, "key", "text", "help", "covers", "weight", "essential_at", "essential_reason", "short"),
        **_fields(question, "allows_na", "error"),
        "anchors": list(question.anchors),
        "next_steps": [_step(step) for step in question.next_steps] or None,
    }


def _step(step: NextStep) -> Entry:
    return {"from": step.from_level, **_fields(step, "action", "owner", "effort", "horizon", "requires")}


def _fields(part: Any, *names: str) -> dict[str, Yaml]:
    defaults = {"weight": 1, "allows_na": False}
    return {name: value for name in names if (value := getattr(part, name)) != defaults.get(name)}


def dump_translation(translation: TranslatedTexts, bank: Bank) -> str:
    """The translation as `maturity-translation/1`, in bank order; loading the text gives the same translation.

    Texts for places that the bank does not have are omitted.
    """
    texts = translation.texts
    known = {place: texts[place] for place in texts_of(bank) if place in texts}
    levels = [_texts(level, known, f"levels/{number}/") for number, level in enumerate(bank.levels, start=1)]
    return yaml_text(
        {
            "format": "maturity-translation/1",
            "bank": bank.key,
            "bank_version": bank.version,
            "language": translation.language,
            "version": translation.version,
            **_texts(bank, known, ""),
            "levels": levels if any(levels) else None,
            "pillars": [entry for pillar in bank.pillars if (entry := _pillar_texts(pillar, known))] or None,
            "source_changed": [place for place in known if place in translation.changed] or None,
        }
    )


def _pillar_texts(pillar: Pillar, known: Texts) -> Entry:
    fields = _texts(pillar, known, f"pillars/{pillar.key}/")
    questions = [entry for question in pillar.questions if (entry := _question_texts(question, known))]
    return {"key": pillar.key, **fields, "questions": questions or None} if fields or questions else {}


def _question_texts(question: Question, known: Texts) -> Entry:
    at = f"questions/{question.key}/"
    fields = _texts(question, known, at)
    anchors = [known.get(f"{at}anchors/{level}") for level in LEVELS]
    if any(anchors):
        fields["anchors"] = anchors
    steps = [_texts(step, known, f"{at}next_steps/{n}/") for n, step in enumerate(question.next_steps, start=1)]
    if any(steps):
        starts = (step.from_level for step in question.next_steps)
        fields["next_steps"] = [{"from": start, **step} for start, step in zip(starts, steps, strict=True)]
    return {"key": question.key, **fields} if fields else {}


def _texts(part: Any, known: Texts, at: Place) -> dict[str, Yaml]:
    return {name: known[at + name] for name in TEXTS[type(part)] if at + name in known}

"""Write banks and translations as canonical YAML: the same content always gives the same bytes.

YAML 1.1 and 1.2 parsers read the same content: ambiguous scalars are double-quoted, and a text with line breaks is a
literal block if that preserves it. Optional fields with their default value are omitted.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from assessments.scoring.bank import AnswerSet, Bank, Gate, Group, NextStep, Pillar, Question, Subset

from .places import TEXTS, Place, Texts, TranslatedTexts, texts_of
from .yaml_text import Null, Yaml, yaml_text

type Entry = Mapping[str, Yaml]


def dump_bank(bank: Bank) -> str:
    """The bank in its format. Loading the text gives the same bank, and dumping that gives the same text."""
    return yaml_text(
        {
            "format": f"maturity-bank/{bank.format}",
            **_fields(bank, "key", "version", "title", "language", "source", "licence", "attribution", "about"),
            "levels": [_fields(level, "name", "summary", "value") for level in bank.levels],
            **_shape(bank),
            "pillars": [_pillar(pillar) for pillar in bank.pillars],
            "retired": bank.retired,
            "subsets": [_fields(subset, "key", "title", "questions") for subset in bank.subsets] or None,
        }
    )


def _shape(bank: Bank) -> Entry:
    """What format 2 says of a bank beyond format 1; defaults are omitted."""
    return {
        "scale": None if bank.range is None else {"from": bank.range.low, "to": bank.range.high},
        "choices": {each.key: [_fields(one, "text", "value") for one in each.choices] for each in bank.choices} or None,
        "gate": _gate(bank.gate),
        "groups": [_fields(group, "key", "name", "weight") for group in bank.groups],
        "index_of": None if bank.index_of == "pillars" else bank.index_of,
    }


def _gate(gate: Gate) -> Entry | None:
    if gate == Gate():
        return None
    if gate.by == "stages":
        return {"by": "stages", "hold": gate.hold}
    whole: Entry = {name: Null.NULL if (value := getattr(gate, name)) is None else value for name in ("cap", "spread")}
    return {"by": "answers", "reach": gate.reach, "hold": gate.hold, **whole}


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
        **_fields(question, "allows_na", "central", "error"),
        "choices": None if question.choices is None else question.choices.key,
        "stage": question.stage,
        "anchors": list(question.anchors) or None,
        "next_steps": [_step(step) for step in question.next_steps] or None,
    }


def _step(step: NextStep) -> Entry:
    return {"from": step.from_level, **_fields(step, "action", "owner", "effort", "horizon", "requires")}


def _fields(part: Any, *names: str) -> dict[str, Yaml]:
    defaults = {"weight": 1, "allows_na": False, "central": False}
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
            "choices": {each.key: said for each in bank.choices if any(said := _choice_texts(each, known))} or None,
            "groups": [{"key": each.key, **name} for each in bank.groups if (name := _group_texts(each, known))],
            "subsets": [{"key": each.key, **title} for each in bank.subsets if (title := _subset_texts(each, known))],
            "pillars": [entry for pillar in bank.pillars if (entry := _pillar_texts(pillar, known))] or None,
            "source_changed": [place for place in known if place in translation.changed] or None,
        }
    )


def _choice_texts(each: AnswerSet, known: Texts) -> list[Entry]:
    numbers = range(1, len(each.choices) + 1)
    return [_texts(one, known, f"choices/{each.key}/{n}/") for n, one in zip(numbers, each.choices, strict=True)]


def _group_texts(group: Group, known: Texts) -> Entry:
    return _texts(group, known, f"groups/{group.key}/")


def _subset_texts(subset: Subset, known: Texts) -> Entry:
    return _texts(subset, known, f"subsets/{subset.key}/")


def _pillar_texts(pillar: Pillar, known: Texts) -> Entry:
    fields = _texts(pillar, known, f"pillars/{pillar.key}/")
    questions = [entry for question in pillar.questions if (entry := _question_texts(question, known))]
    return {"key": pillar.key, **fields, "questions": questions or None} if fields or questions else {}


def _question_texts(question: Question, known: Texts) -> Entry:
    at = f"questions/{question.key}/"
    fields = _texts(question, known, at)
    anchors = [known.get(f"{at}anchors/{level}") for level in range(1, len(question.anchors) + 1)]
    if any(anchors):
        fields["anchors"] = anchors
    steps = [_texts(step, known, f"{at}next_steps/{n}/") for n, step in enumerate(question.next_steps, start=1)]
    if any(steps):
        starts = (step.from_level for step in question.next_steps)
        fields["next_steps"] = [{"from": start, **step} for start, step in zip(starts, steps, strict=True)]
    return {"key": question.key, **fields} if fields else {}


def _texts(part: Any, known: Texts, at: Place) -> dict[str, Yaml]:
    return {name: known[at + name] for name in TEXTS[type(part)] if at + name in known}

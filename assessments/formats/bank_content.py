"""Build a bank of format 2 from the validated fields of its file."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from assessments.scoring.bank import AnswerSet, Bank, Choice, Gate, Group, Level, NextStep, Pillar, Question, Scale
from assessments.scoring.marks import level_at, level_values

type Entry = Mapping[str, Any]


def bank_of(entry: Entry) -> Bank:
    """The bank; answer sets become the objects that questions share."""
    levels = tuple(Level(**level) for level in entry["levels"])
    ladder = level_values(levels)
    sets = {key: answer_set(key, choices, ladder) for key, choices in entry.get("choices", {}).items()}
    own = ("format", "levels", "choices", "gate", "groups", "pillars", "scale")
    return Bank(
        **{name: value for name, value in entry.items() if name not in own},
        format=2,
        levels=levels,
        range=scale_of(Scale(**entry["scale"]), len(levels)) if "scale" in entry else None,
        choices=tuple(sets.values()),
        gate=gate_of(entry.get("gate", {})),
        groups=tuple(Group(**group) for group in entry.get("groups", ())),
        pillars=tuple(_pillar(pillar, sets) for pillar in entry["pillars"]),
    )


def answer_set(key: str, choices: Sequence[Entry], ladder: Sequence[Fraction]) -> AnswerSet:
    """An answer set whose choices know their level on the ladder."""
    return AnswerSet(
        key, tuple(Choice(choice["text"], choice["value"], level_at(choice["value"], ladder)) for choice in choices)
    )


def gate_of(fields: Entry) -> Gate:
    """The gate with the defaults of its kind: by stages, every stage must hold in full unless the bank says less."""
    if fields.get("by") == "stages":
        return Gate(**{"hold": 1.0, **fields})
    return Gate(**fields)


def scale_of(scale: Scale, levels: int) -> Scale | None:
    """None for the scale that a bank has without one."""
    return None if scale == Scale(1.0, float(levels)) else scale


def _pillar(fields: Entry, sets: Mapping[str, AnswerSet]) -> Pillar:
    questions = tuple(_question(question, sets) for question in fields["questions"])
    return Pillar(**{**fields, "questions": questions})


def _question(fields: Entry, sets: Mapping[str, AnswerSet]) -> Question:
    steps = tuple(NextStep(**step) for step in fields.get("next_steps", ()))
    choices = sets[fields["choices"]] if "choices" in fields else None
    return Question(**{**fields, "next_steps": steps, "choices": choices})

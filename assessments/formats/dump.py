"""A bank as canonical YAML: one bank, one text, byte for byte, and the checksum over it.

Every reader of YAML 1.1 or 1.2 sees the same content: what could be mistaken stands in double quotes, line breaks in
literal blocks where these keep them. Optional fields at their default are left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from assessments.scoring.bank import Bank, NextStep, Pillar, Question

from .yaml_text import entry, field, flow, number

FORMAT = "maturity-bank/1"


def dump_bank(bank: Bank) -> str:
    """The bank in the format `maturity-bank/1`; loading it gives the same bank, dumping that the same text."""
    return "".join(f"{line}\n" for line in _bank(bank))


def checksum(bank: Bank) -> str:
    """`sha256:` and the hexadecimal SHA-256 of the dumped text in UTF-8."""
    return f"sha256:{hashlib.sha256(dump_bank(bank).encode('utf-8')).hexdigest()}"


def _bank(bank: Bank) -> Iterator[str]:
    yield from field("format", FORMAT)
    for name, text in (
        ("key", bank.key),
        ("version", bank.version),
        ("title", bank.title),
        ("language", bank.language),
        ("source", bank.source),
        ("licence", bank.licence),
        ("about", bank.about),
    ):
        yield from field(name, text)
    yield "levels:"
    for level in bank.levels:
        yield from entry([*field("name", level.name), *field("summary", level.summary)])
    yield "pillars:"
    for pillar in bank.pillars:
        yield from entry(_pillar(pillar))
    if bank.retired:
        yield f"retired: {flow(bank.retired)}"


def _pillar(pillar: Pillar) -> Iterator[str]:
    yield from field("key", pillar.key)
    yield from field("name", pillar.name)
    yield from field("group", pillar.group)
    yield from _weight(pillar.weight)
    yield from field("summary", pillar.summary)
    yield from field("short", pillar.short)
    yield "questions:"
    for question in pillar.questions:
        yield from entry(_question(question))


def _question(question: Question) -> Iterator[str]:
    yield from field("key", question.key)
    yield from field("text", question.text)
    yield from field("help", question.help)
    if question.covers:
        yield f"covers: {flow(question.covers)}"
    yield from _weight(question.weight)
    if question.essential_at is not None:
        yield f"essential_at: {question.essential_at}"
    yield from field("essential_reason", question.essential_reason)
    yield from field("short", question.short)
    if question.allows_na:
        yield "allows_na: true"
    yield from field("error", question.error)
    yield "anchors:"
    for anchor in question.anchors:
        yield from entry(["null"] if anchor is None else field(None, anchor))
    if question.next_steps:
        yield "next_steps:"
        for step in question.next_steps:
            yield from entry(_next_step(step))


def _next_step(step: NextStep) -> Iterator[str]:
    yield f"from: {step.from_level}"
    yield from field("action", step.action)
    yield from field("owner", step.owner)
    if step.effort is not None:
        yield f"effort: {number(step.effort)}"
    yield from field("horizon", step.horizon)
    if step.requires:
        yield f"requires: {flow(step.requires)}"


def _weight(weight: float) -> Iterator[str]:
    if weight != 1:
        yield f"weight: {number(weight)}"

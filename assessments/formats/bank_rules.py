"""What must hold between the parts of a bank: keys used once, something that weighs, references that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.scoring.bank import Bank

from .problems import Path, Problems, shown
from .tree import Node, line_of

type Finding = tuple[Path, str]
type Keyed = tuple[Path, str]


def check_rules(bank: Bank, root: Node, problems: Problems) -> None:
    """Note every broken rule with its line; keys that are no keys were noted before and are skipped."""
    for rule in (_repeated, _weightless, _reused, _dangling):
        for path, sentence in rule(bank):
            problems.add(line_of(root, path), path, sentence)


def question_paths(bank: Bank) -> Iterator[Keyed]:
    """Where each question key stands, in bank order."""
    for i, pillar in enumerate(bank.pillars):
        for j, question in enumerate(pillar.questions):
            yield ("pillars", i, "questions", j, "key"), question.key


def _repeated(bank: Bank) -> Iterator[Finding]:
    pillars = [(("pillars", i, "key"), pillar.key) for i, pillar in enumerate(bank.pillars)]
    retired = [(("retired", i), key) for i, key in enumerate(bank.retired)]
    for what, keyed in (("a pillar", pillars), ("a question", question_paths(bank)), ("a retired question", retired)):
        seen: set[str] = set()
        for path, key in keyed:
            if key and key in seen:
                yield path, f"{shown(key)} is the key of {what} before this one; every key is used once"
            seen.add(key)


def _weightless(bank: Bank) -> Iterator[Finding]:
    if bank.pillars and not any(pillar.weight for pillar in bank.pillars):
        yield ("pillars",), "every pillar weighs 0; at least one must weigh more"
    questions = [question for pillar in bank.pillars for question in pillar.questions]
    if questions and not any(question.weight for question in questions):
        yield ("pillars",), "every question weighs 0; at least one must weigh more"


def _reused(bank: Bank) -> Iterator[Finding]:
    retired = set(bank.retired)
    for path, key in question_paths(bank):
        if key and key in retired:
            yield path, f"{shown(key)} belongs to a retired question and is never used again; choose a new key"


def _dangling(bank: Bank) -> Iterator[Finding]:
    known = {key for _, key in question_paths(bank)}
    for i, pillar in enumerate(bank.pillars):
        for j, question in enumerate(pillar.questions):
            for k, step in enumerate(question.next_steps):
                for m, key in enumerate(step.requires):
                    if key and key not in known:
                        path = ("pillars", i, "questions", j, "next_steps", k, "requires", m)
                        yield path, f"there is no question {shown(key)} in this bank"

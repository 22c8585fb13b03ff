"""Snapshots of a version, pillar or question as plain JSON, to store, compare and restore.

Fields have the same names as in the bank's file and include the key of a pillar or question.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from assessments.models import Anchor, BankVersion, Level, NextStep, Pillar, Question

type Snapshot = dict[str, Any]

SHAPE_FIELDS = ("format", "scale", "choices", "gate", "groups", "index_of", "subsets")
VERSION_FIELDS = ("title", "language", "source", "licence", "attribution", "about", "retired", *SHAPE_FIELDS)
PILLAR_FIELDS = ("key", "name", "short", "group", "weight", "summary")
QUESTION_FIELDS = (
    *("key", "text", "help", "short", "error", "covers", "weight"),
    *("essential_at", "essential_reason", "allows_na", "central", "choices", "stage"),
)
LEVEL_FIELDS = ("name", "summary", "value")
STEP_FIELDS = ("action", "owner", "effort", "horizon", "requires")


def version_token(state: Snapshot | None) -> str:
    """A short hash of the snapshot."""
    return hashlib.sha256(json.dumps(state, sort_keys=True, default=str).encode()).hexdigest()[:32]


def state_of(row: BankVersion | Pillar | Question) -> Snapshot:
    """The stored state, regardless of the instance in memory."""
    if isinstance(row, BankVersion):
        return state_of_version(row)
    return state_of_pillar(row) if isinstance(row, Pillar) else state_of_question(row)


def state_of_version(version: BankVersion) -> Snapshot:
    """Its own texts and the names of its levels. Two queries."""
    current = BankVersion.objects.get(pk=version.pk)
    levels = [{name: getattr(level, name) for name in LEVEL_FIELDS} for level in current.levels.all()]
    return {**_fields(current, VERSION_FIELDS), "levels": levels}


def state_of_pillar(pillar: Pillar) -> Snapshot:
    """Its own fields; questions have their own snapshots."""
    return _fields(Pillar.objects.get(pk=pillar.pk), PILLAR_FIELDS)


def state_of_question(question: Question) -> Snapshot:
    """Its fields, an anchor or None a level, and its next steps. Four queries."""
    current = Question.objects.select_related("pillar__version").get(pk=question.pk)
    anchors = {anchor.level: anchor.text for anchor in current.anchors.all()}
    return {
        **_fields(current, QUESTION_FIELDS),
        "pillar": current.pillar.key,
        "anchors": [anchors.get(level) for level in range(1, current.pillar.version.levels.count() + 1)],
        "next_steps": [{"from": s.from_level, **_fields(s, STEP_FIELDS)} for s in current.next_steps.all()],
    }


def order_of(rows: Iterable[Pillar | Question]) -> Snapshot:
    return {"order": [row.key for row in rows]}


def _fields(row: Any, names: Iterable[str]) -> Snapshot:
    return {name: getattr(row, name) for name in names}


def put_version(version: BankVersion, state: Mapping[str, Any]) -> None:
    """Restore the version's own texts and levels."""
    _put(version, state, VERSION_FIELDS)
    version.levels.all().delete()
    Level.objects.bulk_create(
        Level(version=version, number=number, **level) for number, level in enumerate(state["levels"], start=1)
    )


def put_pillar(pillar: Pillar, state: Mapping[str, Any]) -> None:
    _put(pillar, state, PILLAR_FIELDS)


def put_question(question: Question, state: Mapping[str, Any]) -> None:
    """Restore the question, including its anchors and next steps."""
    _put(question, state, QUESTION_FIELDS)
    put_anchors(question, state["anchors"])
    question.next_steps.all().delete()
    NextStep.objects.bulk_create(
        NextStep(question=question, order=order, from_level=step["from"], **_fields_in(step, STEP_FIELDS))
        for order, step in enumerate(state["next_steps"])
    )


def put_anchors(question: Question, anchors: Iterable[str | None]) -> None:
    """Replace the question's descriptors; a level without text is not offered."""
    question.anchors.all().delete()
    Anchor.objects.bulk_create(
        Anchor(question=question, level=level, text=text) for level, text in enumerate(anchors, start=1) if text
    )


def _put(row: BankVersion | Pillar | Question, state: Mapping[str, Any], names: Iterable[str]) -> None:
    for name, value in _fields_in(state, names).items():
        setattr(row, name, value)
    row.save()


def _fields_in(state: Mapping[str, Any], names: Iterable[str]) -> Snapshot:
    """An older snapshot lacks fields that were added since."""
    return {name: state[name] for name in names if name in state}

"""The pillars, questions and next steps of a bank file, each with its field rules."""

from __future__ import annotations

from assessments.scoring.bank import HORIZONS, NextStep, Pillar, Question

from .cursor import Cursor, Record
from .problems import in_words
from .tree import Items

SHORT = 24  # characters; what fits beside a chart's axis


def read_pillar(cursor: Cursor) -> Pillar:
    record = cursor.record(("key", "name", "questions"), ("group", "weight", "summary", "short"))
    return Pillar(
        key=record.key("key"),
        name=record.text("name"),
        questions=tuple(_question(entry) for entry in few(record, "questions", 1, 40)),
        weight=_weight(record),
        group=record.optional_text("group"),
        summary=record.optional_text("summary"),
        short=_short(record),
    )


def _question(cursor: Cursor) -> Question:
    record = cursor.record(
        ("key", "text", "anchors"),
        ("help", "covers", "weight", "essential_at", "essential_reason", "short", "allows_na", "error", "next_steps"),
    )
    essential, allows_na = record["essential_at"], record["allows_na"]
    return Question(
        key=record.key("key"),
        text=record.text("text"),
        anchors=_anchors(record),
        weight=_weight(record),
        essential_at=None if essential is None else essential.whole(2, 5),
        essential_reason=record.optional_text("essential_reason"),
        allows_na=allows_na is not None and allows_na.flag(),
        help=record.optional_text("help"),
        error=record.optional_text("error"),
        short=_short(record),
        covers=tuple(entry.text(64) for entry in record.items("covers")),
        next_steps=tuple(_next_step(entry) for entry in record.items("next_steps")),
    )


def _anchors(record: Record) -> tuple[str | None, ...]:
    """Always five; a list of another length is noted."""
    entries = few(record, "anchors", 5, 5)
    anchors = tuple(None if entry.null() else entry.text() for entry in entries)
    if len(anchors) != 5:
        return ("",) * 5
    if anchors[0] is None:
        entries[0].refuse("level 1 must be offered; write its anchor")
    elif sum(anchor is not None for anchor in anchors) < 2:
        entries[1].refuse("at least two levels must be offered; write a second anchor")
    return anchors


def _next_step(cursor: Cursor) -> NextStep:
    record = cursor.record(("from", "action"), ("owner", "effort", "horizon", "requires"))
    start, effort = record["from"], record["effort"]
    months = None if effort is None else effort.number()
    if effort is not None and months is not None and months <= 0:
        effort.refuse("effort is in person-months and must be above 0")
    return NextStep(
        from_level=1 if start is None else start.whole(1, 5),
        action=record.text("action"),
        owner=record.optional_text("owner"),
        effort=months,
        horizon=record.one_of("horizon", HORIZONS),
        requires=tuple(entry.key() for entry in record.items("requires")),
    )


def _weight(record: Record) -> float:
    cursor = record["weight"]
    value = 1.0 if cursor is None else cursor.number()
    if cursor is None or value is None:
        return 1.0
    if value != 0 and not 0.001 <= value <= 1000:
        cursor.refuse(f"a weight is 0 or from 0.001 to 1000, found {value:g}")
    return value + 0.0  # never -0.0


def _short(record: Record) -> str | None:
    cursor = record["short"]
    return None if cursor is None else cursor.text(SHORT)


def few(record: Record, name: str, fewest: int, most: int) -> tuple[Cursor, ...]:
    """The entries of a list that has a right length; another length is noted."""
    cursor, entries = record[name], record.items(name)
    if cursor is not None and isinstance(cursor.node, Items) and not fewest <= len(entries) <= most:
        wanted = in_words(most) if fewest == most else f"{fewest} to {most}"
        cursor.refuse(f"{wanted} {name} expected, {in_words(len(entries))} found")
    return entries

"""Pillars as dots on 1-5 with interval, target, previous round and benchmark: ranked, or one or two pillars as bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.legend import LegendRow, legend
from assessments.charts.strips import (
    SCORES,
    SCREEN_HEIGHT,
    STRIP,
    STRIP_END,
    FileRow,
    Marks,
    grid,
    middle,
    rows_svg,
    strip_svg,
)
from assessments.charts.svg import Scale, drawing, element, text
from assessments.scoring.bank import LEVELS
from assessments.scoring.view import Axis, ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.numbers import optional
from assessments.wording.remarks import MAX_UNTARGETED, absence, interval_title, is_clear_gap, remark, short_absence
from assessments.wording.titles import alternative, gaps_title

FILE = Scale(1, (STRIP_END - STRIP) / 4, STRIP)


@dataclass(frozen=True)
class DotRow:
    """One pillar: its marks and its strip with the score, or the reason for a missing score."""

    key: str
    name: str
    marks: Marks | None = None
    strip: SafeString | None = None
    score: str | None = None
    interval: str | None = None
    remark: str = ""
    clear_gap: bool = False  # the gap exceeds its error
    absent: str | None = None
    short_absent: str | None = None


@dataclass(frozen=True)
class Dots:
    """The ranked rows with their legend."""

    title: str
    note: str | None
    gap_heading: str
    rows: tuple[DotRow, ...]
    has_interval: bool
    legend: tuple[LegendRow, ...]


def ranked_axes(view: ResultView) -> list[Axis]:
    """Highest score first; equal scores in bank order, pillars without a score last."""
    return sorted(view.axes, key=lambda axis: -(axis[1].score or 0.0))


def dots(view: ResultView, *, height: float = SCREEN_HEIGHT, peers: bool = True) -> Dots:
    """The pillars by descending score."""
    axes, before, others = ranked_axes(view), view.previous, view.medians if peers else {}
    few, scored = view.result.answered < 3, [axis for axis in axes if axis[1].score is not None]
    targeted = any(pillar.target is not None for _name, pillar in scored)
    rows = [_row(axis, before, others, few=few, targeted=targeted, height=height) for axis in axes]
    return Dots(
        title=gaps_title(view),
        note=_note(view.result.answered, [name for name, pillar in scored if targeted and pillar.target is None]),
        gap_heading=_("To target") if targeted else _("To the next whole score"),
        rows=tuple(rows),
        has_interval=any(row.interval for row in rows),
        legend=legend("pillars", "".join(row.strip or "" for row in rows)),
    )


def _row(
    axis: Axis, before: Mapping[str, float | None], peers: Mapping[str, float], *, few: bool, targeted: bool, height: float
) -> DotRow:  # fmt: skip
    name, pillar = axis
    if pillar.score is None:
        return DotRow(pillar.key, name, absent=absence(pillar), short_absent=short_absence(pillar))
    marks = marks_of(axis, before, peers)
    title = interval_title(pillar, marks.previous, marks.peers)
    return DotRow(
        pillar.key,
        name,
        marks,
        strip=score_strip(marks, title, height=height),
        score=numbers.score(pillar.score),
        interval=optional(numbers.interval, pillar.interval),
        remark=remark(pillar, few_people=few, targeted=targeted),
        clear_gap=is_clear_gap(pillar) and pillar.level is not None,
    )


def marks_of(axis: Axis, before: Mapping[str, float | None], peers: Mapping[str, float]) -> Marks:
    """The marks of a scored pillar."""
    _name, pillar = axis
    return Marks(
        score=pillar.score or 0.0,
        interval=pillar.interval,
        target=pillar.target,
        previous=before.get(pillar.key),
        peers=peers.get(pillar.key),
        provisional=pillar.status == "provisional",
    )


def score_strip(marks: Marks, title: str, *, height: float = SCREEN_HEIGHT, hidden: bool = False) -> SafeString:
    """One row of a page, with its title."""
    y = height / 2
    behind = grid(SCORES, LEVELS, y, height)
    return strip_svg(title, height, [*behind, *marks.on(SCORES, y, height)], hidden=hidden)


def scale_svg() -> SafeString:
    """The numbers 1-5 above strips, for layouts that cannot place them otherwise."""
    return strip_svg(_("Scale from 1 to 5"), 13, [
        element("text", str(level), x=SCORES.at(level), y=10, font_size=11, fill=palette.MUTED, text_anchor="middle")
        for level in LEVELS
    ])  # fmt: skip


def dots_svg(view: ResultView) -> SafeString:
    """All rows as one drawing, for a file."""
    head = [_number(level, FILE, 24) for level in LEVELS]
    rows = [_file_row(row, middle(place)) for place, row in enumerate(dots(view).rows)]
    return rows_svg("pillars", alternative(ranked_axes(view), radar=False), head, rows)


def _number(level: int, scale: Scale, y: float, size: float = 14) -> SafeString:
    return text(
        str(level), scale.position(level), y, size=size, fill=palette.MUTED, class_="muted", text_anchor="middle"
    )


def _file_row(row: DotRow, y: float) -> FileRow:
    if row.marks is None:
        return FileRow(row.name, (), absent=row.absent)
    behind = grid(FILE, LEVELS, y, SCREEN_HEIGHT)
    return FileRow(row.name, [*behind, *row.marks.on(FILE, y)], row.score or "", row.remark, row.clear_gap)


def _note(answered: int, untargeted: Sequence[str]) -> str | None:
    """What applies to several rows: how few people answered, and which pillars lack a target while others have one."""
    notes = [_few_people(answered)]
    if 0 < len(untargeted) <= MAX_UNTARGETED:
        notes.append(_("No target is set for %(pillars)s") % {"pillars": numbers.joined(untargeted)})
    elif untargeted:
        notes.append(
            _("%(count)s pillars have no target") % {"count": numbers.capitalised(numbers.in_words(len(untargeted)))}
        )
    return ". ".join(note for note in notes if note) or None


def _few_people(answered: int) -> str | None:
    """Shown once for the whole assessment instead of in every row."""
    if answered == 1:
        return _("One person’s view, so there is no interval")
    return _("Two views, too few for an interval") if answered == 2 else None


# One or two pillars, too few for a radar

BAR, BARS, ROW_STEP, TOP = 18, Scale(1, 85, 10), 58, 18  # bar height; x axis; row distance; space for the scale


def bars_svg(view: ResultView, *, size: float = 14) -> SafeString:
    """Bars from 1, in bank order, 360 units wide like the radar; `size` is the font size."""
    axes = view.axes
    marks = [
        mark for place, axis in enumerate(axes) for mark in _bar(axis, view.previous, TOP + ROW_STEP * place, size)
    ]
    numbers_ = [_number(level, BARS, 12, size * 0.86) for level in LEVELS]
    return drawing("bars", alternative(axes, radar=False), [*numbers_, *marks], 360, TOP + ROW_STEP * len(axes) + 4)


def _bar(axis: Axis, before: Mapping[str, float | None], top: float, size: float) -> Iterator[SafeString]:
    name, pillar = axis
    y = top + ROW_STEP - SCREEN_HEIGHT / 2
    yield text(name, 10, top + 16, size=size)
    yield from grid(BARS, LEVELS, y, SCREEN_HEIGHT)
    if pillar.score is None:
        return
    width, x = BARS.length(1, pillar.score), BARS.at(1)
    yield element("rect", class_="column", x=x, y=y - BAR / 2, width=width, height=BAR, fill=palette.RAMP[1])
    yield from marks_of(axis, before, {}).on(BARS, y)
    yield text(
        numbers.score(pillar.score), 350, top + 16, size=size, class_="value", font_weight=600, text_anchor="end"
    )

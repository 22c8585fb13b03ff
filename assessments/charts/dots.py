"""Pillars as dots on the axis of scores, with interval, target, previous round and benchmark: ranked, or one or two pillars as bars."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.axis import ScoreAxis, axis_of
from assessments.charts.legend import LegendRow, legend
from assessments.charts.strips import (
    SCREEN_HEIGHT,
    STRIP,
    STRIP_END,
    FileRow,
    Marks,
    grid,
    rows_svg,
    scale_strip,
    strip_svg,
)
from assessments.charts.svg import Scale, drawing, element, text, wrapped
from assessments.scoring.bank import Bank, Group
from assessments.scoring.view import Axis, ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.numbers import optional
from assessments.wording.remarks import (
    MAX_UNTARGETED,
    absence,
    group_absence,
    interval_title,
    is_clear_gap,
    remark,
    short_absence,
)
from assessments.wording.titles import alternative, gaps_title


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
    is_group: bool = False


@dataclass(frozen=True)
class Dots:
    """The ranked rows with their legend."""

    title: str
    note: str | None
    gap_heading: str
    rows: tuple[DotRow, ...]
    axis: ScoreAxis
    scale: SafeString  # the numbers of the axis
    range: str  # of the scores: `1 to 5`
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
    row = partial(_row, view.bank, before=before, peers=others, few=few, targeted=targeted, height=height)
    rows: list[DotRow] = []
    for heading, inside in _headed(view, axes):
        rows += [_group_row(view, heading, height)] if heading is not None else []
        rows += map(row, inside)
    return Dots(
        title=gaps_title(view),
        note=_note(view.result.answered, [name for name, pillar in scored if targeted and pillar.target is None]),
        gap_heading=_("To target") if targeted else _("Level"),
        rows=tuple(rows),
        axis=axis_of(view.bank),
        scale=scale_strip(axis_of(view.bank)),
        range=numbers.ends(view.bank.scale),
        has_interval=any(row.interval for row in rows),
        legend=legend("pillars", "".join(row.strip or "" for row in rows)),
    )


def _headed(view: ResultView, axes: Sequence[Axis]) -> Iterator[tuple[Group | None, list[Axis]]]:
    """The ranked axes of each group, in the order of the groups."""
    for heading, pillars in view.bank.sections:
        keys = {pillar.key for pillar in pillars}
        yield heading, [axis for axis in axes if axis[1].key in keys]


def _group_row(view: ResultView, group: Group, height: float) -> DotRow:
    """A heading with the group's own figure."""
    row = next(row for row in view.result.groups if row.key == group.key)
    if row.score is None:
        why = group_absence([view.rows[pillar.key] for pillar in view.bank.pillars if pillar.group == group.key])
        return DotRow(group.key, group.name, absent=why, short_absent=why, is_group=True)
    marks, title = Marks(row.score), _("Score on an axis from %(scale)s") % {"scale": numbers.ends(view.bank.scale)}
    strip = score_strip(marks, title, axis_of(view.bank), height=height)
    return DotRow(group.key, group.name, marks, strip, numbers.score(row.score), is_group=True)


def _row(
    bank: Bank, axis: Axis, before: Mapping[str, float | None], peers: Mapping[str, float], *,
    few: bool, targeted: bool, height: float,
) -> DotRow:  # fmt: skip
    name, pillar = axis
    if pillar.score is None:
        return DotRow(pillar.key, name, absent=absence(pillar), short_absent=short_absence(pillar))
    marks = marks_of(axis, before, peers)
    title = interval_title(pillar, bank.scale, marks.previous, marks.peers)
    return DotRow(
        pillar.key,
        name,
        marks,
        strip=score_strip(marks, title, axis_of(bank), height=height),
        score=numbers.score(pillar.score),
        interval=optional(numbers.interval, pillar.interval),
        remark=remark(bank, pillar, few_people=few, targeted=targeted),
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


def score_strip(
    marks: Marks, title: str, axis: ScoreAxis, *, height: float = SCREEN_HEIGHT, hidden: bool = False
) -> SafeString:
    """One row of a page, with its title."""
    y, percent = height / 2, axis.percent
    behind = grid(percent, axis.ticks, y, height)
    return strip_svg(title, height, [*behind, *marks.on(percent, y, height)], hidden=hidden)


def scale_svg(found: Dots) -> SafeString:
    """The numbers of the axis above strips, for layouts that cannot place them otherwise."""
    axis = found.axis
    style = {"fill": palette.MUTED, "text_anchor": "middle"}
    marks = [element("text", words, x=axis.percent.at(x), y=10, font_size=11, **style) for x, words in axis.labels]
    return strip_svg(axis.name, 13, marks)


def dots_svg(view: ResultView) -> SafeString:
    """All rows as one drawing, for a file."""
    axis = axis_of(view.bank)
    wide = axis.over(STRIP, STRIP_END - STRIP)
    rows = [_file_row(row, axis, wide) for row in dots(view).rows]
    title = alternative(ranked_axes(view), view.bank.scale, radar=False)
    return rows_svg("pillars", title, axis_numbers(axis, wide, 24), rows)


def axis_numbers(axis: ScoreAxis, scale: Scale, y: float, size: float = 14) -> list[SafeString]:
    """The numbers of the axis of a drawing for a file."""
    style = {"fill": palette.MUTED, "class_": "muted", "text_anchor": "middle"}
    return [text(words, scale.position(tick), y, size=size, **style) for tick, words in axis.labels]


def _file_row(row: DotRow, axis: ScoreAxis, wide: Scale) -> FileRow:
    marks = row.marks
    if marks is None:
        return FileRow(row.name, absent=row.absent)
    return FileRow(
        row.name,
        lambda y, height: [*grid(wide, axis.ticks, y, height), *marks.on(wide, y)],
        row.score or "",
        row.remark,
        row.clear_gap,
    )


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

BAR, ROW_STEP, TOP = 18, 58, 18  # bar height; row distance; space for the scale
ACROSS = (10, 340)  # start and length of the axis
NAME_ROOM = 300  # for a name, beside its score


def bars_svg(view: ResultView, *, size: float = 14) -> SafeString:
    """Bars from the lowest score, in bank order, 360 units wide like the radar; `size` is the font size."""
    axes, axis = view.axes, axis_of(view.bank)
    marks = [
        mark for place, row in enumerate(axes) for mark in _bar(row, axis, view.previous, TOP + ROW_STEP * place, size)
    ]
    head, title = (
        axis_numbers(axis, axis.over(*ACROSS), 12, size * 0.86),
        alternative(axes, view.bank.scale, radar=False),
    )
    return drawing("bars", title, [*head, *marks], 360, TOP + ROW_STEP * len(axes) + 4)


def _bar(
    row: Axis, axis: ScoreAxis, before: Mapping[str, float | None], top: float, size: float
) -> Iterator[SafeString]:
    (name, pillar), wide = row, axis.over(*ACROSS)
    y = top + ROW_STEP - SCREEN_HEIGHT / 2
    yield from (text(words, 10, top + 16, size=size) for words in wrapped(name, NAME_ROOM, size, lines=1))
    yield from grid(wide, axis.ticks, y, SCREEN_HEIGHT)
    if pillar.score is None:
        return
    width, x = wide.length(axis.low, pillar.score), wide.at(axis.low)
    yield element("rect", class_="column", x=x, y=y - BAR / 2, width=width, height=BAR, fill=palette.RAMP[1])
    yield from marks_of(row, before, {}).on(wide, y)
    yield text(
        numbers.score(pillar.score), 350, top + 16, size=size, class_="value", font_weight=600, text_anchor="end"
    )

"""Pillars ranked as dots: highest score first, those without a score last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.charts.dot_rows import SCREEN, Marks, strip_svg
from assessments.scoring.view import Axis, ResultView
from assessments.wording import numbers
from assessments.wording.remarks import absence, interval_title, is_clear_gap, remark, short_absence
from assessments.wording.titles import gaps_title

MOST_NAMED = 3


@dataclass(frozen=True)
class DotRow:
    """One pillar: its strip with the score, or the reason why it has none."""

    name: str
    strip: SafeString | None
    score: str | None
    interval: str | None
    remark: str
    clear_gap: bool  # the gap exceeds its error
    absent: str | None
    short_absent: str | None


@dataclass(frozen=True)
class Dots:
    """The ranked rows and what the key has to explain."""

    title: str
    note: str | None
    gap_heading: str
    rows: tuple[DotRow, ...]
    has_interval: bool
    has_target: bool
    has_previous: bool
    has_peers: bool
    has_provisional: bool


def dots(view: ResultView, *, height: float = SCREEN, peers: bool = True) -> Dots:
    """Rows in the order of the scores; pillars of one score keep the order of the bank."""
    axes, before, others = view.axes, view.previous, view.medians if peers else {}
    few = view.result.answered < 3
    scored = [(pillar.score, (name, pillar)) for name, pillar in axes if pillar.score is not None]
    ranked = [axis for _score, axis in sorted(scored, key=lambda pair: -pair[0])]
    unscored = [_absent(axis) for axis in axes if axis[1].score is None]
    targeted = any(pillar.target is not None for _name, pillar in ranked)
    return Dots(
        title=gaps_title(view),
        note=_note(view.result.answered, [name for name, pillar in ranked if targeted and pillar.target is None]),
        gap_heading=_("To target") if targeted else _("To the next whole score"),
        rows=(*(_row(axis, marks_of(axis, before, others), few, targeted, height) for axis in ranked), *unscored),
        has_interval=any(pillar.interval is not None for _name, pillar in ranked),
        has_target=targeted,
        has_previous=any(before.get(pillar.key) is not None for _name, pillar in ranked),
        has_peers=any(pillar.key in others for _name, pillar in ranked),
        has_provisional=any(pillar.status == "provisional" for _name, pillar in ranked),
    )


def marks_of(axis: Axis, before: Mapping[str, float | None], peers: Mapping[str, float]) -> Marks:
    """What a strip shows of a scored pillar."""
    _name, pillar = axis
    return Marks(
        score=pillar.score or 0.0,
        interval=pillar.interval,
        target=pillar.target,
        previous=before.get(pillar.key),
        peers=peers.get(pillar.key),
        provisional=pillar.status == "provisional",
    )


def _row(axis: Axis, marks: Marks, few: bool, targeted: bool, height: float) -> DotRow:
    name, pillar = axis
    return DotRow(
        name=name,
        strip=strip_svg(marks, interval_title(pillar, marks.previous, marks.peers), height=height),
        score=numbers.score(marks.score),
        interval=None if pillar.interval is None else numbers.interval(pillar.interval),
        remark=remark(pillar, few_people=few, targeted=targeted),
        clear_gap=is_clear_gap(pillar) and pillar.level is not None,
        absent=None,
        short_absent=None,
    )


def _absent(axis: Axis) -> DotRow:
    name, pillar = axis
    return DotRow(
        name=name,
        strip=None,
        score=None,
        interval=None,
        remark="",
        clear_gap=False,
        absent=absence(pillar),
        short_absent=short_absence(pillar),
    )


def _note(answered: int, untargeted: Sequence[str]) -> str | None:
    """What holds for more than one row: how few people there are, and which pillars have no target among others' ones."""
    notes = [_few_people(answered)]
    if 0 < len(untargeted) <= MOST_NAMED:
        notes.append(_("No target is set for %(pillars)s") % {"pillars": numbers.joined(untargeted)})
    elif untargeted:
        notes.append(
            _("%(count)s pillars have no target") % {"count": numbers.capitalised(numbers.in_words(len(untargeted)))}
        )
    return ". ".join(note for note in notes if note) or None


def _few_people(answered: int) -> str | None:
    """Said once for the whole assessment, rather than in every row."""
    if answered == 1:
        return _("One person’s view, so there is no interval")
    return _("Two views, too few for an interval") if answered == 2 else None

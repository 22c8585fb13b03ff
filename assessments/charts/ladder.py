"""The level as a staircase: its steps for the page, the drawing for a file, and the cover of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.svg import drawing, element, text, wrapped
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.next_steps import limit_of
from assessments.wording.remarks import pillar_names

WIDTH, MARGIN, GAP, BASE = 848, 8, 4, 120
TYPE, LINE = 14, 17
HEIGHTS = (48, 64, 80, 96, 112)
STEP_WIDTH = (WIDTH - 2 * MARGIN - 4 * GAP) / 5
COVER_STEP = 42
TOPS = (56, 42, 28, 14, 0)  # top of each cover step, in mm, in a drawing of 210 × 78


@dataclass(frozen=True)
class LadderStep:
    """One step: its level and name, and whether it is reached, current or next."""

    number: int
    name: str
    reached: bool
    current: bool
    next: bool
    note: str | None


def ladder(view: ResultView) -> tuple[LadderStep, ...]:
    """The levels that the bank offers, lowest first; without a level none is reached and none is next."""
    level = view.result.overall.level or -1
    offered = view.bank.levels[: max(view.bank.highest, level)]
    return tuple(
        LadderStep(number, each.name, number <= level, number == level, number == level + 1, _note(number, level, view))
        for number, each in enumerate(offered, start=1)
    )


def _note(number: int, level: int, view: ResultView) -> str | None:
    if number == level:
        return _("%(organisation)s is here") % {"organisation": view.organisation}
    return held_back(view) if number == level + 1 else None


def held_back(view: ResultView) -> str | None:
    """`Held back by Ethics`; more than two pillars are counted instead of named."""
    limit = limit_of(view)
    if limit is None:
        return None
    if len(limit.pillars) == limit.counted > 1:
        return _("Held back by every pillar")
    if len(limit.pillars) > 2:
        return _("Held back by %(count)s pillars") % {"count": numbers.in_words(len(limit.pillars))}
    return _("Held back by %(pillars)s") % {"pillars": pillar_names(view.bank, limit.pillars)}


def ladder_svg(view: ResultView) -> SafeString:
    """The drawing for a file: reached steps filled, the next one dashed, the names below."""
    steps = ladder(view)
    names = [wrapped(step.name, STEP_WIDTH, TYPE) for step in steps]
    notes = [wrapped(step.note, STEP_WIDTH, TYPE) if step.note else [] for step in steps]
    lines = max(len(name) + len(note) for name, note in zip(names, notes, strict=True))
    marks = [mark for step, *words in zip(steps, names, notes, strict=True) for mark in _step(step, *words)]
    return drawing("ladder", _sentence(steps), marks, WIDTH, BASE + LINE * lines + 2 * MARGIN)


def _step(step: LadderStep, name: Sequence[str], note: Sequence[str]) -> Iterator[SafeString]:
    x, height = MARGIN + (STEP_WIDTH + GAP) * (step.number - 1), HEIGHTS[step.number - 1]
    kind, border = "reached" if step.reached else "beyond", 1
    if step.current or step.next:
        kind, border = ("here", 3) if step.current else ("next", 2)
    yield element(
        "rect", class_=kind, x=x + border / 2, y=BASE - height + border / 2, width=STEP_WIDTH - border, height=height - border,
        rx=4, fill=palette.RAMP[step.number - 1] if step.reached else palette.PAPER,
        stroke=palette.TEXT if step.current else palette.BORDER, stroke_width=border,
        stroke_dasharray="4 3" if step.next else None,
    )  # fmt: skip
    color = palette.ON_RAMP[step.number - 1] if step.reached else palette.MUTED
    style = {"class_": "value", "text_anchor": "middle"}
    yield text(
        str(step.number), x + STEP_WIDTH / 2, BASE - height / 2 + 7, size=20, fill=color, font_weight=600, **style
    )
    for place, words in enumerate((*name, *note), start=1):
        is_name = place <= len(name)
        weight = 600 if is_name and step.current else None
        color = palette.TEXT if is_name or step.current else palette.MUTED
        yield text(words, x, BASE + LINE * place, size=TYPE, fill=color, font_weight=weight)


def _sentence(steps: Sequence[LadderStep]) -> str:
    here = next((step for step in steps if step.current), None)
    if here is None:
        return _("Level ladder of %(count)s steps. No level.") % {"count": numbers.in_words(len(steps))}
    text = _("Level ladder of %(count)s steps. %(level)s, %(name)s, is reached.")
    return text % {
        "count": numbers.in_words(len(steps)),
        "level": numbers.capitalised(numbers.level(here.number)),
        "name": here.name,
    }


def cover_svg(steps: Sequence[LadderStep]) -> SafeString:
    """The staircase across the width of a page, 210 × 78 mm, with the reached steps filled."""
    current = next((step for step in steps if step.current), None)
    title = _("No level") if current is None else _title(current, len(steps))
    marks = [mark for step in steps for mark in _cover_step(step)]
    edge = [] if current is None else [_edge(current)]
    size = {"width": "210mm", "height": "78mm", "viewBox": "0 0 210 78"}
    return element("svg", element("title", title), *marks, *edge, class_="steps", **size, role="img")


def _title(step: LadderStep, steps: int) -> str:
    return _("Level %(number)s of %(all)s, %(name)s") % {"number": step.number, "all": steps, "name": step.name}


def _cover_step(step: LadderStep) -> Iterator[SafeString]:
    left, top = COVER_STEP * (step.number - 1), TOPS[step.number - 1]
    color = palette.MUTED
    if step.reached:
        color, fill = palette.ON_RAMP[step.number - 1], palette.RAMP[step.number - 1]
        yield element("rect", x=left, y=top, width=COVER_STEP, height=78 - top, fill=fill)
    else:
        outline = f"M{left + 0.2:g} 78V{top + 0.2:g}H{left + COVER_STEP}"
        dashes = "1.2 1" if step.next else None
        yield element("path", d=outline, fill="none", stroke=palette.BORDER, stroke_width=0.25, stroke_dasharray=dashes)
    yield text(str(step.number), left + 4, top + 8.5, size=6, fill=color, font_weight=600)
    yield text(step.name, left + 4, top + 14, size=3.7, fill=color, font_weight=600 if step.current else 400)


def _edge(step: LadderStep) -> SafeString:
    left, top = COVER_STEP * (step.number - 1), TOPS[step.number - 1]
    return element("rect", x=left, y=top, width=COVER_STEP, height=1, fill=palette.TEXT)

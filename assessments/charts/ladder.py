"""The level as a staircase: the steps of the page, and the cover of the report that is the ladder itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.charts import palette
from assessments.charts.markup import element, text
from assessments.scoring.view import ResultView
from assessments.wording import numbers
from assessments.wording.constraint import hold
from assessments.wording.names import pillar_names

STEP_WIDTH = 42
TOPS = (56, 42, 28, 14, 0)  # of the cover's steps, in mm from the top of a drawing 210 × 78


@dataclass(frozen=True)
class Step:
    """One step: its level and name, whether it is reached, is where the organisation stands, or comes next."""

    number: int
    name: str
    reached: bool
    current: bool
    next: bool
    note: str | None


def ladder(view: ResultView) -> tuple[Step, ...]:
    """Five steps, lowest first; without a level none is reached and none comes next."""
    return tuple(_step(number, level.name, view) for number, level in enumerate(view.bank.levels, start=1))


def _step(number: int, name: str, view: ResultView) -> Step:
    level = view.result.overall.level
    return Step(
        number=number,
        name=name,
        reached=level is not None and number <= level,
        current=number == level,
        next=level is not None and number == level + 1,
        note=_note(number, view),
    )


def _note(number: int, view: ResultView) -> str | None:
    level = view.result.overall.level
    if level is None:
        return None
    if number == level:
        return _("%(organisation)s is here") % {"organisation": view.organisation}
    return held_back(view) if number == level + 1 else None


def held_back(view: ResultView) -> str | None:
    """`Held back by Ethics`; many pillars are counted rather than named."""
    held = hold(view)
    if held is None:
        return None
    if len(held.pillars) == held.counted > 1:
        return _("Held back by every pillar")
    if len(held.pillars) > 2:
        return _("Held back by %(count)s pillars") % {"count": numbers.in_words(len(held.pillars))}
    return _("Held back by %(pillars)s") % {"pillars": pillar_names(view.bank, held.pillars)}


def cover_svg(steps: Sequence[Step]) -> SafeString:
    """The staircase over the width of a page, 210 × 78 mm, filled as far as it is earned."""
    current = next((step for step in steps if step.current), None)
    title = _("No level") if current is None else _title(current, len(steps))
    marks = [mark for step in steps for mark in _cover_step(step)]
    line = [] if current is None else [_edge(current)]
    return element(
        "svg",
        element("title", title),
        *marks,
        *line,
        class_="steps",
        width="210mm",
        height="78mm",
        viewBox="0 0 210 78",
        role="img",
    )


def _title(step: Step, steps: int) -> str:
    return _("Level %(number)s of %(all)s, %(name)s") % {"number": step.number, "all": steps, "name": step.name}


def _cover_step(step: Step) -> Iterator[SafeString]:
    left, top = STEP_WIDTH * (step.number - 1), TOPS[step.number - 1]
    colour = palette.MUTED
    if step.reached:
        colour = palette.ON_RAMP[step.number - 1]
        fill = palette.RAMP[step.number - 1]
        yield element("rect", x=left, y=top, width=STEP_WIDTH, height=78 - top, fill=fill)
    else:
        outline = f"M{left + 0.2:g} 78V{top + 0.2:g}H{left + STEP_WIDTH}"
        dashes = "1.2 1" if step.next else None
        yield element("path", d=outline, fill="none", stroke=palette.BORDER, stroke_width=0.25, stroke_dasharray=dashes)
    weight = 600 if step.current else 400
    yield text(str(step.number), left + 4, top + 8.5, size=6, fill=colour, font_weight=600)
    yield text(step.name, left + 4, top + 14, size=3.7, fill=colour, font_weight=weight)


def _edge(step: Step) -> SafeString:
    left, top = STEP_WIDTH * (step.number - 1), TOPS[step.number - 1]
    return element("rect", x=left, y=top, width=STEP_WIDTH, height=1, fill=palette.TEXT)

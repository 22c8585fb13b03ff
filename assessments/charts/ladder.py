"""The level as a staircase: its steps for the page, the drawing for a file, and the cover of the report."""

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
LOWEST, HIGHEST = 48, 112  # heights of the first and the last step
PAGE, COVER, DEEPEST = 210, 78, 56  # in mm: width and height of the cover's drawing, and top of its lowest step
NAME_SIZE, NAME_LINE = 3.7, 4.6  # of a name on the cover, in mm


@dataclass(frozen=True)
class LadderStep:
    """One step: its level and name, and whether it is reached, current or next."""

    place: int  # from 1
    number: int  # as the bank counts it
    name: str
    reached: bool
    current: bool
    next: bool
    note: str | None
    of: int = 5  # steps of the ladder

    @property
    def rise(self) -> float:
        """How far up the ladder it is, 0-1."""
        return (self.place - 1) / (self.of - 1) if self.of > 1 else 1.0

    @property
    def percent(self) -> int:
        """The same in whole per cent."""
        return round(100 * self.rise)

    @property
    def look(self) -> str:
        """Its classes on a page."""
        names = [f"l{self.tone}", f"rise-{self.percent}", "reached" * self.reached, "next" * self.next]
        return " ".join(filter(None, names))

    @property
    def tone(self) -> str:
        """The colour of a reached step."""
        return palette.tone(self.place, self.of)


def ladder(view: ResultView) -> tuple[LadderStep, ...]:
    """The levels that the bank offers, lowest first; without a level none is reached and none is next."""
    level = view.result.overall.level or -1
    offered = view.bank.levels[: max(view.bank.highest, level)]
    return tuple(
        LadderStep(
            number,
            view.bank.level_number(number),
            each.name,
            reached=number <= level,
            current=number == level,
            next=number == level + 1,
            note=_note(number, level, view),
            of=len(offered),
        )
        for number, each in enumerate(offered, start=1)
    )


def _note(number: int, level: int, view: ResultView) -> str | None:
    if number == level:
        return _("%(organisation)s is here") % {"organisation": view.organisation}
    return held_back(view) if number == level + 1 else None


def held_back(view: ResultView) -> str | None:
    """`Held back by Ethics`; more than two pillars are counted instead of named."""
    limit = limit_of(view)
    if limit is None or limit.counted == 1:
        return None
    if len(limit.pillars) == limit.counted > 1:
        return _("Held back by every pillar")
    if len(limit.pillars) > 2:
        return _("Held back by %(count)s pillars") % {"count": numbers.in_words(len(limit.pillars))}
    return _("Held back by %(pillars)s") % {"pillars": pillar_names(view.bank, limit.pillars)}


def ladder_svg(view: ResultView) -> SafeString:
    """The drawing for a file: reached steps filled, the next one dashed, the names below."""
    steps = ladder(view)
    wide = _width(len(steps))
    names = [wrapped(step.name, wide, TYPE) for step in steps]
    notes = [wrapped(step.note, wide, TYPE) if step.note else [] for step in steps]
    lines = max(len(name) + len(note) for name, note in zip(names, notes, strict=True))
    marks = [mark for step, *words in zip(steps, names, notes, strict=True) for mark in _step(step, *words)]
    return drawing("ladder", _sentence(steps), marks, WIDTH, BASE + LINE * lines + 2 * MARGIN)


def _width(steps: int) -> float:
    return (WIDTH - 2 * MARGIN - (steps - 1) * GAP) / steps


def _step(step: LadderStep, name: Sequence[str], note: Sequence[str]) -> Iterator[SafeString]:
    wide, height = _width(step.of), LOWEST + (HIGHEST - LOWEST) * step.rise
    x = MARGIN + (wide + GAP) * (step.place - 1)
    kind, border = "reached" if step.reached else "beyond", 1
    if step.current or step.next:
        kind, border = ("here", 3) if step.current else ("next", 2)
    yield element(
        "rect", class_=kind, x=x + border / 2, y=BASE - height + border / 2, width=wide - border, height=height - border,
        rx=4, fill=palette.FILL[step.tone] if step.reached else palette.PAPER,
        stroke=palette.TEXT if step.current else palette.BORDER, stroke_width=border,
        stroke_dasharray="4 3" if step.next else None,
    )  # fmt: skip
    color = palette.ON_FILL[palette.FILL[step.tone]] if step.reached else palette.MUTED
    style = {"class_": "value", "text_anchor": "middle"}
    yield text(str(step.number), x + wide / 2, BASE - height / 2 + 7, size=20, fill=color, font_weight=600, **style)
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
        "level": numbers.capitalised(_("level\u00a0%(number)s") % {"number": here.number}),
        "name": here.name,
    }


def cover_svg(steps: Sequence[LadderStep]) -> SafeString:
    """The staircase across the width of a page, 210 × 78 mm, with the reached steps filled."""
    current = next((step for step in steps if step.current), None)
    title = _("No level") if current is None else _title(current, steps[-1].number)
    marks = [mark for step in steps for mark in _cover_step(step)]
    edge = [] if current is None else [_edge(current)]
    size = {"width": f"{PAGE}mm", "height": f"{COVER}mm", "viewBox": f"0 0 {PAGE} {COVER}"}
    return element("svg", element("title", title), *marks, *edge, class_="steps", **size, role="img")


def _title(step: LadderStep, highest: int) -> str:
    return _("Level %(number)s of %(all)s, %(name)s") % {"number": step.number, "all": highest, "name": step.name}


def _cover_step(step: LadderStep) -> Iterator[SafeString]:
    left, top, wide = _cover_place(step)
    color = palette.MUTED
    if step.reached:
        fill = palette.FILL[step.tone]
        color = palette.ON_FILL[fill]
        yield element("rect", x=left, y=top, width=wide, height=COVER - top, fill=fill)
    else:
        outline = f"M{left + 0.2:g} {COVER}V{top + 0.2:g}H{left + wide:g}"
        dashes = "1.2 1" if step.next else None
        yield element("path", d=outline, fill="none", stroke=palette.BORDER, stroke_width=0.25, stroke_dasharray=dashes)
    yield text(str(step.number), left + 4, top + 8.5, size=6, fill=color, font_weight=600)
    lines = wrapped(step.name, wide - 5, NAME_SIZE, lines=int((COVER - top - 14) // NAME_LINE) + 1)
    for place, words in enumerate(lines):
        y, weight = top + 14 + NAME_LINE * place, 600 if step.current else 400
        yield text(words, left + 4, y, size=NAME_SIZE, fill=color, font_weight=weight)


def _cover_place(step: LadderStep) -> tuple[float, float, float]:
    """Left edge, top and width in mm."""
    wide = PAGE / step.of
    return round(wide * (step.place - 1), 2), DEEPEST * (1 - step.rise), wide


def _edge(step: LadderStep) -> SafeString:
    left, top, wide = _cover_place(step)
    return element("rect", x=left, y=top, width=wide, height=1, fill=palette.TEXT)

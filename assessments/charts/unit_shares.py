"""How many units are at each level, as one bar in the colours of the levels."""

from collections.abc import Iterator

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.strips import SCREEN_HEIGHT, SHARES, strip_svg
from assessments.charts.svg import Attribute, element
from assessments.scoring.bank import Bank
from assessments.scoring.units import Rollup
from assessments.wording import numbers, units as words

BAR, TOP = 30, 3  # px
ROOM, LEAST = 0.12, 0.05  # shares that have room for two lines, and for one


def unit_shares(bank: Bank, name: str, rollup: Rollup) -> SafeString | None:
    """A part for each level that a unit has, with its number and share as far as they have room; None without any."""
    found = [(level, share) for level, share in (rollup.share_by_level or {}).items() if share]
    if not found:
        return None
    marks, start = [], 0.0
    for level, share in found:
        marks.append(_part(bank, level, start, share))
        start += share
    return strip_svg(f"{name}: {words.shares(bank, rollup)}", SCREEN_HEIGHT, marks, name="strip unit-shares")


def _part(bank: Bank, level: int, start: float, share: float) -> SafeString:
    tone = palette.tone(level, len(bank.levels))
    place: dict[str, Attribute] = {"x": SHARES.at(start), "width": SHARES.at(share)}
    bar = element(
        "rect", **place, y=TOP, height=BAR, fill=palette.FILL[tone], stroke=palette.PAPER, stroke_width=2
    )  # fmt: skip
    return element("g", bar, *_words(bank, level, start, share, tone), class_=f"l{tone}")


def _words(bank: Bank, level: int, start: float, share: float, tone: str) -> Iterator[SafeString]:
    """The number of the level and, if there is room, the share below it."""
    style: dict[str, Attribute] = {"text_anchor": "middle", "font_family": palette.FONT}
    style["fill"] = palette.ON_FILL[palette.FILL[tone]]
    middle = SHARES.at(start + share / 2)
    lines = [] if share < LEAST else [bank.level_text(level)]
    lines += [numbers.percent(share)] if share >= ROOM else []
    for row, line in enumerate(lines):
        y = SCREEN_HEIGHT / 2 + 4 if len(lines) == 1 else 16 + 13 * row
        yield element("text", line, x=middle, y=y, font_size=12 - row, font_weight=None if row else "600", **style)

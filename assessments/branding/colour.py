"""Whether a colour has enough contrast with its background, by WCAG 2.2."""

import colorsys
import math
import re
from dataclasses import dataclass
from itertools import chain

from django.utils.formats import number_format

PAPER, DARK = "#FFFFFF", "#12161C"  # the backgrounds in tokens.css, light and dark
TEXT, RULE = 4.5, 3.0  # minimum contrast of text (1.4.3) and of meaningful lines (1.4.11)
STEPS = 1000


@dataclass(frozen=True)
class ContrastVerdict:
    """A colour's contrast with white, for text, and its shade for lines on the dark background; from 1 to 21."""

    colour: str
    on_paper: float
    for_dark: str

    @property
    def is_accepted(self) -> bool:
        return self.on_paper >= TEXT

    @property
    def is_lightened(self) -> bool:
        """Whether the colour is another one on the dark background."""
        return self.for_dark != self.colour


def colour_in(text: str) -> str | None:
    """`#0D49BB` from user input: with or without `#`, three or six digits. None for anything else."""
    found = re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", text.strip().lower())
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return f"#{digits.upper()}"


def verdict(colour: str) -> ContrastVerdict:
    """Check a colour in the form `#RRGGBB`."""
    return ContrastVerdict(colour, contrast(colour, PAPER), nearest(colour, DARK, RULE))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest(colour: str, ground: str = PAPER, least: float = TEXT) -> str:
    """The shade of the same hue and saturation with the closest lightness that has enough contrast with `ground`."""
    if contrast(colour, ground) >= least:
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    away = (step / STEPS for step in range(STEPS + 1))
    shades = chain.from_iterable((lightness - step, lightness + step) for step in away)
    found = (_written(hue, shade, saturation) for shade in shades if 0 <= shade <= 1)
    return next(shade for shade in found if contrast(shade, ground) >= least)


def ratio(value: float) -> str:
    """`4.4:1`, or `4,4:1` by locale; rounded down, so that a rejected ratio never looks like the required one."""
    return f"{number_format(math.floor(value * 10) / 10, 1)}:1"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _written(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in colorsys.hls_to_rgb(hue, lightness, saturation))

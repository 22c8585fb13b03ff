"""Every number shown to people, as text. Rounding is half up and happens only here.

Localised throughout: the decimal mark and the percent sign follow the active language.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise

from assessments.scoring.bank import Bank, Scale
from assessments.scoring.figures import Interval
from assessments.scoring.tolerance import rounded as rounded  # noqa: PLC0414 - part of what this module offers
from assessments.sentences import gettext as _, gettext_lazy, ngettext, pgettext, pgettext_lazy

HORIZONS: dict[str, Promise] = {
    "90d": gettext_lazy("90 days"),
    "6m": gettext_lazy("6 months"),
    "12m": gettext_lazy("12 months"),
}
THRESHOLDS = (50, 80, 85, 100)  # per cent, for coverage and attainment
WORDS: tuple[Promise, ...] = (
    pgettext_lazy("how many", "no"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"),
    gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"),
    gettext_lazy("ten"),
)  # fmt: skip


def decimal(value: float, places: int = 1) -> str:
    """`2.9`, `−0.2`: a minus sign rather than a hyphen, and never minus zero."""
    number = rounded(value, places)
    text = number_format(abs(number), decimal_pos=places)
    return f"−{text}" if number < 0 else text


def signed(value: float, places: int = 1) -> str:
    """`+0.3`, `−0.2`, and `0.0` without a sign."""
    text = decimal(value, places)
    return f"+{text}" if rounded(value, places) > 0 else text


def difference(before: float, after: float) -> str:
    """How far apart two scores are as printed, so that a reader who subtracts them gets the same: `+0.3`."""
    return signed(apart(before, after))


def apart(low: float, high: float) -> float:
    """`high - low`, of both as printed."""
    return float(rounded(high) - rounded(low))


def optional[T](form: Callable[[T], str], value: T | None) -> str | None:
    """A number in this form; None stays None."""
    return None if value is None else form(value)


def score(value: float) -> str:
    """A score, an index or a target on the bank's scale: `2.9`."""
    return decimal(value)


def point(value: float) -> str:
    """A point of a scale, with a decimal only if it has one: `5`, `0.5`."""
    return decimal(value, 1 if rounded(value) % 1 else 0)


def ends(scale: Scale) -> str:
    """The scale of the scores: `1 to 5`, `0 to 3`."""
    return _("%(low)s to %(high)s") % {"low": point(scale.low), "high": point(scale.high)}


def interval(ends: Interval) -> str:
    """A 90 % interval: `2.7–3.1`, and `2.8–2.8` if it is narrow, because one number would read as no interval."""
    return "–".join(map(decimal, ends))


def span(ends: Interval) -> str:
    """What a figure can be: `2.4–3.0`, or one number if both ends print the same."""
    low, high = map(decimal, ends)
    return low if low == high else f"{low}–{high}"


def agreement(value: float) -> str:
    """r*wg to two decimals: `0.72`; negative values keep their sign."""
    return decimal(value, 2)


def gain(value: float, scale: Scale) -> str | None:
    """Points of the 0-100 index as points of the index on its scale: `+0.03`, `under 0.01`; None if there is no gain."""
    points = value / scale.points
    if rounded(points, 9) <= 0:
        return None
    return signed(points, 2) if rounded(points, 2) else under(0.01, 2)


def under(least: float, places: int = 1) -> str:
    """`under 0.1`, for what would print as zero and is not."""
    return _("under %(least)s") % {"least": decimal(least, places)}


def percent(share: float) -> str:
    """A share of 0-1 as whole per cent: `86%`."""
    return _percent(rounded(share * 100, 0))


def coverage(share: float) -> str:
    """The same for a share that was compared with a threshold: never rounded up to a threshold that it missed.

    49.6 per cent prints as `49%` if half is needed, and only a complete share prints as `100%`.
    """
    exact = Decimal(repr(round(share * 100, 9)))
    percent = exact.quantize(Decimal(1), ROUND_HALF_UP)
    missed = any(exact < threshold <= percent for threshold in THRESHOLDS)
    return _percent(percent - 1 if missed else percent)


def _percent(number: Decimal) -> str:
    return _("%(number)s%%") % {"number": number_format(number, decimal_pos=0)}


def months(effort: float) -> str:
    """Person-months with as many decimals as they have: `0.5`, `1`."""
    number = rounded(effort).normalize()
    return number_format(number, decimal_pos=1 if number % 1 else 0)


def effort(value: float) -> str:
    """`0.5 person-months`, `1 person-month`."""
    # Singular only if it prints as exactly 1: one half is a plural too.
    unit = ngettext("%(months)s person-month", "%(months)s person-months", 1 if rounded(value) == 1 else 2)
    return unit % {"months": months(value)}


def horizon(value: str) -> str:
    """`90d` as `90 days`; an unknown horizon is returned unchanged."""
    return str(HORIZONS.get(value, value))


def in_words(count: int) -> str:
    """A count as a word up to ten, then as a numeral."""
    return str(WORDS[count]) if 0 <= count < len(WORDS) else number_format(count)


def people(count: int) -> str:
    """`1 person`, `6 people`."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": number_format(count)}


def answered_of(answered: int, invited: int | None) -> str:
    """`6 of 8 invited people answered`; only the people who answered if `invited` is None or one."""
    if invited is None or answered == invited == 1:
        return ngettext("%(answered)s person answered", "%(answered)s people answered", answered) % {
            "answered": number_format(answered)
        }
    text = ngettext(
        "%(answered)s of %(invited)s invited person answered",
        "%(answered)s of %(invited)s invited people answered",
        invited,
    )
    return text % {"answered": number_format(answered), "invited": number_format(invited)}


def file_size(size: int) -> str:
    """Bytes as `240 KB` or `1.2 MB`, in thousands."""
    if size < 1_000_000:
        return _("%(size)s KB") % {"size": number_format(max(1, round(size / 1000)))}
    return _("%(size)s MB") % {"size": decimal(size / 1_000_000)}


def quarter(day: date) -> str:
    """`Q4 2026`."""
    return _("Q%(quarter)d %(year)d") % {"quarter": (day.month + 2) // 3, "year": day.year}


def joined(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    *first, last = names
    return pgettext("the end of a list", "%(first)s and %(last)s") % {"first": listed(first), "last": last}


def capitalised(text: str) -> str:
    """The first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def level(bank: Bank, level: int) -> str:
    """`level 2` as the bank counts its levels, with a no-break space between the word and the number."""
    return _("level\u00a0%(number)s") % {"number": bank.level_number(level)}


def listed(items: Sequence[str]) -> str:
    """`A, B, C`, without a conjunction."""
    return _(", ").join(items)

"""A trend in sentences: a line is called rising or falling only if it can be told from chance."""

from collections.abc import Sequence

from assessments.scoring.bank import Bank
from assessments.scoring.trend import Trend
from assessments.scoring.view import TrendHistory
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers

QUARTERS, PLACES, MAX_NAMED = 4, 2, 2


def trend_title(bank: Bank, history: TrendHistory) -> str:
    """The finding: which pillars rise and fall, by name or number."""
    trends = history.trends.pillars
    if not history.common:
        return _("No question was answered in each assessment")
    if all(trend.slope_per_year is None for trend in trends):
        return _("Too few people answered to show a trend")
    rising, falling = (_names(bank, trends, verdict) for verdict in ("rising", "falling"))
    parts = [*([_risen(rising)] if rising else []), *([_fallen(falling)] if falling else [])]
    return (
        numbers.capitalised(numbers.listed(parts)) if parts else _("No pillar has a trend that can be told from chance")
    )


def _risen(names: Sequence[str]) -> str:
    return ngettext("%(pillars)s is rising", "%(pillars)s are rising", len(names)) % {"pillars": _those(names)}


def _fallen(names: Sequence[str]) -> str:
    return ngettext("%(pillars)s is falling", "%(pillars)s are falling", len(names)) % {"pillars": _those(names)}


def _names(bank: Bank, trends: Sequence[Trend], verdict: str) -> list[str]:
    names = {pillar.key: pillar.short or pillar.name for pillar in bank.pillars}
    return [names[trend.key or ""] for trend in trends if trend.verdict == verdict]


def _those(names: Sequence[str]) -> str:
    if len(names) <= MAX_NAMED:
        return numbers.joined(names)
    return _("%(count)s pillars") % {"count": numbers.in_words(len(names))}


def sentence(trend: Trend) -> str:
    """`Rising since Q2 2026, +0.18 a quarter (90%: +0.07 to +0.29)`, or why there is no trend."""
    if trend.points[0].score is None:
        return _("Not shown, because it would tell what one or two people answered")
    if trend.slope_per_year is None or trend.interval is None:
        return _("No line: it takes three people in each of three assessments on different days")
    if trend.verdict == "none":
        text = _("No trend can be told from chance in %(count)s assessments")
        return text % {"count": numbers.in_words(len(trend.points))}
    text = _("Falling since %(start)s, %(slope)s a quarter (90%%: %(interval)s)")
    if trend.verdict == "rising":
        text = _("Rising since %(start)s, %(slope)s a quarter (90%%: %(interval)s)")
    facts = {"slope": slope(trend), "interval": interval(trend)}
    return text % {"start": numbers.quarter(trend.points[0].date), **facts}


def slope(trend: Trend) -> str | None:
    """Points of the scale a quarter: `+0.18`."""
    return None if trend.slope_per_year is None else numbers.signed(trend.slope_per_year / QUARTERS, PLACES)


def interval(trend: Trend) -> str | None:
    """The 90 % interval of the same: `+0.07 to +0.29`."""
    if trend.interval is None:
        return None
    low, high = (numbers.signed(end / QUARTERS, PLACES) for end in trend.interval)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def verdict(trend: Trend) -> str:
    if trend.slope_per_year is None:
        return _("no line")
    return {"rising": _("rising"), "falling": _("falling"), "none": _("no trend")}[trend.verdict]


def notes(bank: Bank, history: TrendHistory) -> list[str]:
    """What the lines rest on, what is not shown, and how they are judged."""
    text = ngettext(
        "Scored on the %(common)s of %(all)s questions that was answered in each assessment.",
        "Scored on the %(common)s of %(all)s questions that were answered in each assessment.",
        history.common,
    )
    names = [pillar.short or pillar.name for pillar in bank.pillars if pillar.key in history.withheld]
    hidden = _("Not shown, because it would tell what one or two people answered: %(pillars)s.")
    people = _("The same people answered each time, so their answers are compared person by person.")
    if history.trends.overall.people == "different":
        people = _("Not always the same people answered, so the scores of the assessments are compared.")
    judged = _("A pillar rises or falls only if its line would stand out among those of all pillars.")
    return [
        text % {"common": history.common, "all": history.questions},
        *([hidden % {"pillars": numbers.joined([*names, _("the index")])}] if history.withheld else []),
        people,
        judged,
    ]

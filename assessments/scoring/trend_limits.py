"""What a trend may not show. The rule is the same for every reader of an assessment, and stricter than that of one result.

A pillar is *closed* if a question of it has fewer than five counted numbers in one of the assessments. Then its scores
and its line are told to one decimal without the interval of a score, and if the line rests on part of the pillar's
answered questions, nothing is told: a second score, on part of the questions, would narrow down single answers.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .bank import Pillar
from .figures import Interval
from .minimum_respondents import may_show, numbers_of
from .question import Tally
from .tolerance import rounded
from .trend import DAYS, Dated, Prepared, Trend, TrendPoint, Trends, trends_of

COARSE = 1  # decimals


@dataclass(frozen=True)
class TrendLimit:
    """Who counts in one assessment (None: no limits), the pillars of its own bank whose score its readers may not see,
    and whether it shows no question at all."""

    eligible: frozenset[str] | None = None
    withheld: frozenset[str] = frozenset()
    shows_no_question: bool = False


@dataclass(frozen=True)
class LimitedTrends:
    """Trends without what may not be shown; `withheld` are the keys of pillars left out."""

    trends: Trends
    withheld: frozenset[str] = frozenset()


def limited_trends(found: Prepared, limits: Sequence[TrendLimit]) -> LimitedTrends:
    """The trends within the limits of their assessments, which are in the order of `found.dated`."""
    trends, closed, hidden = trends_of(found), set[str](), set[str]()
    for place, limit in enumerate(limits):
        if limit.eligible is not None:
            few = _questions_of_few(found.dated[place], found.rounds[place].tallies, limit)
            closed |= {pillar.key for pillar in found.latest.pillars if few & _keys(pillar)}
            hidden |= set(_hidden(found, place, limit, few))
    span = (found.dated[-1].day - found.dated[0].day).days / DAYS
    pillars = tuple(
        _coarse(trend, span) if trend.key in closed else trend for trend in trends.pillars if trend.key not in hidden
    )
    overall = _coarse(trends.overall, span) if closed else trends.overall
    return LimitedTrends(Trends(_empty(overall) if hidden else overall, pillars), frozenset(hidden))


def _keys(pillar: Pillar) -> frozenset[str]:
    return frozenset(question.key for question in pillar.questions)


def _questions_of_few(dated: Dated, tallies: Mapping[str, Tally], limit: TrendLimit) -> frozenset[str]:
    """The questions with a number whose distribution is not shown."""
    given = {key: tally.n for key, tally in tallies.items() if tally.n}
    if limit.shows_no_question:
        return frozenset(given)
    everyone = all(person.id in (limit.eligible or ()) for person in dated.answers.respondents)
    counted = given if everyone else numbers_of(dated.bank, dated.answers, limit.eligible)
    return frozenset(key for key in given if not may_show("distribution", counted[key], confidential=True))


def _hidden(found: Prepared, place: int, limit: TrendLimit, few: Collection[str]) -> Iterator[str]:
    """The pillars of the latest bank that share questions with a hidden one, or rest on part of a closed one."""
    bank, tallies = found.dated[place].bank, found.rounds[place].tallies
    for own in bank.pillars:
        answered = {key for key in _keys(own) if tallies[key].state == "answered"}
        part = answered & found.shared
        if own.key in limit.withheld or (part != answered and answered & set(few)):
            yield from (later.key for later in found.latest.pillars if part & _keys(later))


def _coarse(trend: Trend, span: float) -> Trend:
    """The trend as printed: the rise over the whole span to one decimal, so that a short span tells no more."""
    return replace(
        trend,
        points=tuple(TrendPoint(one.date, _one(one.score), None) for one in trend.points),
        slope_per_year=None if trend.slope_per_year is None else _over(trend.slope_per_year, span),
        se=None,
        interval=_ends(trend.interval, span),
    )


def _empty(trend: Trend) -> Trend:
    points = tuple(TrendPoint(one.date, None, None) for one in trend.points)
    return replace(trend, points=points, slope_per_year=None, se=None, interval=None, verdict="none")


def _one(value: float | None) -> float | None:
    return None if value is None else float(rounded(value, COARSE))


def _over(slope: float, span: float) -> float:
    return float(rounded(slope * span, COARSE)) / span


def _ends(pair: Interval | None, span: float) -> Interval | None:
    return None if pair is None else (_over(pair[0], span), _over(pair[1], span))

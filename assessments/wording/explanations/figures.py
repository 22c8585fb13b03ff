"""Coverage, score, bounds and interval of a pillar as lines of arithmetic."""

from collections.abc import Iterator

from assessments.scoring.bank import Scale
from assessments.scoring.interval import MIN_RESPONDENTS, floor_squared, margin
from assessments.scoring.pillar import PROVISIONAL, RATED, weight
from assessments.scoring.student_t import t95
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.explanations.inputs import PillarInputs, fixed, plain
from assessments.wording.remarks import absence, hidden_because

RESULT_PLACES = 3
SMALL_DIGITS = 4


def coverage_lines(given: PillarInputs) -> Iterator[str]:
    """`6 / 7 = 0.857, at least 0.80: rated`."""
    coverage = given.figures.coverage
    if coverage is None:
        yield absence(given.figures)
        return
    params = {
        "answered": plain(given.sums.answered_weight),
        "applicable": plain(given.sums.applicable_weight),
        "coverage": compared(coverage, RATED, PROVISIONAL),
        "rated": numbers.decimal(RATED, 2),
        "half": numbers.decimal(PROVISIONAL, 2),
    }
    rules = {
        "rated": _("at least %(rated)s: score and level"),
        "provisional": _("under %(rated)s and at least %(half)s: a score, no level"),
        "insufficient": _("under %(half)s: no score"),
    }
    rule = rules[given.sums.status] % params
    line = _("Weight answered / weight applicable = %(answered)s / %(applicable)s = %(coverage)s, %(rule)s")
    yield line % {**params, "rule": rule}


def score_lines(given: PillarInputs) -> Iterator[str]:
    """`20.2222 / 7 = 2.889, shown as 2.9`."""
    score = given.figures.score
    if score is None:
        yield absence(given.figures)
        return
    params = {
        "total": fixed(given.sums.answered_sum),
        "weight": plain(given.sums.answered_weight),
        "score": fixed(score, RESULT_PLACES),
        "shown": numbers.score(score),
    }
    if given.shows_totals:
        line = _("Sum of weight × mean / sum of weights = %(total)s / %(weight)s = %(score)s, shown as %(shown)s")
        yield line % params
    else:
        yield _("Sum of weight × mean / sum of weights, shown as %(shown)s") % params


def bounds_lines(given: PillarInputs) -> Iterator[str]:
    """The score in the worst and best case of missing answers; with none missing, both are the score."""
    bounds, sums = given.figures.bounds, given.sums
    missing = [tally for tally in sums.applicable if tally.missing]
    if bounds is None:
        return
    if not missing:
        yield _("No question is missing, so both bounds are the score")
        return
    if not given.shows_totals:
        yield _("Shown as %(bounds)s") % {"bounds": numbers.span(bounds)}
        return
    lowest = given.view.bank.scale.low
    ends = (lowest * weight(missing), sum(tally.weight * tally.marks.highest for tally in missing))
    for added, bound in zip(ends, bounds, strict=True):
        yield _("(%(total)s + %(added)s) / %(weight)s = %(bound)s, shown as %(shown)s") % {
            "total": fixed(sums.answered_sum),
            "added": plain(added),
            "weight": plain(sums.applicable_weight),
            "bound": fixed(bound, RESULT_PLACES),
            "shown": numbers.score(bound),
        }


def interval_lines(given: PillarInputs, invited: int | None) -> Iterator[str]:
    """Standard error and interval, or the reason why there are none."""
    figures = given.figures
    if figures.score is None:
        yield _("No score, so no interval")
        return
    if figures.interval is None:
        yield (
            _few(figures.respondents) if figures.respondents < MIN_RESPONDENTS else hidden_because(figures.respondents)
        )
        return
    yield _people(figures.respondents, invited)
    if figures.se is None:
        yield _("Shown as %(bounds)s") % {"bounds": numbers.interval(figures.interval)}
        return
    if given.means == "all":
        yield from _error(given, figures.se, invited)
    else:
        yield _("Standard error SE = %(se)s") % {"se": small(figures.se)}
    yield from _ends(given, figures.se)


def _few(people: int) -> str:
    params = {"n": people, "least": MIN_RESPONDENTS}
    text = ngettext(
        "n = %(n)s person gave a number; an interval needs %(least)s",
        "n = %(n)s people gave a number; an interval needs %(least)s",
        people,
    )
    return text % params


def _people(n: int, invited: int | None) -> str:
    if invited is None:
        return _("n = %(n)s people gave a number; how many were invited is not known") % {"n": n}
    return _("n = %(n)s people gave a number, N = %(invited)s were invited") % {"n": n, "invited": invited}


def _error(given: PillarInputs, se: float, invited: int | None) -> Iterator[str]:
    """The jackknife variance if it exceeds the floor, the floor, and the larger of the two.

    The scores without each person stay hidden, because each would reveal what one person answered; their sum of squares
    is derived from the frozen standard error.
    """
    floor, n = floor_squared(given.sums.answered), given.figures.respondents
    yield _floor(given, floor)
    if se**2 <= floor * (1 + 1e-9):
        yield _("The jackknife gives no more than the floor, so SE² is the floor; SE = √%(floor)s = %(se)s") % {
            "floor": small(floor),
            "se": small(se),
        }
        return
    unseen = max(0.0, 1 - n / invited) if invited else 1.0
    squares = se**2 / unseen * n / (n - 1)
    yield _(
        "Leaving out one person at a time gives %(n)s scores; the squares of their distances from their mean add up to "
        "%(squares)s"
    ) % {"n": n, "squares": small(squares)}
    params = {"n": n, "invited": invited, "squares": small(squares), "variance": small(se**2), "se": small(se)}
    if invited:
        line = _(
            "SE² = (%(n)s − 1) / %(n)s × %(squares)s × (1 − %(n)s / %(invited)s) = %(variance)s; "
            "SE = √%(variance)s = %(se)s"
        )
    else:
        line = _("SE² = (%(n)s − 1) / %(n)s × %(squares)s = %(variance)s; SE = √%(variance)s = %(se)s")
    yield line % params


def _floor(given: PillarInputs, floor: float) -> str:
    answered = given.sums.answered
    params = {
        "sum": fixed(sum(tally.weight**2 * tally.marks.step**2 / tally.n for tally in answered)),
        "weight": plain(given.sums.answered_weight),
        "floor": small(floor),
    }
    if given.view.bank.format > 1:
        text = _(
            "Floor = sum of weight² × step² / n / 12 / (sum of weights)² = %(sum)s / 12 / %(weight)s² = %(floor)s; "
            "a step is the distance of two answers on the scale"
        )
        return text % params
    return _("Floor = sum of weight² / n / 12 / (sum of weights)² = %(sum)s / 12 / %(weight)s² = %(floor)s") % params


def _ends(given: PillarInputs, se: float) -> Iterator[str]:
    score, interval, n = given.figures.score or 0.0, given.figures.interval, given.figures.respondents
    if interval is None:
        return
    reach = margin(se, n - 1)
    low, high = score - reach, score + reach
    params = {
        "df": n - 1,
        "t": fixed(t95(n - 1)),
        "se": small(se),
        "reach": small(reach),
        "score": fixed(score, RESULT_PLACES) if given.shows_totals else numbers.score(score),
        "low": fixed(low, RESULT_PLACES),
        "high": fixed(high, RESULT_PLACES),
        "shown": numbers.interval(interval),
    }
    yield _("t(0.95, %(df)s) × SE = %(t)s × %(se)s = %(reach)s") % params
    if not given.shows_totals:
        yield _("%(score)s ± %(reach)s, shown as %(shown)s") % params
    elif (low, high) == interval:
        yield _("%(score)s ± %(reach)s = %(low)s to %(high)s, shown as %(shown)s") % params
    else:
        params |= ends_of(given.view.bank.scale)
        yield (
            _("%(score)s ± %(reach)s = %(low)s to %(high)s, cut to %(first)s and %(last)s, shown as %(shown)s") % params
        )


def ends_of(scale: Scale) -> dict[str, str]:
    """Both ends of the scale, as `first` and `last`."""
    return {"first": numbers.point(scale.low), "last": numbers.point(scale.high)}


def small(value: float) -> str:
    """A number with four significant digits, however small: `0.001378`, `0.5712`."""
    if value == 0:
        return "0"
    before_point = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    zeros = 0 if before_point else next(place for place in range(1, 20) if abs(value) * 10**place >= 1) - 1
    return numbers.decimal(value, min(9, max(0, SMALL_DIGITS - before_point + zeros)))


def compared(value: float, *thresholds: float) -> str:
    """Three decimals, or as many as needed to show on which side of a threshold the value is."""
    for places in range(RESULT_PLACES, 9):
        near = [limit for limit in thresholds if numbers.rounded(value, places) == numbers.rounded(limit, places)]
        if all(abs(value - limit) <= 1e-9 for limit in near):
            return numbers.decimal(value, places)
    return numbers.decimal(value, 9)

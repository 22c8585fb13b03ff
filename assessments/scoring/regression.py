"""Straight lines through scores over time: with a person as random effect, and through means with known errors.

Both are the textbook estimators (Patterson and Thompson 1971 for REML; Aitken 1936 for weighted least squares), written
for one explanatory variable so that they need nothing but sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, inf, log, sqrt
from typing import NamedTuple

GRID = [0.0, *(exp(step / 2) for step in range(-36, 37))]  # ratios of variances, 1.5e-8 to 6.6e7
EXACT = 1e-13  # of the sum of squares: less than this is rounding


class Observation(NamedTuple):
    """One value of one group at a time, in any unit of time."""

    time: float
    value: float


@dataclass(frozen=True)
class Line:
    """A slope in value per unit of time, and its standard error."""

    slope: float
    se: float


class Sums(NamedTuple):
    """A group's number of observations, and the sums of times, values, squares and products."""

    n: int
    t: float
    y: float
    tt: float
    ty: float
    yy: float


class Normal(NamedTuple):
    """The normal equations under one ratio of variances: the matrix, the line, the squares that are left."""

    a: float
    b: float
    d: float
    intercept: float
    slope: float
    rss: float

    @property
    def determinant(self) -> float:
        return self.a * self.d - self.b * self.b


def random_intercept(groups: Sequence[Sequence[Observation]]) -> Line | None:
    """The slope of `value = b0 + b1*time + group + error`, estimated by REML.

    The ratio of the two variances is the one that minimises the profiled REML criterion, found on a grid and refined by
    bisection of its derivative. None if all times are equal, or if there are fewer than three observations.
    """
    observations = [one for group in groups for one in group]
    count = len(observations)
    if count < 3 or max(one.time for one in observations) <= min(one.time for one in observations):
        return None
    centre_t = fsum(one.time for one in observations) / count
    centre_y = fsum(one.value for one in observations) / count
    sums = [sums_of([Observation(t - centre_t, y - centre_y) for t, y in group]) for group in groups if group]
    exact = exact_within(sums, count)
    if exact is not None:
        return Line(exact, 0.0)
    place = min(range(len(GRID)), key=lambda place: criterion(sums, count, GRID[place]))
    ratio = refined(sums, count, GRID[max(place - 1, 0)], GRID[min(place + 1, len(GRID) - 1)])
    normal = normal_equations(sums, ratio)
    return Line(normal.slope, sqrt(normal.rss / (count - 2) * normal.a / normal.determinant))


def sums_of(group: Sequence[Observation]) -> Sums:
    """The sums of one group."""
    return Sums(
        n=len(group),
        t=fsum(t for t, _ in group),
        y=fsum(y for _, y in group),
        tt=fsum(t * t for t, _ in group),
        ty=fsum(t * y for t, y in group),
        yy=fsum(y * y for _, y in group),
    )


def exact_within(sums: Sequence[Sums], count: int) -> float | None:
    """The common slope if every group lies exactly on parallel lines, with observations to spare; else None."""
    tt = fsum(one.tt - one.t * one.t / one.n for one in sums)
    yy = fsum(one.yy - one.y * one.y / one.n for one in sums)
    if count - len(sums) < 2 or tt <= EXACT * fsum(one.tt for one in sums):
        return None
    slope = fsum(one.ty - one.t * one.y / one.n for one in sums) / tt
    total = fsum(one.yy for one in sums)
    return slope if yy - slope * slope * tt <= EXACT * max(total, EXACT) else None


def normal_equations(sums: Sequence[Sums], ratio: float) -> Normal:
    """The generalised least squares line; `ratio` is the variance between groups over that within."""
    shrink = [ratio / (1 + ratio * one.n) for one in sums]
    pairs = list(zip(sums, shrink, strict=True))
    a = fsum(one.n / (1 + ratio * one.n) for one in sums)
    b = fsum(one.t / (1 + ratio * one.n) for one in sums)
    d = fsum(one.tt - c * one.t * one.t for one, c in pairs)
    first = fsum(one.y / (1 + ratio * one.n) for one in sums)
    second = fsum(one.ty - c * one.t * one.y for one, c in pairs)
    squares = fsum(one.yy - c * one.y * one.y for one, c in pairs)
    determinant = a * d - b * b
    intercept, slope = (d * first - b * second) / determinant, (a * second - b * first) / determinant
    return Normal(a, b, d, intercept, slope, max(squares - intercept * first - slope * second, 0.0))


def criterion(sums: Sequence[Sums], count: int, ratio: float) -> float:
    """Minus twice the profiled restricted log likelihood, but for a constant."""
    normal = normal_equations(sums, ratio)
    if normal.rss <= 0:
        return -inf
    groups = fsum(log(1 + ratio * one.n) for one in sums)
    return (count - 2) * log(normal.rss) + groups + log(normal.determinant)


def derivative(sums: Sequence[Sums], count: int, ratio: float) -> float:
    """The derivative of `criterion` by the ratio, from what each group's residuals sum to."""
    normal = normal_equations(sums, ratio)
    rss = da = db = dd = groups = 0.0
    for one in sums:
        slack = (1 + ratio * one.n) ** -2
        rss -= slack * (one.y - normal.intercept * one.n - normal.slope * one.t) ** 2
        da -= slack * one.n * one.n
        db -= slack * one.n * one.t
        dd -= slack * one.t * one.t
        groups += one.n / (1 + ratio * one.n)
    trace = (normal.d * da - 2 * normal.b * db + normal.a * dd) / normal.determinant
    return (count - 2) * rss / normal.rss + groups + trace


def refined(sums: Sequence[Sums], count: int, low: float, high: float) -> float:
    """The minimum of the criterion between two ratios; `low` if it rises from there."""
    if normal_equations(sums, low).rss <= 0 or derivative(sums, count, low) >= 0:
        return low
    for _ in range(200):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        low, high = (middle, high) if derivative(sums, count, middle) < 0 else (low, middle)
    return (low + high) / 2


def weighted_line(points: Sequence[Observation], errors: Sequence[float]) -> Line | None:
    """The least squares line through means whose standard errors are known, weighted by `1/SE**2`.

    The error of the slope is the larger of what the standard errors imply and what the spread about the line implies, so
    neither lucky errors nor a lucky line make a trend. None for fewer than three points or equal times.
    """
    if len(points) < 3 or max(one.time for one in points) <= min(one.time for one in points):
        return None
    shares, spread = leverages([one.time for one in points], errors)
    slope = fsum(share * one.value for share, one in zip(shares, points, strict=True))
    weights = [error**-2 for error in errors]
    lines = [one.value - slope * one.time for one in points]
    level = fsum(w * each for w, each in zip(weights, lines, strict=True)) / fsum(weights)
    residual = fsum(w * (each - level) ** 2 for w, each in zip(weights, lines, strict=True)) / (len(points) - 2)
    return Line(slope, sqrt(max(1.0, residual) / spread))


def leverages(times: Sequence[float], errors: Sequence[float]) -> tuple[list[float], float]:
    """What one unit of each mean adds to the weighted slope, and the weighted spread of the times."""
    weights = [error**-2 for error in errors]
    centre = fsum(w * time for w, time in zip(weights, times, strict=True)) / fsum(weights)
    spread = fsum(w * (time - centre) ** 2 for w, time in zip(weights, times, strict=True))
    return [w * (time - centre) / spread for w, time in zip(weights, times, strict=True)], spread

"""The quantile of Student's t that a 90 % interval needs, from the standard library alone."""

from math import atan, exp, lgamma, log1p, pi, sin, sqrt
from statistics import NormalDist

TWO_SIDED = 0.90
EXPAND_ABOVE = 1000


def t95(df: int) -> float:
    """`t(.95, df)`: the 95 % quantile of Student's t for a whole df >= 1, to better than 1e-9.

    Newton's method on the closed form of the distribution for whole degrees of freedom (Abramowitz and Stegun 1964,
    26.7.3 and 26.7.4); above 1000 the expansion around the normal quantile (26.7.5), whose error is below 1e-13 there.
    Raises ValueError below 1.
    """
    if df < 1:
        raise ValueError(f"degrees of freedom start at 1, not {df}")
    start = expansion(df)
    return start if df > EXPAND_ABOVE else newton(df, start if df > 2 else 2.0)


def newton(df: int, t: float) -> float:
    """Refine `t` until the two-sided probability is .90."""
    for _ in range(50):
        step = (within(t, df) - TWO_SIDED) / (2 * density(t, df))
        t -= step
        if abs(step) <= 1e-14 * t:
            break
    return t


def within(t: float, df: int) -> float:
    """`P(|T| <= t)` for t > 0: a finite sum of powers of the cosine of `atan(t / sqrt(df))`."""
    angle = atan(t / sqrt(df))
    square = df / (df + t * t)  # of the cosine
    term = sqrt(square) if df % 2 else 1.0
    total = 0.0
    for step in range(2 + df % 2, df + 1, 2):
        total += term
        term *= square * (step - 1) / step
    return (angle + sin(angle) * total) * 2 / pi if df % 2 else sin(angle) * total


def density(t: float, df: int) -> float:
    """The density of Student's t."""
    constant = exp(lgamma((df + 1) / 2) - lgamma(df / 2)) / sqrt(df * pi)
    return constant * exp(-(df + 1) / 2 * log1p(t * t / df))


def expansion(df: int) -> float:
    """The quantile as a series in 1/df around the normal quantile x."""
    x = NormalDist().inv_cdf((1 + TWO_SIDED) / 2)
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + sum(term / float(df) ** power for power, term in enumerate(terms, start=1))

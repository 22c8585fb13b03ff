"""Student's t by plain numerical integration, for the second opinion.

With x = √df·tan θ the density of t becomes a power of the cosine.
"""

from functools import cache
from math import atan, cos, pi, sqrt


def simpson(function, end, steps=2000):
    """The integral of a smooth function from 0 to `end`, by Simpson's rule."""
    width = end / steps
    inner = sum((4 if place % 2 else 2) * function(place * width) for place in range(1, steps))
    return (function(0.0) + inner + function(end)) * width / 3


@cache
def student_t(df):
    """The .95 quantile of Student's t, by bisection."""
    low, high = 1.0, 7.0
    whole = simpson(lambda angle: cos(angle) ** (df - 1), pi / 2)
    for _ in range(48):
        middle = (low + high) / 2
        part = simpson(lambda angle: cos(angle) ** (df - 1), atan(middle / sqrt(df)))
        low, high = (middle, high) if part / whole < 0.9 else (low, middle)
    return (low + high) / 2

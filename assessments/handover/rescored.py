"""A result that arrives, beside what its answers come to here: is it the same?"""

from collections.abc import Mapping

from assessments.formats.json_line import Out
from assessments.formats.result_out import result_data
from assessments.scoring.figures import Result
from assessments.scoring.tolerance import EPSILON


def same_figures(one: Result, other: Result) -> bool:
    """Whether two results say the same, figures within 1e-9; which version of the method made them does not count."""
    return _same({**result_data(one), "engine": None}, {**result_data(other), "engine": None})


def _same(one: Out, other: Out) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, int | float):
        return abs(one - other) <= EPSILON
    return type(one) is type(other) and one == other

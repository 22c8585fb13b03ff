"""The figures of a result that arrives: do they lie on their scales, and are they what its answers come to here?"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.formats.json_text import Out
from assessments.formats.result import dump_result
from assessments.scoring.figures import Result
from assessments.scoring.tolerance import EPSILON

SCALE, SHARE, PEOPLE = (1, 5), (0, 1), (0, 1_000_000)

# By the name of the figure: the least and the most that it can be
SCALES: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(("index", "score", "level", "target", "mean", "low_median", "bounds", "weight_range"), SCALE),
    **dict.fromkeys(("coverage", "na_share", "dont_know_rate", "evidence_coverage", "r_wg_star"), SHARE),
    **dict.fromkeys(("2", "3", "4", "5"), SHARE),  # attained
    **dict.fromkeys(("answered", "invited", "respondents", "n", "dont_know", "not_applicable"), PEOPLE),
    **dict.fromkeys(("index_100", "score_100"), (0, 100)),
    "interval": SCALE,
    "se": (0, 100),
    "disagreement": (0, 5),
    "gap": (-4, 4),
    "evidence": (0, 3),
    "tier": (0, 100),
    "gain": (-1_000, 1_000),
    "effort": (0, 1_000_000),
}
NEAR = 1e-9


def refuse_beyond_scale(result: Result) -> None:
    """Raises ValueError for the first figure that cannot be."""
    _refuse(_data(result))


def same_figures(one: Result, other: Result) -> bool:
    """Whether two results say the same, figures within 1e-9; which version of the method made them does not count."""
    return _same({**_data(one), "engine": None}, {**_data(other), "engine": None})


def _data(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dump_result(result))
    return found


def _refuse(figures: Out, name: str = "", place: str = "") -> None:
    if isinstance(figures, Mapping):
        for key, value in figures.items():
            _refuse(value, key, f"{place}.{key}".lstrip("."))
    elif isinstance(figures, Sequence) and not isinstance(figures, str):
        for number, value in enumerate(figures):
            _refuse(value, name, f"{place}[{number}]")
    elif isinstance(figures, int | float) and not isinstance(figures, bool):
        least, most = SCALES[name]
        if not least - NEAR <= figures <= most + NEAR:
            raise ValueError(
                _("%(place)s is %(figure)s but must be between %(least)s and %(most)s.")
                % {"place": place, "figure": str(figures)[:40], "least": least, "most": most}
            )


def _same(one: Out, other: Out) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, int | float):
        return abs(one - other) <= EPSILON
    return type(one) is type(other) and one == other

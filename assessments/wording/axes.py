"""A result as the axes of a drawing, in bank order: names, data of a point, and the runs of neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from assessments.scoring.figures import Interval, PillarResult
from assessments.scoring.view import Axis
from assessments.wording import numbers
from assessments.wording.profile import alternative

MOST_NAMES = 12
LONGEST_NAME = 16

type Datum = list[float | int | str | None]


def datum(pillar: PillarResult) -> Datum:
    """A point's `customdata`: score, lower, upper, n, status."""
    lower, upper = pillar.interval or (None, None)
    return [pillar.score, lower, upper, pillar.respondents, pillar.status]


def meta(axes: Sequence[Axis]) -> dict[str, str | list[str] | list[str | None]]:
    """What a drawing needs beside its points: names as written, scores as shown, the sentence that replaces it."""
    return {
        "names": [name for name, _pillar in axes],
        "scores": [None if pillar.score is None else numbers.score(pillar.score) for _name, pillar in axes],
        "not_scored": _("not scored"),
        "alternative": alternative(axes),
    }


def label_lines(name: str, place: int, axes: int) -> list[str]:
    """A name as one line, as two where it is long, and as its number where more than twelve axes leave no room."""
    if axes > MOST_NAMES:
        return [str(place + 1)]
    if len(name) <= LONGEST_NAME or " " not in name:
        return [name]
    breaks = [position for position, sign in enumerate(name) if sign == " "]
    middle = min(breaks, key=lambda position: abs(position - len(name) / 2))
    return [name[:middle], name[middle + 1 :]]


def interval_runs(intervals: Sequence[Interval | None]) -> list[list[tuple[int, Interval]]]:
    """The runs of neighbouring axes that all have an interval, around the ring; a single axis is no run.

    A full ring comes back as one run that ends on the axis it began with.
    """
    count = len(intervals)
    start = next((place for place in range(count) if intervals[place] is None), 0)
    around = [(start + step) % count for step in range(count + 1)]
    runs: list[list[tuple[int, Interval]]] = []
    for before, here in pairwise(around):
        first, second = intervals[before], intervals[here]
        if first is None or second is None:
            continue
        if not runs or runs[-1][-1][0] != before:
            runs.append([(before, first)])
        runs[-1].append((here, second))
    return runs

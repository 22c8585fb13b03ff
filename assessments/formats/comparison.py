"""The change between two assessments as JSON: one object with `overall` and `pillars`."""

from __future__ import annotations

from assessments.scoring.change import Change, Comparison

from .json_line import Out, json_line


def dump_comparison(comparison: Comparison) -> str:
    """The comparison on one line, without a line break at its end."""
    return json_line(comparison_data(comparison))


def comparison_data(comparison: Comparison) -> dict[str, Out]:
    """The comparison as plain lists and dicts, in the order of the published format."""
    return {
        "overall": _change(comparison.overall),
        "pillars": [_change(change) for change in comparison.pillars],
    }


def _change(change: Change) -> dict[str, Out]:
    return {
        "key": change.key,
        "comparability": change.comparability,
        "common_weight": change.common_weight,
        "before": change.before,
        "after": change.after,
        "delta": change.delta,
        "se": change.se,
        "interval": None if change.interval is None else list(change.interval),
        "method": change.method,
        "real": change.real,
        "changed": list(change.changed),
    }

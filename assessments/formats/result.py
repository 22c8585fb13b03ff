"""A result, a change and trends as JSON: `maturity-result/1` or `/2`, `maturity-comparison/1`.

Always one line, fields in the order of the published formats. A frozen result is unchanged by dumping and loading:
numbers are unrounded doubles, absent values are null, and NaN is not allowed.
"""

import re
from dataclasses import fields

from assessments.scoring.change import Comparison
from assessments.scoring.figures import Result
from assessments.scoring.trend import Trend, Trends
from assessments.scoring.units import Rollups

from .json_text import json_line

SECOND = re.compile(r'\s*\{\s*"format"\s*:\s*"maturity-result/2"')


def load_result(text: str, name: str = "result.json") -> Result:
    """The result in a JSON text; dumping it gives the same text. Raises ProblemsError if the text is not a result."""
    from .shapes import RESULT, RESULT_2

    return (RESULT_2 if SECOND.match(text) else RESULT).read_json(text, name).result()


def dump_result(result: Result) -> str:
    """The result on one line, without a trailing line break."""
    scale = result.scale
    shape = {} if scale is None else {"scale": {"from": scale.low, "to": scale.high}, "groups": result.groups}
    return json_line(
        {
            "format": f"maturity-result/{1 if scale is None else 2}",
            "engine": result.engine,
            "id": result.id,
            "bank": {"key": result.bank_key, "version": result.bank_version, "checksum": result.bank_checksum},
            "respondents": {"answered": result.answered, "invited": result.invited},
            **shape,
            "overall": result.overall,
            "pillars": result.pillars,
            "priorities": result.priorities,
        }
    )


def dump_comparison(comparison: Comparison) -> str:
    """The comparison on one line, without a trailing line break."""
    return json_line({"overall": comparison.overall, "pillars": comparison.pillars})


def dump_rollups(rollups: Rollups) -> str:
    """The roll-up on one line, without a trailing line break."""
    return json_line({"format": "maturity-rollup/1", "pillars": rollups.pillars, "overall": rollups.overall})


def dump_trends(trends: Trends) -> str:
    """The trends on one line, without a trailing line break; dates are ISO 8601."""
    return json_line({"overall": _trend_out(trends.overall), "pillars": [_trend_out(each) for each in trends.pillars]})


def _trend_out(trend: Trend) -> dict[str, object]:
    points = [{"date": one.date.isoformat(), "score": one.score, "interval": one.interval} for one in trend.points]
    return {**{one.name: getattr(trend, one.name) for one in fields(trend)}, "points": points}

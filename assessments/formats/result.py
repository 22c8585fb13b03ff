"""A result, and the change between two assessments, as JSON: `maturity-result/1` and `maturity-comparison/1`.

Always one line, fields in the order of the published formats. A frozen result is unchanged by dumping and loading:
numbers are unrounded doubles, absent values are null, and NaN is not allowed.
"""

from __future__ import annotations

from assessments.scoring.change import Comparison
from assessments.scoring.figures import Result

from .json_text import json_line

FORMAT = "maturity-result/1"


def load_result(text: str, name: str = "result.json") -> Result:
    """The result in a JSON text; dumping it gives the same text. Raises ProblemsError if the text is not a result."""
    from .shapes import RESULT

    return RESULT.read_json(text, name).result()


def dump_result(result: Result) -> str:
    """The result on one line, without a trailing line break."""
    return json_line(
        {
            "format": FORMAT,
            "engine": result.engine,
            "id": result.id,
            "bank": {"key": result.bank_key, "version": result.bank_version, "checksum": result.bank_checksum},
            "respondents": {"answered": result.answered, "invited": result.invited},
            "overall": result.overall,
            "pillars": result.pillars,
            "priorities": result.priorities,
        }
    )


def dump_comparison(comparison: Comparison) -> str:
    """The comparison on one line, without a trailing line break."""
    return json_line({"overall": comparison.overall, "pillars": comparison.pillars})

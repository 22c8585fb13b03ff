"""The published JSON Schemas of our JSON files, from the types that read them.

`python -m assessments.formats.schemas` writes them into `fixtures/schemas/`.
"""

from __future__ import annotations

import json
import pathlib
from collections.abc import Mapping
from typing import Any

from .shapes import ComparisonFile, ResultFile, Shape

FOLDER = pathlib.Path(__file__).parents[2] / "fixtures" / "schemas"
FILES: Mapping[str, tuple[type[Shape], str]] = {
    "maturity-comparison-1": (ComparisonFile, "The change between two assessments (maturity-comparison/1)"),
    "maturity-result-1": (ResultFile, "The result of one assessment (maturity-result/1)"),
}

SCORE, INDEX, SHARE, COUNT = (
    {"minimum": 1, "maximum": 5},
    {"minimum": 0, "maximum": 100},
    {"minimum": 0, "maximum": 1},
    {"minimum": 0},
)
KEY = {"pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"}
KEYS = {"items": {"type": "string", **KEY}}
RANGE = {"prefixItems": [SCORE, SCORE]}
LEVELS = ("2", "3", "4", "5")

# What the types do not say, by field, or by the field of one shape
BOUNDS: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(("key", "question"), KEY),
    **dict.fromkeys(("flagged", "changed"), KEYS),
    **dict.fromkeys(("index", "level", "score", "mean", "low_median", "target", "before", "after"), SCORE),
    **dict.fromkeys(("index_100", "score_100", "gain"), INDEX),
    **dict.fromkeys(("coverage", "na_share", "dont_know_rate", "evidence_coverage", "common_weight"), SHARE),
    **dict.fromkeys(("answered", "invited", "n", "dont_know", "not_applicable", "PillarResult.respondents"), COUNT),
    **dict.fromkeys(("weight_range", "bounds", "Overall.interval", "PillarResult.interval"), RANGE),
    "attained": {
        "additionalProperties": False,
        "required": LEVELS,
        "properties": {key: {"type": ["number", "null"], **SHARE} for key in LEVELS},
    },
    "because": {"enum": ["essential", "cap", "below"]},
    "checksum": {"pattern": "^sha256:[0-9a-f]{64}$"},
    "delta": {"minimum": -4, "maximum": 4},
    "disagreement": {"minimum": 0, "maximum": 2},
    "effort": {"exclusiveMinimum": 0},
    "evidence": {"minimum": 0, "maximum": 3},
    "gap": {"minimum": 0, "maximum": 4},
    "horizon": {"enum": ["90d", "6m", "12m", None]},
    "questions": {"minItems": 1, "maxItems": 40},
    "r_wg_star": {"maximum": 1},
    "se": COUNT,
    "status": {"enum": ["rated", "provisional", "insufficient", "not_applicable", "unscored"]},
    "tier": {"minimum": 1, "maximum": 3},
    "ResultFile.pillars": {"minItems": 1, "maxItems": 24},
}


def schema_of(name: str) -> dict[str, Any]:
    """The schema of a format."""
    shape, title = FILES[name]
    found = shape.model_json_schema()
    inner = found.pop("$defs")
    for each in (found, *inner.values()):
        _bind(each)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.schema.json", "title": title}
    return {**head, **found, "$defs": inner}


def _bind(schema: dict[str, Any]) -> None:
    """Add the bounds of an object's fields, and allow no others."""
    owner, fields = schema.pop("title", ""), schema.get("properties", {})
    for name, field in fields.items():
        field.pop("title", None)
        if all(list(kind) == ["type"] for kind in field.get("anyOf", [{}])):
            field["type"] = [kind["type"] for kind in field.pop("anyOf")]
        field.update(BOUNDS.get(f"{owner}.{name}", BOUNDS.get(name, {})))
    if fields:
        schema["additionalProperties"] = False


if __name__ == "__main__":
    for name in FILES:
        text = json.dumps(schema_of(name), indent=2, ensure_ascii=False)
        (FOLDER / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")

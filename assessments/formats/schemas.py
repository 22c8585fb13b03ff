"""Generate the published JSON Schemas of our files from the types that read them.

`python -m assessments.formats.schemas` writes them into `fixtures/schemas/`.
"""

import json
import pathlib
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from assessments.scoring.bank import MAX_LEVELS

from .bank import MAX_PILLARS, MAX_PILLARS_2, MAX_QUESTIONS, MAX_QUESTIONS_2
from .bank_shapes import BANK, TRANSLATION
from .bank_shapes_2 import BANK_2
from .pydantic_messages import KEY_PATTERN, Format
from .shapes import ANSWERS, ANSWERS_2, COMPARISON, RESULT, RESULT_2

FOLDER = pathlib.Path(__file__).parents[2] / "fixtures" / "schemas"
FILES: Mapping[str, tuple[Format[Any], str]] = {
    "maturity-answers-1": (ANSWERS, "The answers of one assessment (maturity-answers/1)"),
    "maturity-answers-1-to-bank-2": (ANSWERS_2, "The answers to a bank of format 2 (maturity-answers/1)"),
    "maturity-bank-1": (BANK, "A question bank (maturity-bank/1)"),
    "maturity-bank-2": (BANK_2, "A question bank of any ladder and answers (maturity-bank/2)"),
    "maturity-comparison-1": (COMPARISON, "The change between two assessments (maturity-comparison/1)"),
    "maturity-result-1": (RESULT, "The result of one assessment (maturity-result/1)"),
    "maturity-result-2": (RESULT_2, "The result of one assessment of a bank of format 2 (maturity-result/2)"),
    "maturity-translation-1": (TRANSLATION, "A translation of a question bank (maturity-translation/1)"),
}

SCORE, INDEX, SHARE, COUNT = (
    {"minimum": 1, "maximum": 5},
    {"minimum": 0, "maximum": 100},
    {"minimum": 0, "maximum": 1},
    {"minimum": 0},
)
KEY = {"pattern": KEY_PATTERN}
KEYS = {"items": {"type": "string", **KEY}}
RANGE = {"prefixItems": [SCORE, SCORE]}
LEVELS = ("2", "3", "4", "5")

# Bounds that the types of a result do not express, by field, or by shape and field
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
    "questions": {"minItems": 1, "maxItems": MAX_QUESTIONS},
    "r_wg_star": {"maximum": 1},
    "se": {"minimum": 0, "maximum": 100},
    "status": {"enum": ["rated", "provisional", "insufficient", "not_applicable", "unscored"]},
    "tier": {"minimum": 1, "maximum": 3},
    "ResultFile.pillars": {"minItems": 1, "maxItems": MAX_PILLARS},
}
ANY_LEVEL = tuple(str(level) for level in range(2, MAX_LEVELS + 1))
LEVEL = {"minimum": 1, "maximum": MAX_LEVELS}
BOUNDS_2: Mapping[str, Mapping[str, Any]] = {
    **{name: bound for name, bound in BOUNDS.items() if bound not in (SCORE, RANGE)},
    **dict.fromkeys(("level", "low_median"), LEVEL),
    "attained": {
        "additionalProperties": False,
        "required": ("2",),
        "properties": {key: {"type": ["number", "null"], **SHARE} for key in ANY_LEVEL},
    },
    "disagreement": {"minimum": 0, "maximum": MAX_LEVELS},
    "gap": {"minimum": 0},
    "questions": {"minItems": 1, "maxItems": MAX_QUESTIONS_2},
    "ResultFile2.pillars": {"minItems": 1, "maxItems": MAX_PILLARS_2},
    "se": {"minimum": 0},
}


def bounds_of(form: Format[Any]) -> Mapping[str, Mapping[str, Any]]:
    """The bounds of a format's fields; a comparison is on the scale of its banks."""
    if form is COMPARISON:
        return {**BOUNDS, "before": {}, "after": {}, "delta": {}}
    return BOUNDS_2 if form is RESULT_2 else BOUNDS if form is RESULT else {}


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of a format; `name` is a key of FILES."""
    form, title = FILES[name]
    schema = deepcopy(form.schema)
    inner = schema.pop("$defs")
    for each in (schema, *inner.values()):
        _bind(each, bounds_of(form))
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.schema.json", "title": title}
    return {**head, **schema, "$defs": inner}


def _bind(schema: dict[str, Any], bounds: Mapping[str, Mapping[str, Any]]) -> None:
    """Add bounds to an object's fields and forbid other fields."""
    owner, fields = schema.pop("title", ""), schema.get("properties", {})
    if "description" in schema:
        schema["description"] = " ".join(schema["description"].split())
    for name, field in fields.items():
        field.pop("title", None)
        if all(list(kind) == ["type"] for kind in field.get("anyOf", [{}])):
            field["type"] = [kind["type"] for kind in field.pop("anyOf")]
        field.update(bounds.get(f"{owner}.{name}", bounds.get(name, {})))
    if fields:
        schema["additionalProperties"] = False


if __name__ == "__main__":
    for name in FILES:
        text = json.dumps(schema_of(name), indent=2, ensure_ascii=False)
        (FOLDER / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")

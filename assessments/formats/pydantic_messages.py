"""Turn pydantic's errors into sentences of our own, each with the path of the invalid value.

Pydantic takes 0.1 seconds to load: import this module in the function that uses it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from pydantic import ConfigDict, GetCoreSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, core_schema

from .bank import KEY
from .json_text import Odd, lines_of, parse_json
from .problems import LIMIT, Finding, Path, Problems, ProblemsError, in_quotes, in_words
from .yaml_text import Fields, Items, Refused, Scalar

KEY_PATTERN = f"^{KEY.pattern}$"
LINK = "^[Hh][Tt][Tt][Pp][Ss]?://"
NOT_BLANK = r"\S"
STRICT = ConfigDict(strict=True, extra="forbid")

YAML = Scalar | Items

# Pydantic's error type, or the pattern that does not match -> the sentence
SENTENCES = {
    "missing": "this field is missing",
    "extra_forbidden": "unknown field; known here: {known}",
    "json_invalid": "this is not JSON: {error}",
    "value_error": "{error}",
    "literal_error": "{expected} expected, found {found}",
    "string_too_short": "this text is empty; write it or leave the field out",
    "string_too_long": "{length:,} characters; at most {max_length:,} are allowed",
    "too_long": "two numbers expected, found {found}",
    KEY_PATTERN: "{found} is not a key: 1-64 of A-Z a-z 0-9 . _ - are allowed, a letter or a digit first",
    LINK: "a link starts with https:// or http://",
    NOT_BLANK: "this text is blank; write it or leave the field out",
    "string_type": "text expected, found {found}",
    "string_unicode": "half of a character (a lone surrogate) is in here; write the whole one",
    **dict.fromkeys(("float_type", "finite_number"), "a number expected, found {found}"),
    **dict.fromkeys(("list_type", "tuple_type"), "a list expected, found {found}"),
    **dict.fromkeys(("dict_type", "model_type", "dataclass_type"), "{object} expected, found {found}"),
    "int_type": "a whole number expected, found {found}",
    "bool_type": "true or false expected, found {found}",
}

MISSING = {"questions": "a pillar needs at least one question", "pillars": "a bank needs at least one pillar"}


@dataclass(frozen=True)
class Says:
    """Annotates a type with the sentence that reports any invalid value; `{found}` is the value."""

    sentence: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.custom_error_schema(handler(source), "says", custom_error_message=self.sentence)


def placed(findings: Iterable[Finding], text: str, problems: Problems, first_line: int = 1) -> ProblemsError:
    """The ProblemsError for findings in a JSON text, each with its line."""
    faults = list(findings)
    lines = lines_of(text, [path for path, _ in faults[:LIMIT]]) if "\n" in text else {}
    for path, sentence in faults:
        problems.add(first_line + lines.get(path, 0), path, sentence)
    return problems.error()


class Format[T]:
    """The single description of a file format: validates files, words their problems and gives the schema."""

    def __init__(self, shape: type[T]) -> None:
        self.adapter: TypeAdapter[T] = TypeAdapter(shape)

    @cached_property
    def schema(self) -> dict[str, Any]:
        return self.adapter.json_schema()

    def read(self, value: Any, problems: Problems) -> tuple[T | None, dict[Path, str]]:
        """(the validated value or None, a sentence per invalid path); `problems` counts the errors beyond LIMIT."""
        try:
            return self.adapter.validate_python(value), {}
        except ValidationError as error:
            problems.more += max(error.error_count() - LIMIT, 0)
            return None, dict(islice(self.findings(error, value), LIMIT))

    def read_json(self, text: str, file: str) -> T:
        """The validated value of a JSON text. Raises ProblemsError with every problem."""
        try:
            return self.adapter.validate_json(text)
        except ValidationError as error:
            value, _twice = parse_json(text, file)
            raise placed(dict(self.findings(error, value)).items(), text, Problems(file)) from None

    def findings(self, error: ValidationError, value: Any) -> Iterator[Finding]:
        """A finding for each error, missing fields last; values that are already refused are skipped."""
        for fault in sorted(error.errors(include_url=False), key=lambda fault: fault["type"] == "missing"):
            if not isinstance(fault["input"], Refused):
                yield self._finding(fault, value)

    def _finding(self, fault: Any, value: Any) -> Finding:
        """The path and sentence of one error. Skips the steps that only pydantic's path has: union members, `[key]`."""
        path: Path = ()
        for step in fault["loc"]:
            if isinstance(value, dict | list) and _has(value, step):
                path, value = (*path, step), value[step]
        kind, context = fault["type"], fault.get("ctx", {})
        if kind == "says":
            return path, fault["msg"].format(found=described(value))
        if kind == "missing" and isinstance(value, dict):
            return (*path, fault["loc"][-1]), MISSING.get(fault["loc"][-1], SENTENCES[kind])
        kind = context["pattern"] if kind == "string_pattern_mismatch" else "too_long" if kind == "missing" else kind
        part = part_of(self.schema, path[:-1] if kind == "extra_forbidden" else path)
        words = {
            **context,
            "expected": str(context.get("expected")).replace("'", ""),
            "found": described(value),
            "known": ", ".join(part.get("properties", ())),
            "length": len(fault["input"]) if isinstance(fault["input"], str) else 0,
            "object": f"fields ({', '.join(part.get('required', ()))})" if isinstance(value, YAML) else "an object",
        }
        return path, SENTENCES[kind].format_map(words) if kind in SENTENCES else fault["msg"]


def part_of(schema: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """The part of a schema that describes the value at a path; empty for an unknown field."""
    part = _resolved(schema, schema)
    for step in path:
        if isinstance(step, int):
            firsts = part.get("prefixItems", ())
            inner = firsts[step] if step < len(firsts) else part.get("items")
        else:
            inner = part.get("properties", {}).get(step) or part.get("additionalProperties")
        part = _resolved(inner or {}, schema)
    return part


def _resolved(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references; of several alternatives, take the last that is not null."""
    if "$ref" in part:
        return _resolved(schema["$defs"][part["$ref"].rpartition("/")[2]], schema)
    kinds = [kind for kind in part.get("anyOf") or part.get("oneOf") or () if kind.get("type") != "null"]
    return {**_resolved(kinds[-1], schema), **part, "anyOf": (), "oneOf": ()} if kinds else part


def _has(value: dict[str, Any] | list[Any], step: str | int) -> bool:
    return step in value if isinstance(value, dict) else isinstance(step, int) and step < len(value)


def described(value: object) -> str:
    """A description of a value in a file, for use in a message."""
    if isinstance(value, Scalar):
        return in_quotes(value.value) if value.value else "nothing"
    if isinstance(value, Odd):
        return in_quotes(value.literal)[1:-1]
    if isinstance(value, list):
        return f"a list ({in_words(len(value))} in it)" if isinstance(value, Items) else "a list"
    if isinstance(value, dict):
        return "fields" if isinstance(value, Fields) else "an object"
    return in_quotes(value) if isinstance(value, str) else json.dumps(value, default=str)

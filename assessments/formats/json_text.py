"""Read JSON strictly (repeated keys, NaN and huge literals are detected) and write it on one line."""

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .problems import Finding, Path, one_problem

MAX_DIGITS = 18
MAX_LITERAL = 64  # characters of a fraction; programs write at most 24

type Json = bool | int | float | str | list[Json] | dict[str, Json] | Odd | None
type Out = str | int | float | bool | Sequence[Out] | Mapping[str, Out] | None

# Some readers treat these as line breaks.
_LINE_BREAKS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
# An unterminated string is one token too, so that no character is scanned twice
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},:\n]|[^\s\[\]{},:"]++')


def json_line(data: object) -> str:
    """JSON on one line, dataclasses as objects. Raises ValueError for NaN and infinity, which no format allows."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, default=vars)
    if not text.isascii():
        for character, escape in _LINE_BREAKS.items():
            text = text.replace(character, escape)
    return text


@dataclass(frozen=True)
class Odd:
    """A literal that JSON readers disagree about: NaN, Infinity, or a number with too many digits."""

    literal: str


def parse_json(text: str, file: str, first_line: int = 1) -> tuple[Json, list[Finding]]:
    """(the value of a JSON text, a finding per repeated key). Raises ProblemsError with the line if it is not JSON."""
    twice: list[_Repeated] = []

    def read(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        fields = dict(pairs)
        if len(fields) == len(pairs):
            return fields
        repeated = _Repeated(fields)
        repeated.keys_twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
        twice.append(repeated)
        return repeated

    try:
        value = json.JSONDecoder(
            object_pairs_hook=read, parse_int=_whole, parse_float=_fraction, parse_constant=Odd
        ).decode(text)
    except json.JSONDecodeError as error:
        line, sentence = first_line + error.lineno - 1, f"this is not JSON: {error.msg} (column {error.colno})"
        raise one_problem(file, line, sentence) from None
    except RecursionError:
        raise one_problem(file, first_line + deepest_line(text), "lists or objects are nested too deeply") from None
    objects = walk(value) if twice else ()
    return value, [
        ((*path, key), "this key stands more than once")
        for path, each in objects
        if isinstance(each, _Repeated)
        for key in each.keys_twice
    ]


class _Repeated(dict[str, "Json"]):
    """An object with repeated keys."""

    keys_twice: Sequence[str] = ()


def walk(value: Json) -> Iterator[tuple[Path, Json]]:
    """A value and everything nested in it, each with its path, at any depth."""
    waiting: list[tuple[Path, Json]] = [((), value)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if isinstance(value, dict):
            waiting += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, index), inner) for index, inner in enumerate(value)]


def _whole(literal: str) -> int | Odd:
    return int(literal) if len(literal) <= MAX_DIGITS else Odd(literal)


def _fraction(literal: str) -> float | Odd:
    value = float(literal) if len(literal) <= MAX_LITERAL else math.inf
    return value if math.isfinite(value) else Odd(literal)


# Line numbers of fields, looked up only to report a problem


def lines_of(text: str, paths: Collection[Path]) -> dict[Path, int]:
    """The line (from 0) of each field's last occurrence, or of the nearest enclosing part that the text has."""
    wanted = {path[:length] for path in paths for length in range(len(path) + 1)}
    places: dict[Path, int] = {(): 0}
    for path, line in _places(text, max(map(len, wanted), default=0)):
        if path in wanted:
            places[path] = line
    return {path: _nearest(path, places) for path in paths}


def deepest_line(text: str) -> int:
    """The line (from 0) on which the nesting first reaches its maximum depth."""
    line = depth = deepest = where = 0
    for match in _TOKEN.finditer(text):
        piece = match[0]
        line += piece == "\n"
        depth += (piece in {"[", "{"}) - (piece in {"]", "}"})
        if depth > deepest:
            deepest, where = depth, line
    return where


def _nearest(path: Path, places: dict[Path, int]) -> int:
    while path not in places:
        path = path[:-1]
    return places[path]


def _places(text: str, deepest: int) -> Iterator[tuple[Path, int]]:
    """The path and line (from 0) of every key and list entry down to a depth, in the order of the text."""
    line = 0
    steps: list[str | int] = []  # the key or the index in each open object or list
    awaits_key: list[bool] = []  # for each open object or list, whether the next string is a key
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece == "\n":
            line += 1
        elif piece in {"}", "]"}:
            steps, awaits_key = steps[:-1], awaits_key[:-1]
        elif piece == "," and steps:
            last = steps[-1]
            steps[-1] = last + 1 if isinstance(last, int) else ""
            awaits_key[-1] = not isinstance(last, int)
        elif piece not in {",", ":"}:
            is_key = bool(steps) and awaits_key[-1]
            if is_key:
                steps[-1], awaits_key[-1] = json.loads(piece), False
            if steps and len(steps) <= deepest and (is_key or isinstance(steps[-1], int)):
                yield tuple(steps), line
            if piece in {"{", "["}:
                steps.append("" if piece == "{" else 0)
                awaits_key.append(piece == "{")

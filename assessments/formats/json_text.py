"""JSON taken apart so that nothing slips through: repeated keys, NaN, huge literals, and the line of every field."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass

from .json_place import deepest_line
from .problems import one_problem, shown

MAX_DIGITS = 18
MAX_LITERAL = 64  # characters of a fraction; the longest that a program writes has 24

type Json = bool | int | float | str | list[Json] | dict[str, Json] | Odd | None


@dataclass(frozen=True)
class Odd:
    """A literal that JSON readers disagree about: NaN, Infinity, more digits than a number here can have."""

    literal: str


class Repeated(dict[str, Json]):
    """An object in which a key stands more than once; `keys_twice` names them."""

    keys_twice: tuple[str, ...] = ()


def parse_json(text: str, file: str, first_line: int = 1) -> Json:
    """The value of a JSON text. Raises ProblemsError with the line where it is not JSON or nested without end."""
    try:
        value: Json = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        line, sentence = first_line + error.lineno - 1, f"this is not JSON: {error.msg} (column {error.colno})"
        raise one_problem(file, line, sentence) from None
    except RecursionError:
        raise one_problem(file, first_line + deepest_line(text), "lists or objects are nested too deeply") from None
    return value


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeated, keys = Repeated(found), [key for key, _ in pairs]
    repeated.keys_twice = tuple(key for key, times in Counter(keys).items() if times > 1)
    return repeated


def _whole(literal: str) -> int | Odd:
    return int(literal) if len(literal) <= MAX_DIGITS else Odd(literal)


def _fraction(literal: str) -> float | Odd:
    value = float(literal) if len(literal) <= MAX_LITERAL else math.inf
    return value if math.isfinite(value) else Odd(literal)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole, parse_float=_fraction, parse_constant=Odd, strict=True
)


def described(value: Json) -> str:
    """A value inside a message."""
    match value:
        case dict():
            return "an object"
        case list():
            return "a list"
        case Odd(literal=literal):
            return shown(literal)[1:-1]
        case str():
            return shown(value)
    return json.dumps(value)

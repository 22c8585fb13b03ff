"""In which line of a JSON text a field stands. Only looked up when there is something to complain about."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator

from .problems import Path

# A text without an end is one as well: nothing in it is looked at twice
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},:\n]|[^\s\[\]{},:"]++')


def lines_of(text: str, paths: Collection[Path]) -> dict[Path, int]:
    """The line (from 0) of each field, of its last appearance, or of the nearest thing around it that is there."""
    wanted = {path[:length] for path in paths for length in range(len(path) + 1)}
    found: dict[Path, int] = {(): 0}
    for path, line in _places(text, max(map(len, wanted), default=0)):
        if path in wanted:
            found[path] = line
    return {path: _nearest(path, found) for path in paths}


def deepest_line(text: str) -> int:
    """The line (from 0) in which the nesting reaches its depth."""
    line = depth = deepest = where = 0
    for match in _TOKEN.finditer(text):
        piece = match[0]
        line += piece == "\n"
        depth += (piece in {"[", "{"}) - (piece in {"]", "}"})
        if depth > deepest:
            deepest, where = depth, line
    return where


def _nearest(path: Path, found: dict[Path, int]) -> int:
    while path not in found:
        path = path[:-1]
    return found[path]


def _places(text: str, deepest: int) -> Iterator[tuple[Path, int]]:
    """Every key and every list entry down to a depth, each with its line, in the order of the text."""
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

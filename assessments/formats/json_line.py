"""JSON that we write: always one line, never NaN."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

type Out = str | int | float | bool | Sequence[Out] | Mapping[str, Out] | None

# Other readers take these for the end of a line.
_LINE_BREAKS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_line(data: object) -> str:
    """JSON on one line, a dataclass as an object; raises ValueError for NaN or infinity, which no file of ours holds."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, default=vars)
    if not text.isascii():
        for character, escape in _LINE_BREAKS.items():
            text = text.replace(character, escape)
    return text

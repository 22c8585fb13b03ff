"""What a bare (unquoted) YAML scalar may mean to some reader, by YAML 1.1 or 1.2.

YAML 1.1 takes `No` for false, `1_000` for a number and `12:30` for 750; YAML 1.2 takes none of them so, but has
octals of its own. Where text is wanted, a bare scalar that either version reads as something else has to be quoted.
Sources: the type repository of YAML 1.1 (bool, float, int, merge, null, timestamp, value) and the core schema of YAML 1.2.
"""

from __future__ import annotations

import re

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = re.compile(
    r"y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF",
)
_NUMBER = re.compile(
    r"""[-+]?(?:
        0b[01_]+ | 0o[0-7]+ | 0x[0-9a-fA-F_]+                   # binary, octal, hexadecimal
      | [0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?          # whole numbers and fractions
      | \.[0-9_]+(?:[eE][-+]?[0-9]+)?
      | [0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?             # base 60
      | \.(?:inf|Inf|INF)
    ) | \.(?:nan|NaN|NAN)""",
    re.VERBOSE,
)
_DATE = re.compile(
    r"""[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
        (?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
           (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?""",
    re.VERBOSE,
)
_KINDS = (
    (_NULL, "nothing"),
    (_BOOLEAN, "true or false"),
    (_NUMBER, "a number"),
    (_DATE, "a date"),
    (re.compile(r"<<|="), "an instruction"),
)

_PLAIN_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,3})?")


def mistaken_for(value: str) -> str | None:
    """What some YAML reader makes of this bare scalar instead of text; None where all agree that it is text."""
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(value)), None)


def number_of(value: str) -> float | None:
    """The number that every reader sees in a bare scalar (no base 60, octal or underscore), else None."""
    return float(value) if _PLAIN_NUMBER.fullmatch(value) else None


def is_null(value: str) -> bool:
    """Whether a bare scalar says null in so many words (an empty one may be an oversight)."""
    return value != "" and _NULL.fullmatch(value) is not None

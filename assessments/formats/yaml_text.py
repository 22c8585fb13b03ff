"""YAML that 1.1 and 1.2 parsers read alike: nodes, the possible meanings of a bare scalar, and writing.

YAML 1.1 reads `No` as false, `1_000` as a number and `12:30` as 750; YAML 1.2 does not, but has its own octal numbers.
In a text field, a bare scalar that either version reads as something else must be quoted.
Sources: YAML 1.1's type repository (bool, float, int, merge, null, timestamp, value) and YAML 1.2's core schema.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from .problems import Path

MAX_BYTES = 4_000_000  # of a file


class Null(Enum):
    """A null that is written; None leaves the field out."""

    NULL = "null"


type Yaml = str | bool | float | tuple[str, ...] | Sequence[Yaml] | Mapping[str, Yaml] | Null | None

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = re.compile(r"y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF")
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
_FLOW_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# Unusual spaces, control characters, directional marks, private use. The list is fixed because Python's definition of
# printable grows with each release, and checksums must not change. U+200C and U+200D are not in it: words and emoji
# need them.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
)
_PLAIN_START = re.compile("[A-Za-z0-9\xa1-\U0010ffff]")
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True)
class Scalar:
    """One value. `plain` means that it was not quoted: it may be a number, true, false or null."""

    value: str
    plain: bool
    line: int

    @property
    def is_null(self) -> bool:
        """Whether the value is an explicit null; an empty value is not, as it may be an oversight."""
        return self.plain and self.value != "" and _NULL.fullmatch(self.value) is not None


@dataclass(frozen=True)
class Refused:
    """A node whose problem is already reported; later checks ignore it."""

    line: int


class Items(list["Node"]):
    """A list."""

    line: int


class Fields(dict[str, "Node"]):
    """A mapping, and the line of each field's name."""

    line: int
    lines: dict[str, int]


type Node = Scalar | Items | Fields | Refused


def line_of(root: Node, path: Path) -> int:
    """The line of a field, or of the nearest enclosing part that the file has."""
    node, line = root, root.line
    for step in path:
        if isinstance(node, Fields) and isinstance(step, str) and step in node:
            line, node = node.lines[step], node[step]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
            node = node[step]
            line = node.line
        else:
            break
    return line


def mistaken_for(value: str) -> str | None:
    """What some YAML parser reads this bare scalar as, such as "a number"; None if all read it as text."""
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(value)), None)


def number_of(value: str) -> float | None:
    """The finite number that every YAML parser reads in a bare scalar (no base 60, octal or underscore), or None."""
    number = float(value) + 0.0 if _PLAIN_NUMBER.fullmatch(value) else math.inf  # never -0.0
    return number if math.isfinite(number) else None


def yaml_text(data: Mapping[str, Yaml]) -> str:
    """The text of a YAML file. None and empty sequences are omitted; a tuple of texts is written on one line."""
    return "".join(f"{line}\n" for line in _lines(data))


def _lines(data: Mapping[str, Yaml]) -> Iterator[str]:
    for name, value in data.items():
        match value:
            case None | ():
                continue
            case Null():
                yield f"{name}: null"
            case bool():
                yield f"{name}: {str(value).lower()}"
            case int() | float():
                yield f"{name}: {number(value)}"
            case str():
                yield from field(name, value)
            case tuple():
                yield f"{name}: {flow(map(str, value))}"
            case Mapping():
                yield f"{name}:"
                yield from (f"  {line}" if line else "" for line in _lines(value))
            case Sequence():
                yield f"{name}:"
                for each in value:
                    yield from entry(_entry(each))


def _entry(value: Yaml) -> Iterable[str]:
    if isinstance(value, Mapping):
        return list(_lines(value)) or ["{}"]
    return ["null"] if value is None else field(None, str(value))


def field(name: str | None, text: str | None) -> Iterator[str]:
    """The lines of `name: text`, or of the text alone if `name` is None; no lines if `text` is None."""
    if text is None:
        return
    start = "" if name is None else f"{name}: "
    if _block_safe(text):
        keep = "" if text.endswith("\n") else "-"
        yield f"{start}|{keep}"
        for line in text.removesuffix("\n").split("\n"):
            yield f"  {line}" if line else ""
    else:
        yield start + (text if _plain_safe(text) else quoted(text))


def entry(lines: Iterable[str]) -> Iterator[str]:
    """The lines of one list entry, indented by four spaces; the first has a dash."""
    for index, line in enumerate(lines):
        lead = "  - " if index == 0 else "    "
        yield lead + line if line else ""


def flow(texts: Iterable[str]) -> str:
    """A short list on one line, in brackets."""
    words = [text if _FLOW_SAFE.fullmatch(text) and not mistaken_for(text) else quoted(text) for text in texts]
    return f"[{', '.join(words)}]"


def number(value: float) -> str:
    """The shortest decimal that reads back as the same double."""
    text = repr(float(value)).removesuffix(".0")
    return text.replace("e", ".0e") if "e" in text and "." not in text else text


def quoted(text: str) -> str:
    """A double-quoted scalar; invisible characters and line breaks are escaped."""
    return f'"{"".join(_escaped(character) for character in text)}"'


def _escaped(character: str) -> str:
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    if not _INVISIBLE.match(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _plain_safe(text: str) -> bool:
    """Whether the text needs no quotes in block context: it starts with a letter or digit and has no `: ` or ` #`."""
    return (
        _PLAIN_START.match(text) is not None
        and text == text.strip()
        and not _INVISIBLE.search(text)
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and mistaken_for(text) is None
    )


def _block_safe(text: str) -> bool:
    """Whether a literal block keeps it: several lines, no blank edges or trailing spaces, one final break at most."""
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and all(line == line.rstrip() and not _INVISIBLE.search(line) for line in lines)
        and lines[0] == lines[0].lstrip()
        and lines[0] != ""
        and lines[-1] != ""
    )

"""Lines of YAML that every reader of 1.1 and 1.2 understands alike. Indentation is two spaces a step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .plain import mistaken_for

_FLOW_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# Spaces other than the ordinary one, controls, directional marks, private use. A list of our own, because Python's
# idea of printable grows with each release, and a checksum must not. U+200C and U+200D are not in it: they belong to
# how words and emoji are written.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
)
_PLAIN_START = re.compile("[A-Za-z0-9\xa1-\U0010ffff]")
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def field(name: str | None, text: str | None) -> Iterator[str]:
    """The lines of `name: text` (of the bare text without a name); none where there is no text."""
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
    """The lines of one list entry: a dash, and everything two steps in."""
    for index, line in enumerate(lines):
        lead = "  - " if index == 0 else "    "
        yield lead + line if line else ""


def flow(texts: Iterable[str]) -> str:
    """A short list on one line."""
    words = [text if _FLOW_SAFE.fullmatch(text) and not mistaken_for(text) else quoted(text) for text in texts]
    return f"[{', '.join(words)}]"


def number(value: float) -> str:
    """The shortest decimal that reads back as the same double."""
    text = repr(float(value)).removesuffix(".0")
    return text.replace("e", ".0e") if "e" in text and "." not in text else text


def quoted(text: str) -> str:
    """A double-quoted scalar; what is invisible or could be taken for a line break is escaped."""
    return f'"{"".join(_escaped(character) for character in text)}"'


def _escaped(character: str) -> str:
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    if not _INVISIBLE.match(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _plain_safe(text: str) -> bool:
    """Whether the bare text stands for itself in block context: begins with a letter or digit, no `: `, no ` #`."""
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
    """Whether a literal block keeps every character: several lines, no blank edges, no trailing spaces, at most one last break."""
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and all(line == line.rstrip() and not _INVISIBLE.search(line) for line in lines)
        and lines[0] == lines[0].lstrip()
        and lines[0] != ""
        and lines[-1] != ""
    )

"""A YAML file as a tree of nodes that know their lines. Knows YAML, not banks.

Only what a person writes by hand is let in: one document, no tags, no aliases, no key twice, little depth. Text keeps
its raw form beside the fact whether it was quoted, so that whoever reads the tree decides what a bare `No` means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .problems import Path, one_problem

MAX_BYTES = 4_000_000
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Scalar:
    """One value. `plain` if it was bare: then it may be a number, true, false or null."""

    value: str
    plain: bool
    line: int


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Fields:
    """A mapping: each field's own line and its node."""

    fields: dict[str, tuple[int, Node]]
    line: int


@dataclass(frozen=True)
class Refused:
    """Something that was reported already; nobody asks it for anything."""

    line: int


type Node = Scalar | Items | Fields | Refused


def decoded(raw: bytes, file: str) -> str:
    """The text of a YAML file; raises ProblemsError where it is too large, not UTF-8, or holds unprintable characters."""
    if len(raw) > MAX_BYTES:
        raise one_problem(file, 1, f"a file longer than {MAX_BYTES:,} bytes is not read")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise one_problem(file, line, "the file is not UTF-8; save it as UTF-8") from None
    if text.startswith("\ufeff"):
        raise one_problem(file, 1, "the file starts with a byte order mark; save it as UTF-8 without one")
    if found := UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise one_problem(file, line, f"the character U+{ord(found[0]):04X} cannot be printed; remove it")
    return text


def line_of(root: Node, path: Path) -> int:
    """The line of a field, or of the nearest thing around it that stands in the file."""
    node, line = root, root.line
    for step in path:
        if isinstance(node, Fields) and isinstance(step, str) and step in node.fields:
            line, node = node.fields[step]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line = node.line
        else:
            break
    return line

"""Reads typed values off a YAML tree, noting what does not fit and going on with a harmless stand-in.

After any problem nobody sees what was read: the loader raises. The stand-ins only let it find the other problems.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .plain import is_null, mistaken_for, number_of
from .problems import Path, Problems, in_words, listed, shown
from .tree import Fields, Items, Node, Refused, Scalar

MAX_TEXT = 20_000

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Cursor:
    """A place in the tree: a node, the path to it, and the line that a person looks at."""

    node: Node
    path: Path
    line: int
    problems: Problems

    def refuse(self, sentence: str) -> None:
        """Note what is wrong here."""
        self.problems.add(self.line, self.path, sentence)

    def text(self, longest: int = MAX_TEXT) -> str:
        """Plain text that is not blank; a bare scalar that some reader takes for something else must be quoted."""
        node = self._scalar("text")
        if node is None:
            return ""
        if node.plain and (kind := mistaken_for(node.value)):
            self.refuse(_quote_it(node.value, kind))
        elif not node.value.strip():
            self.refuse("this text is blank; write it or leave the field out")
        elif len(node.value) > longest:
            self.refuse(f"{len(node.value):,} characters; at most {longest:,} are allowed")
        return node.value

    def key(self) -> str:
        """A key: 1-64 letters, digits, dots, hyphens and underscores, a letter or digit first; "" where it is not."""
        key = self.text()
        if key and not KEY.fullmatch(key):
            self.refuse(f"{shown(key)} is not a key: 1-64 of A-Z a-z 0-9 . _ - are allowed, a letter or a digit first")
            return ""
        return key

    def number(self) -> float | None:
        """A finite number, bare."""
        node = self._scalar("a number")
        if node is None:
            return None
        value = number_of(node.value) if node.plain else None
        if value is None or value in {float("inf"), float("-inf")}:
            self.refuse(f"a number expected, found {shown(node.value)}")
            return None
        return value

    def whole(self, lowest: int, highest: int) -> int:
        """A whole number in a range, written without a fraction; `lowest` stands in for anything else."""
        node = self._scalar("a whole number")
        if node is None:
            return lowest
        if node.plain and node.value in {str(number) for number in range(lowest, highest + 1)}:
            return int(node.value)
        self.refuse(f"a whole number from {lowest} to {highest} expected, found {shown(node.value)}")
        return lowest

    def flag(self) -> bool:
        """true or false."""
        node = self._scalar("true or false")
        if node is None:
            return False
        if not node.plain or node.value.lower() not in {"true", "false"}:
            self.refuse(f"true or false expected, found {shown(node.value)}")
        return node.value.lower() == "true"

    def null(self) -> bool:
        """Whether null stands here."""
        return isinstance(self.node, Scalar) and self.node.plain and is_null(self.node.value)

    def items(self) -> tuple[Cursor, ...]:
        """The entries of a list."""
        if not isinstance(self.node, Items):
            self._expected("a list")
            return ()
        return tuple(
            Cursor(node, (*self.path, index), node.line, self.problems) for index, node in enumerate(self.node.items)
        )

    def record(self, required: Collection[str], optional: Collection[str]) -> Record:
        """The fields of a mapping; unknown and missing ones are noted."""
        if not isinstance(self.node, Fields):
            self._expected(f"fields ({', '.join(required)})")
            return Record({}, self)
        known = (*required, *optional)
        cursors = {}
        for name, (line, node) in self.node.fields.items():
            cursors[name] = Cursor(node, (*self.path, name), line, self.problems)
            if name not in known:
                cursors[name].refuse(f"unknown field; known here: {', '.join(known)}")
        for name in required:
            if name not in cursors:
                self.problems.add(self.line, (*self.path, name), "this field is missing")
        return Record({name: cursors[name] for name in known if name in cursors}, self)

    def _scalar(self, wanted: str) -> Scalar | None:
        if isinstance(self.node, Scalar):
            return self.node
        self._expected(wanted)
        return None

    def _expected(self, wanted: str) -> None:
        match self.node:
            case Refused():
                return
            case Scalar(value=value):
                found = shown(value) if value else "nothing"
            case Items(items=items):
                found = f"a list ({in_words(len(items))} in it)"
            case Fields():
                found = "fields"
        self.refuse(f"{wanted} expected, found {found}")


@dataclass(frozen=True)
class Record:
    """The known fields of a mapping. A missing field reads as the default; if it was required, that is noted already."""

    cursors: Mapping[str, Cursor]
    at: Cursor

    def __getitem__(self, name: str) -> Cursor | None:
        return self.cursors.get(name)

    def text(self, name: str) -> str:
        """A required text."""
        return self.optional_text(name) or ""

    def optional_text(self, name: str) -> str | None:
        """An optional text."""
        cursor = self[name]
        return None if cursor is None else cursor.text()

    def key(self, name: str) -> str:
        """A required key."""
        cursor = self[name]
        return "" if cursor is None else cursor.key()

    def items(self, name: str) -> tuple[Cursor, ...]:
        """The entries of a list; none where the field is missing."""
        cursor = self[name]
        return () if cursor is None else cursor.items()

    def one_of(self, name: str, allowed: Collection[str]) -> str | None:
        """A text out of a few."""
        cursor = self[name]
        value = None if cursor is None else cursor.text()
        if cursor is not None and value and value not in allowed:
            cursor.refuse(f"{listed(allowed)} expected, found {shown(value)}")
        return value


def _quote_it(value: str, kind: str) -> str:
    if not value:
        return "text expected, found nothing; write it or leave the field out"
    if kind == "nothing":
        return f'text expected; leave the field out, or quote it if the text is meant: "{value}"'
    return f'some readers take a bare {value[:40]} for {kind}; quote it: "{value[:40]}"'

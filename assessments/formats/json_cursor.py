"""Reads typed values off parsed JSON, noting every problem under its path."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from .json_text import Json, Repeated, described, lines_of
from .problems import LIMIT, Path, Problems

MAX_TEXT = 10_000

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class JsonCursor:
    """A value, the path to it, and where problems are noted. Lines are filled in at the end, if at all."""

    value: Json
    path: Path
    problems: Problems

    @classmethod
    def root(cls, value: Json, file: str) -> JsonCursor:
        """The start of a file."""
        return cls(value, (), Problems(file))

    def refuse(self, sentence: str) -> None:
        """Note what is wrong here."""
        self.problems.add(0, self.path, sentence)

    def refuse_field(self, name: str | int, sentence: str) -> None:
        """Note what is wrong with a field of this object."""
        self.problems.add(0, (*self.path, name), sentence)

    def text(self, longest: int = MAX_TEXT) -> str:
        """A text; "" stands in for anything else."""
        if not isinstance(self.value, str):
            self.refuse(f"text expected, found {described(self.value)}")
            return ""
        if len(self.value) > longest:
            self.refuse(f"{len(self.value):,} characters; at most {longest:,} are allowed")
        elif found := _UNSTORABLE.search(self.value):
            self.refuse(f"the character U+{ord(found[0]):04X} is not text; remove it")
        return self.value

    def object(self) -> Mapping[str, Json]:
        """The entries of an object; a key that stands twice is noted."""
        if not isinstance(self.value, dict):
            self.refuse(f"an object expected, found {described(self.value)}")
            return {}
        if isinstance(self.value, Repeated):
            for key in self.value.keys_twice:
                self.refuse_field(key, "this key stands more than once")
        return self.value

    def fields(self, required: Collection[str], optional: Collection[str]) -> JsonFields:
        """The fields of an object; unknown and missing ones are noted. An optional field may be null."""
        found, known = self.object(), (*required, *optional)
        unknown = [name for name in found if name not in known]
        for name in unknown[:LIMIT]:
            self.refuse_field(name, f"unknown field; known here: {', '.join(known)}")
        self.problems.more += len(unknown[LIMIT:])
        for name in required:
            if name not in found and isinstance(self.value, dict):
                self.refuse_field(name, "this field is missing")
        cursors = {
            name: JsonCursor(value, (*self.path, name), self.problems)
            for name, value in found.items()
            if name in required or (name in optional and value is not None)
        }
        return JsonFields(cursors, self)

    def raise_if_any(self, text: str, first_line: int) -> None:
        """Raise what was noted in this file as a ProblemsError, each with its line."""
        found = self.problems.found
        if not found:
            return
        lines = lines_of(text, {problem.path for problem in found}) if "\n" in text else {}
        placed = Problems(self.problems.file, more=self.problems.more)
        for problem in found:
            placed.add(first_line + lines.get(problem.path, 0), problem.path, problem.sentence)
        raise placed.error()


@dataclass(frozen=True)
class JsonFields:
    """The known fields of an object."""

    cursors: Mapping[str, JsonCursor]
    owner: JsonCursor

    def __getitem__(self, name: str) -> JsonCursor | None:
        return self.cursors.get(name)

    def text(self, name: str, longest: int = MAX_TEXT) -> str | None:
        """A text that is not empty, or None where there is no field."""
        cursor = self[name]
        if cursor is None:
            return None
        value = cursor.text(longest)
        if cursor.value == "":
            cursor.refuse("this text is empty; write it or leave the field out")
        return value

    def items(self, name: str, most: int) -> tuple[JsonCursor, ...]:
        """The entries of a list; none where there is no field, or where there are too many."""
        cursor = self[name]
        if cursor is None:
            return ()
        if not isinstance(cursor.value, list):
            cursor.refuse(f"a list expected, found {described(cursor.value)}")
            return ()
        if len(cursor.value) > most:
            cursor.refuse(f"{len(cursor.value):,} {name}; at most {most:,} are allowed")
            return ()
        return tuple(
            JsonCursor(value, (*cursor.path, index), cursor.problems) for index, value in enumerate(cursor.value)
        )

    def entries(self, name: str) -> Iterator[tuple[str, Json]]:
        """The entries of an object, by key; none where there is no field."""
        cursor = self[name]
        if cursor is not None:
            yield from cursor.object().items()

    def at(self, name: str, key: str, value: Json) -> JsonCursor:
        """A cursor on an entry of an object."""
        return JsonCursor(value, (*self.owner.path, name, key), self.owner.problems)

    def refuse(self, name: str, key: str | None, sentence: str) -> None:
        """Note what is wrong with a field, or with an entry of it."""
        path = (*self.owner.path, name) if key is None else (*self.owner.path, name, key)
        self.owner.problems.add(0, path, sentence)

"""Typed access to JSON that a machine wrote: the first thing that does not fit raises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from .json_text import Json, described
from .problems import Path, Problem, ProblemsError, listed


@dataclass(frozen=True)
class Shape:
    """An object in a JSON file and the path to it. Every method names a field and raises ProblemsError for a misfit."""

    value: Json
    path: Path
    file: str

    def text(self, name: str) -> str:
        """A text."""
        value = self._get(name)
        return value if isinstance(value, str) else self._misfit(name, "text")

    def text_or_none(self, name: str) -> str | None:
        """A text or null."""
        return None if self.is_null(name) else self.text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        entries = self._list(name)
        texts = tuple(entry for entry in entries if isinstance(entry, str))
        return texts if len(texts) == len(entries) else self._misfit(name, "texts")

    def one_of[Choice: str](self, name: str, choices: tuple[Choice, ...]) -> Choice:
        """One text of a few."""
        value = self._get(name)
        for choice in choices:
            if choice == value:
                return choice
        return self._misfit(name, listed(choices))

    def whole(self, name: str) -> int:
        """A whole number."""
        value = self._get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else self._misfit(name, "a whole number")

    def whole_or_none(self, name: str) -> int | None:
        """A whole number or null."""
        return None if self.is_null(name) else self.whole(name)

    def number(self, name: str) -> float | None:
        """A number or null."""
        return None if self.is_null(name) else self._number(self._get(name), name)

    def flag_or_none(self, name: str) -> bool | None:
        """true, false or null."""
        value = self._get(name)
        return value if value is None or isinstance(value, bool) else self._misfit(name, "true or false")

    def pair(self, name: str) -> tuple[float, float] | None:
        """Two numbers, or null."""
        if self.is_null(name):
            return None
        entries = self._list(name)
        if len(entries) != 2:
            self._misfit(name, "two numbers")
        return self._number(entries[0], name), self._number(entries[1], name)

    def is_null(self, name: str) -> bool:
        """Whether the field is null; it must be there."""
        return self._get(name) is None

    def shape(self, name: str) -> Shape:
        """The object in a field."""
        return Shape(self._get(name), (*self.path, name), self.file)

    def shapes(self, name: str) -> tuple[Shape, ...]:
        """The objects in a list."""
        return tuple(Shape(entry, (*self.path, name, i), self.file) for i, entry in enumerate(self._list(name)))

    def _get(self, name: str) -> Json:
        if not isinstance(self.value, dict):
            self._complain(self.path, f"an object expected, found {described(self.value)}")
        if name not in self.value:
            self._complain((*self.path, name), "this field is missing")
        return self.value[name]

    def _list(self, name: str) -> list[Json]:
        value = self._get(name)
        return value if isinstance(value, list) else self._misfit(name, "a list")

    def _number(self, value: Json, name: str) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        return self._misfit(name, "a number")

    def _misfit(self, name: str, wanted: str) -> NoReturn:
        self._complain((*self.path, name), f"{wanted} expected, found {described(self._get(name))}")

    def _complain(self, path: Path, sentence: str) -> NoReturn:
        raise ProblemsError([Problem(self.file, 1, path, sentence)])

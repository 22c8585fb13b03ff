"""The problems of a file, reported all at once: each has the file, the line, the field and a sentence."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

LIMIT = 100  # problems listed individually; further ones are only counted

_BARE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")

type Path = tuple[str | int, ...]
type Finding = tuple[Path, str]


@dataclass(frozen=True)
class FileProblem:
    """One thing to fix. `line` counts from 1; `path` is empty if the problem concerns the whole file.

    In a workbook, `cell` says where instead, as in `questions!C7`.
    """

    file: str
    line: int
    path: Path
    sentence: str
    cell: str = ""

    @property
    def where(self) -> str:
        """The cell, or else the line."""
        return self.cell or str(self.line)

    def __str__(self) -> str:
        return ": ".join(part for part in (f"{self.file}:{self.where}", written(self.path), self.sentence) if part)


class ProblemsError(ValueError):
    """The file cannot be used; the error's text has one line per problem."""

    def __init__(self, problems: Iterable[FileProblem], uncounted: int = 0) -> None:
        self.problems = tuple(problems)
        self.more = uncounted
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        if self.more:
            lines.append(f"{self.problems[0].file}: and {self.more} more")
        return "\n".join(lines)


@dataclass
class Problems:
    """Collects the problems of one file for one error: keeps the first `LIMIT` and counts the others."""

    file: str
    named: list[FileProblem] = field(default_factory=list)
    more: int = 0

    def add(self, line: int, path: Path, sentence: str) -> None:
        if len(self.named) < LIMIT:
            self.named.append(FileProblem(self.file, line, path, sentence))
        else:
            self.more += 1

    def error(self) -> ProblemsError:
        return ProblemsError(sorted(self.named, key=lambda problem: problem.line), self.more)


def matches(value: object, pattern: str, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The path and value of everything that matches a pattern such as `pillars.*.key`; missing parts are ignored."""
    step, _, rest = pattern.partition(".")
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        if step in ("*", name):
            yield from matches(inner, rest, (*path, name)) if rest else [((*path, name), inner)]


def one_problem(file: str, line: int, sentence: str) -> ProblemsError:
    """A ProblemsError with one problem, which belongs to no field."""
    return ProblemsError([FileProblem(file, line, (), sentence)])


def written(path: Path) -> str:
    """A path as text: `pillars[0].questions[2].anchors`. A key with unusual characters is quoted."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        elif _BARE.fullmatch(step):
            parts.append(f".{step}" if parts else step)
        else:
            parts.append(f"[{in_quotes(step)}]")
    return "".join(parts)


def in_quotes(text: str) -> str:
    """Text from a file, for use in a message: cut to 40 characters, quoted, on one line, in ASCII."""
    return json.dumps(text if len(text) <= 40 else text[:39] + "…")


def listed(words: Iterable[str], joint: str = "or") -> str:
    """`a, b or c`; `joint` precedes the last word."""
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last


def in_words(number: int) -> str:
    """A number for a message: in words up to twelve (0 is `none`), otherwise in digits."""
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return words[number] if 0 <= number < len(words) else str(number)

"""The tree of a bank, built from cells or from a publisher's file instead of from YAML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.text import slugify

from assessments.formats.problems import FileProblem, Problems, ProblemsError
from assessments.formats.yaml_text import Fields, Items, Node, Scalar

_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
MAX_KEY = 64
# Levels of a model that counts from 0: words, as their numbers are not those of the levels
STAGES = ("Start", "First stage", "Second stage", "Third stage", "Fourth stage", "Fifth stage", "Sixth stage")


def text(value: str, line: int) -> Scalar:
    """A text, whatever it looks like."""
    return Scalar(value, False, line)


def bare(value: str, line: int) -> Scalar:
    """A number, true, false or null; a decimal comma counts as a point, and 2.0 is 2."""
    return Scalar(plain_number(value), True, line)


def plain_number(value: str) -> str:
    """The number as YAML writes it; anything else unchanged."""
    value = value.strip()
    if not _NUMBER.fullmatch(value):
        return value
    whole, _, rest = value.replace(",", ".").partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def fields(line: int, /, **values: Node | None) -> Fields:
    """A mapping of the values that are there; `from_` stands for `from`."""
    made = Fields((name.rstrip("_"), value) for name, value in values.items() if value is not None)
    made.line, made.lines = line, {name: getattr(value, "line", line) for name, value in made.items()}
    return made


def items(line: int, nodes: Iterable[Node]) -> Items:
    """A list."""
    made = Items(nodes)
    made.line = line
    return made


def key_from(name: str, used: Iterable[str], otherwise: str) -> str:
    """A key that is not used yet, made of a name; `otherwise` where nothing of the name can be in a key."""
    taken = set(used)
    base = slugify(name)[: MAX_KEY - 4].strip("-_") or otherwise
    tries = (base, *(f"{base}-{number}" for number in range(2, 1000)))
    return next(each for each in tries if each not in taken)


@dataclass
class Places:
    """Numbers the cells that a tree is made of, so that the `line` of a node leads to its sheet and cell."""

    named: list[str] = field(default_factory=lambda: [""])

    def add(self, place: str) -> int:
        self.named.append(place)
        return len(self.named) - 1

    def tell(self, error: ProblemsError) -> ProblemsError:
        """The same problems, with cells instead of lines."""
        told = [FileProblem(p.file, p.line, p.path, p.sentence, self.named[p.line]) for p in error.problems]
        return ProblemsError(told, error.more)


def problem_at(problems: Problems, place: str, sentence: str) -> None:
    """Add a problem of a cell that never became part of a tree."""
    problems.named.append(FileProblem(problems.file, 0, (), sentence, place))

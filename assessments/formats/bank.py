"""Load a question bank from YAML: the formats `maturity-bank/1` and `maturity-bank/2`."""

import dataclasses
import pathlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from assessments.scoring.bank import Bank

from .documents import read_bytes
from .dump import checksum
from .problems import Path, Problems
from .yaml_text import MAX_BYTES, Fields, Node, Scalar, line_of

MAX_TEXT = 20_000
MAX_SHORT = 24  # characters that fit next to a chart's axis
MAX_PILLARS = 24
MAX_QUESTIONS = 40  # per pillar
MAX_PILLARS_2, MAX_QUESTIONS_2 = 40, 60  # in format 2
MAX_SUBSETS, MAX_SUBSET = 8, 200  # subsets of a bank, questions of a subset
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NUMBER = r"(?:0|[1-9][0-9]*)"
_WORD = rf"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
SEMVER = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-{_WORD}(?:\.{_WORD})*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)
LANGUAGE = re.compile(  # BCP 47, langtag: language, script, region, variants, extensions, private use
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LoadedBank:
    """A bank, and `line(path)`: the line of a field in `file`, or of the nearest enclosing part that the file has.

    For a workbook, `cells` has the cell of each line. A file that is not `maturity-bank` itself was `converted`, and
    `notes` says what it has that a bank has not.
    """

    bank: Bank
    file: str
    line: Callable[[Path], int]
    cells: Sequence[str] = ()
    notes: tuple[str, ...] = ()
    converted: bool = False

    def where(self, path: Path) -> str:
        """The cell of a field, or else its line."""
        line = self.line(path)
        return (self.cells[line] if self.cells else "") or str(line)


def load_bank(source: str | bytes, name: str = "bank.yaml") -> Bank:
    """The bank in a YAML text, including its checksum. Raises ProblemsError with every problem."""
    return parse_bank(source, name).bank


def read_bank(path: str | pathlib.Path) -> Bank:
    """The bank in a file. Raises ProblemsError, also if the file cannot be read."""
    return parse_bank(read_bytes(path, MAX_BYTES), str(path)).bank


def parse_bank(source: str | bytes, name: str = "bank.yaml") -> LoadedBank:
    """Like `load_bank`, but keeps line numbers for warnings about a valid bank. Raises ProblemsError."""
    from .yaml_tree import read_tree

    problems = Problems(name)
    return bank_from(read_tree(source, problems), problems)


def bank_from(tree: Node, problems: Problems) -> LoadedBank:
    """The bank of a tree, checked by every rule. Raises ProblemsError."""
    from .bank_rules import checked, of_bank

    if is_second(tree):
        from .bank_content import bank_of
        from .bank_rules_2 import of_bank_2
        from .bank_shapes_2 import BANK_2

        bank = bank_of(checked(BANK_2, tree, problems, of_bank_2(tree)))
    else:
        from .bank_shapes import BANK

        entry = checked(BANK, tree, problems, of_bank(tree))
        fields: dict[str, Any] = {name: value for name, value in entry.items() if name != "format"}
        bank = Bank(**fields)
    return LoadedBank(dataclasses.replace(bank, checksum=checksum(bank)), problems.file, partial(line_of, tree))


def is_second(tree: Node) -> bool:
    """Whether a file says that it is of format 2."""
    written = tree.get("format") if isinstance(tree, Fields) else None
    return isinstance(written, Scalar) and written.value == "maturity-bank/2"

"""A question bank from YAML: the format `maturity-bank/1`."""

from __future__ import annotations

import dataclasses
import pathlib
import re
from dataclasses import dataclass

from assessments.scoring.bank import Bank, Level

from .bank_parts import few, read_pillar
from .bank_rules import check_rules
from .cursor import Cursor, Record
from .dump import FORMAT, checksum
from .files import read_bytes
from .problems import Path, Problems, shown
from .tree import MAX_BYTES, Node, decoded, line_of

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
    """A bank, and where in its file each field stands."""

    bank: Bank
    file: str
    root: Node

    def line(self, path: Path) -> int:
        """The line of a field, or of what it would stand in."""
        return line_of(self.root, path)


def load_bank(source: str | bytes, name: str = "bank.yaml") -> Bank:
    """The bank in a YAML text, checksum included. Raises ProblemsError with everything that is wrong with it."""
    return parse_bank(source, name).bank


def read_bank(path: str | pathlib.Path) -> Bank:
    """The bank in a file; raises ProblemsError, also for a file that cannot be read."""
    return parse_bank(read_bytes(path, MAX_BYTES), str(path)).bank


def parse_bank(source: str | bytes, name: str = "bank.yaml") -> LoadedBank:
    """Like `load_bank`, and remembers the lines, for warnings about a bank that loads."""
    from .parsing import read_tree

    problems = Problems(name)
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    root = read_tree(decoded(raw, name), problems)
    bank = _bank(Cursor(root, (), root.line, problems))
    check_rules(bank, root, problems)
    problems.raise_if_any()
    return LoadedBank(dataclasses.replace(bank, checksum=checksum(bank)), name, root)


def _bank(cursor: Cursor) -> Bank:
    record = cursor.record(
        ("format", "key", "version", "title", "levels", "pillars"),
        ("language", "source", "licence", "about", "retired"),
    )
    record.one_of("format", (FORMAT,))
    return Bank(
        key=record.key("key"),
        version=matching(record, "version", SEMVER, "a version such as 1.0.0"),
        title=record.text("title"),
        levels=_levels(record),
        pillars=tuple(read_pillar(entry) for entry in few(record, "pillars", 1, 24)),
        language=matching(record, "language", LANGUAGE, "a language tag such as en, pt-BR or ar") or "en",
        source=record.optional_text("source"),
        licence=record.optional_text("licence"),
        about=record.optional_text("about"),
        retired=tuple(entry.key() for entry in record.items("retired")),
    )


def _levels(record: Record) -> tuple[Level, ...]:
    levels = few(record, "levels", 5, 5)
    return tuple(_level(entry.record(("name", "summary"), ())) for entry in levels)


def _level(record: Record) -> Level:
    return Level(name=record.text("name"), summary=record.text("summary"))


def matching(record: Record, name: str, pattern: re.Pattern[str], wanted: str) -> str:
    value = record.optional_text(name)
    cursor = record[name]
    if cursor is not None and value and (len(value) > 64 or not pattern.fullmatch(value)):
        cursor.refuse(f"{wanted} expected, found {shown(value)}")
    return value or ""

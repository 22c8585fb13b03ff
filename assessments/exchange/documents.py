"""Cuts an answers file into assessments without holding it in memory: one JSON object, or JSON Lines.

The file's content decides. If its first line is a whole JSON value, or some later line is a whole object with
`respondents`, it is JSON Lines; else the file is one object over several lines. A name that ends in .jsonl or .ndjson
settles it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from .files import cannot_read
from .problems import ProblemsError, one_problem

MAX_BYTES = 32_000_000  # one assessment: far above 10,000 respondents of 56 questions

_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True)
class Document:
    """The text of one assessment, and the line of the file in which it begins."""

    text: str
    line: int


type Line = tuple[int, bytes | None]  # its number from 1, and its bytes; None if it was too long


def documents(file: BinaryIO, name: str) -> Iterator[Document | ProblemsError]:
    """The assessments of a file in order, or instead of one what is wrong with it. Blank lines are skipped."""
    try:
        lines = _filled(_lines(file))
        head = [] if name.endswith(_LINES) else _until_sure(lines)
        if head and not _begins_lines(head):
            yield _whole(head, lines, name)
        else:
            for line in chain(head, lines):
                yield _document(line, name)
    except OSError as error:
        yield cannot_read(name, error)


def _lines(file: BinaryIO) -> Iterator[Line]:
    """The lines of a file; of one that is too long only the number, so that nobody holds it."""
    number = 1
    while raw := file.readline(MAX_BYTES + 1):
        too_long = len(raw) > MAX_BYTES and not raw.endswith(b"\n")
        yield number, None if too_long else raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        while too_long and raw and not raw.endswith(b"\n"):
            raw = file.readline(MAX_BYTES)
        number += 1


def _filled(lines: Iterator[Line]) -> Iterator[Line]:
    return (line for line in lines if line[1] is None or line[1].strip())


def _until_sure(lines: Iterator[Line]) -> list[Line]:
    """The first lines, up to the one that shows this to be JSON Lines, or the last that one object may have."""
    head: list[Line] = []
    size = 0
    for line in lines:
        head.append(line)
        size += len(line[1] or b"")
        if line[1] is None or size > MAX_BYTES or _begins_lines(head):
            break
    return head


def _begins_lines(head: list[Line]) -> bool:
    """Whether the last of these lines shows that each line is a document."""
    raw = head[-1][1]
    if raw is None:
        return len(head) == 1
    if len(head) > 1 and b'"respondents"' not in raw:
        return False
    try:
        value = json.loads(raw, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return len(head) == 1 or (isinstance(value, dict) and "respondents" in value)


def _whole(head: list[Line], lines: Iterator[Line], name: str) -> Document | ProblemsError:
    """The one object that these lines make up; blank lines between them are put back, for the line numbers."""
    first, last = head[0][0], head[-1][0]
    if head[-1][1] is None or sum(len(raw or b"") for _, raw in head) > MAX_BYTES or next(lines, None):
        return _too_long(name, first)
    raw = dict(head)
    return _text(b"".join(raw.get(number) or b"\n" for number in range(first, last + 1)), first, name)


def _document(line: Line, name: str) -> Document | ProblemsError:
    number, raw = line
    return _too_long(name, number) if raw is None else _text(raw.rstrip(b"\r\n"), number, name)


def _text(raw: bytes, line: int, name: str) -> Document | ProblemsError:
    try:
        return Document(raw.decode("utf-8"), line)
    except UnicodeDecodeError as error:
        bad = line + raw.count(b"\n", 0, error.start)
        return one_problem(name, bad, "this is not UTF-8; save the file as UTF-8")


def _too_long(name: str, line: int) -> ProblemsError:
    return one_problem(name, line, f"an assessment longer than {MAX_BYTES:,} bytes is not read")

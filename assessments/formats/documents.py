"""Files from disk, and an answers file cut into assessments without holding it in memory: JSON, or JSON Lines.

The file's content decides. If its first line is a whole JSON value, or some later line is a whole object with
`respondents`, it is JSON Lines; else the file is one object over several lines. A name that ends in .jsonl or .ndjson
settles it.
"""

from __future__ import annotations

import io
import json
import pathlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from .problems import ProblemsError, one_problem

# One assessment; 10,000 respondents who answer and prove 56 questions stay below. The second number keeps short things
# in great number, such as ten million empty lists, from filling the memory.
MAX_BYTES = 32_000_000
MAX_PARTS = 3_000_000  # brackets, colons and commas

_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True)
class AnswersText:
    """The text of one assessment, and the line of the file in which it begins."""

    text: str
    line: int


type Line = tuple[int, bytes]  # its number from 1, and what it holds


def documents(file: BinaryIO, name: str) -> Iterator[AnswersText | ProblemsError]:
    """The assessments of a file in order, or instead of one what is wrong with it. Blank lines are skipped."""
    try:
        lines = _lines(file)
        head, one_a_line = (b"", True) if name.endswith(_LINES) else _until_sure(lines)
        if one_a_line:
            for number, raw in chain(enumerate(io.BytesIO(head), start=1), lines):
                if raw.strip():
                    yield _document(raw.rstrip(b"\r\n"), number, name)
        elif head.strip():
            yield _document(head, 1, name)
    except OSError as error:
        yield cannot_read(name, error)


def _lines(file: BinaryIO) -> Iterator[Line]:
    """The lines of a file; one that is too long ends where that is certain, so that nobody holds it."""
    number = 0
    while raw := file.readline(MAX_BYTES + 1):
        number += 1
        yield number, raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        while len(raw) > MAX_BYTES and not raw.endswith(b"\n"):
            raw = file.readline(MAX_BYTES + 1) or b"\n"


def _until_sure(lines: Iterator[Line]) -> tuple[bytes, bool]:
    """What stands up to the line that shows these to be JSON Lines (then true), or all that one object may have."""
    head, first = bytearray(), True
    for _, raw in lines:
        head += raw
        if raw.strip():
            if _is_document(raw, first=first):
                return bytes(head), True
            first = False
        if len(head) > MAX_BYTES:
            break
    return bytes(head), False


def _is_document(raw: bytes, *, first: bool) -> bool:
    """Whether this line is a document of its own: in the first one any JSON value, later an object with respondents."""
    if not first and b'"respondents"' not in raw:
        return False
    if _too_much(raw):
        return first
    try:
        value = json.loads(raw, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return first or (isinstance(value, dict) and "respondents" in value)


def _document(raw: bytes, line: int, name: str) -> AnswersText | ProblemsError:
    if too_much := _too_much(raw):
        return one_problem(name, line, too_much)
    try:
        return AnswersText(raw.decode("utf-8"), line)
    except UnicodeDecodeError as error:
        bad = line + raw.count(b"\n", 0, error.start)
        return one_problem(name, bad, "this is not UTF-8; save the file as UTF-8")


def _too_much(raw: bytes) -> str | None:
    """Why nobody should hold this assessment in memory, if so."""
    if len(raw) > MAX_BYTES:
        return f"an assessment longer than {MAX_BYTES:,} bytes is not read"
    if sum(raw.count(sign) for sign in (b"[", b"{", b":", b",")) > MAX_PARTS:
        return f"an assessment of more than {MAX_PARTS:,} fields and entries is not read"
    return None


def open_binary(path: str | pathlib.Path) -> BinaryIO:
    """An open file; raises ProblemsError if it cannot be opened."""
    try:
        return pathlib.Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise cannot_read(str(path), error) from None


def read_bytes(path: str | pathlib.Path, most: int) -> bytes:
    """The content of a file, and one byte more than `most` of a larger one. Raises ProblemsError if it cannot be read."""
    with open_binary(path) as file:
        try:
            return file.read(most + 1)
        except OSError as error:
            raise cannot_read(str(path), error) from None


def cannot_read(file: str, error: OSError | ValueError) -> ProblemsError:
    """The sentence for a file that is not there, not ours to read, or not a file."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return one_problem(file, 1, f"the file cannot be read: {reason}")

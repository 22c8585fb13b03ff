"""Read files from disk, and split an answers file (JSON or JSON Lines) into assessments without loading all of it.

A name that ends in .jsonl or .ndjson means JSON Lines. Otherwise the content decides: it is JSON Lines if the first
line is a complete JSON value or a later line is a complete object with `respondents`, and one JSON object if not.
"""

import io
import json
import pathlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from .problems import ProblemsError, one_problem

# Limits per assessment: 10,000 respondents who answer 56 questions with evidence stay below them. MAX_PARTS prevents
# many tiny values, such as ten million empty lists, from filling the memory.
MAX_BYTES = 32_000_000
MAX_PARTS = 3_000_000  # brackets, colons and commas

_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True)
class AnswersText:
    """The text of one assessment, and the line of the file on which it begins."""

    text: str
    line: int


type Line = tuple[int, bytes]  # (its number from 1, its content)


def documents(file: BinaryIO, name: str) -> Iterator[AnswersText | ProblemsError]:
    """The assessments of a file in order, with a ProblemsError in place of each unreadable one. Skips blank lines."""
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
    """The lines of a file, without a byte order mark; to save memory, a line is cut off after MAX_BYTES + 1 bytes."""
    number = 0
    while raw := file.readline(MAX_BYTES + 1):
        number += 1
        yield number, raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        while len(raw) > MAX_BYTES and not raw.endswith(b"\n"):
            raw = file.readline(MAX_BYTES + 1) or b"\n"


def _until_sure(lines: Iterator[Line]) -> tuple[bytes, bool]:
    """(the bytes up to the line that proves JSON Lines, True), or (the file, cut off once above MAX_BYTES, False)."""
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
    """Whether the line is a complete document: any JSON value if it is the first, else an object with `respondents`."""
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
    """Why the assessment is too large to read, or None."""
    if len(raw) > MAX_BYTES:
        return f"an assessment longer than {MAX_BYTES:,} bytes is not read"
    if sum(raw.count(sign) for sign in (b"[", b"{", b":", b",")) > MAX_PARTS:
        return f"an assessment of more than {MAX_PARTS:,} fields and entries is not read"
    return None


def open_binary(path: str | pathlib.Path) -> BinaryIO:
    """The file, open for reading. Raises ProblemsError if it cannot be opened."""
    try:
        return pathlib.Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise cannot_read(str(path), error) from None


def read_bytes(path: str | pathlib.Path, most: int) -> bytes:
    """The content of a file, at most `most` + 1 bytes of it. Raises ProblemsError if it cannot be read."""
    with open_binary(path) as file:
        try:
            return file.read(most + 1)
        except OSError as error:
            raise cannot_read(str(path), error) from None


def cannot_read(file: str, error: OSError | ValueError) -> ProblemsError:
    """The error for a path that does not exist, cannot be accessed, or is not a file."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return one_problem(file, 1, f"the file cannot be read: {reason}")

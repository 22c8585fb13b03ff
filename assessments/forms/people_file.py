"""A file of people, from whatever spreadsheet it comes -> lines as they would be pasted, at the same line numbers."""

import csv
import io
from collections.abc import Iterator, Sequence

LARGEST = 200 * 1024
HEADINGS = {
    **dict.fromkeys(("email", "e-mail", "e-mail address", "email address", "mail", "address"), "email"),
    **dict.fromkeys(("name", "full name", "person"), "name"),
    **dict.fromkeys(("function", "role"), "function"),
}
USUAL = ("email", "name", "function")


def lines_of_file(content: bytes) -> list[str]:
    """`Name <address>, function`, one a row; an empty line for a heading and for rows without anything in them.

    Raises csv.Error for a cell without an end.
    """
    text = _text(content)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    found = [HEADINGS.get(cell.strip().lower()) for cell in rows[0]] if rows else []
    if "email" not in found:
        return [_line(row, USUAL) for row in rows]
    return ["", *(_line(row, found) for row in rows[1:])]


def _text(content: bytes) -> str:
    """UTF-8, UTF-16 where a mark says so, or else what an older Windows writes."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")


def _delimiter(text: str) -> str:
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(",;\t", key=first.count)


def _line(row: Sequence[str], columns: Sequence[str | None]) -> str:
    cells = {name: " ".join(cell.split()) for name, cell in zip(columns, row, strict=False) if name}
    if not any(cells.values()):
        return ""
    return "".join(_parts(cells.get("email", ""), cells.get("name", ""), cells.get("function", "")))


def _parts(email: str, name: str, function: str) -> Iterator[str]:
    yield f"{name} <{email}>" if name else email
    if function:
        yield f", {function}"

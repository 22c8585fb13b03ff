"""Convert people from any spreadsheet or mail program to lines as people type them, keeping the line numbers."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence

from .functions import function_of
from .plain import JOINERS

LARGEST = 200 * 1024
HEADINGS = {
    **dict.fromkeys(("email", "e-mail", "e-mail address", "email address", "mail", "address"), "email"),
    **dict.fromkeys(("e-mail-adresse", "emailadresse", "mailadresse", "adresse"), "email"),
    **dict.fromkeys(("name", "full name", "person", "vollständiger name"), "name"),
    **dict.fromkeys(("first name", "given name", "forename", "vorname"), "given"),
    **dict.fromkeys(("last name", "family name", "surname", "nachname", "familienname"), "family"),
    **dict.fromkeys(("unit", "einheit"), "unit"),
    **dict.fromkeys(("function", "role", "funktion", "rolle"), "function"),
}
USUAL = ("email", "name", "function")
SEPARATOR = re.compile(r"sep=[,;\t]", re.IGNORECASE)  # what Excel writes above a table
ADDRESS = re.compile(r"(?<![^\s<>(),;|@\"“”„])[^\s<>(),;|@\"“”„]++@[^\s<>(),;|@\"“”„]++")
IN_QUOTES = re.compile(r"[\"“„]([^\"“”„]{1,150})[\"”“]")
BETWEEN = re.compile(r"[,;|\t<>()\[\]]|\s[-–—]\s")  # parts of a line in any order
BULLET = re.compile(r"(?m)^[ \t]*(?:\d{1,3}[.)]|[-•*–])[ \t]+")
DEGREES = {"phd", "md", "mba", "jr", "sr", "esq", "dr"}  # behind a comma, these are no given name
AFTER_ADDRESS = re.compile(r"(?<=>)\s*+[;,]\s*+(?=[^;<>]{0,200}+<)")  # between two people from a mail program


def lines_of_file(content: bytes, *, with_unit: bool = False) -> list[str]:
    """Return `Name <address>, function` per row, and the unit if asked for; an empty line for a heading and for rows without content.

    Raises csv.Error for a cell whose quote is never closed.
    """
    text = _text(content)
    return _lines(text, _delimiter(text), with_unit)


def lines_of_paste(text: str, *, with_unit: bool = False) -> list[str]:
    """Return the same for pasted text: rows copied from a spreadsheet, or the lines unchanged."""
    text = BULLET.sub("", _printed(text)).replace("mailto:", "")
    delimiter = "\t" if "\t" in text else _delimiter(text)
    return _lines(text, delimiter, with_unit) if _is_table(text, delimiter) else text.splitlines()


def apart(line: str) -> list[str]:
    """Return the people in one line, as mail programs join them: `Lee, Dana <dana@…>; Sam <sam@…>`."""
    words = [word for word in re.split(r"[;,\s]+", line) if word]
    if words and all("@" in word and "<" not in word for word in words):
        return words
    return AFTER_ADDRESS.split(line)


def reordered(line: str) -> str | None:
    """Return `Name <address>, function` for a line with these in another order or otherwise separated; None if unclear."""
    line = IN_QUOTES.sub(lambda match: given_name_first(match[1]), line)
    found = ADDRESS.findall(line)
    if len(found) != 1:
        return None
    before, after = (_parts_of(text) for text in line.split(found[0], 1))
    function = next((part for part in (*after, *before) if function_of(part)), "")
    names = [part for part in before if part != function] or [part for part in after if part != function][:1]
    rest = [part for part in after if part not in (function, *names)]
    return "".join(_parts(found[0], " ".join(names), function or " ".join(rest)))


def _parts_of(text: str) -> list[str]:
    return [words for part in BETWEEN.split(text) if (words := part.strip(" \t\xa0\"“”„'’:-–—"))]


def given_name_first(name: str) -> str:
    """Turn `Lee, Dana` into `Dana Lee`."""
    last, comma, first = (part.strip() for part in name.partition(","))
    is_turned = comma and last and first and "," not in first and first.lower().strip(".") not in DEGREES
    return f"{first} {last}" if is_turned else name


def _printed(text: str) -> str:
    """Remove invisible characters that are copied along with names; keep line breaks and tabs."""
    return "".join(c for c in text if unicodedata.category(c) != "Cf" or c in JOINERS)


def _is_table(text: str, delimiter: str) -> bool:
    """Whether cells are separated by tabs, or the address in the first row is not where a typed line has it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if delimiter == "\t" or SEPARATOR.fullmatch(first.strip()):
        return True
    cells = [cell.strip() for cell in first.split(delimiter)]
    away = any("@" in cell for cell in cells[1:]) and "@" not in cells[0]
    return "<" not in first and (away or any(HEADINGS.get(cell.lower()) == "email" for cell in cells))


def _lines(text: str, delimiter: str, with_unit: bool = False) -> list[str]:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    above = 1 if rows and SEPARATOR.fullmatch(text.lstrip().split("\n")[0].strip()) else 0
    columns = [HEADINGS.get(cell.strip().lower()) for cell in rows[above]] if len(rows) > above else []
    if not with_unit:
        columns = [None if column == "unit" else column for column in columns]
    if "email" in columns:
        return [*[""] * (above + 1), *(_row_of(row, columns) for row in rows[above + 1 :])]
    return [*[""] * above, *(_line(row, _columns(row)) for row in rows[above:])]


def _row_of(row: Sequence[str], columns: Sequence[str | None]) -> str:
    """A row under headings; as it is typed where its address is in another column than they say."""
    told = [cell for kind, cell in zip(columns, row, strict=False) if kind == "email"]
    is_typed = "@" in "".join(row) and "@" not in "".join(told)
    return ", ".join(row) if is_typed else _line(row, columns)


def _columns(row: Sequence[str]) -> Sequence[str | None]:
    """Return the columns of a row without headings: names before the address, or else after it; the function anywhere."""
    place = next((n for n, cell in enumerate(row) if "@" in cell), 0)
    others = [n for n, cell in enumerate(row) if n != place and cell.strip()]
    functions = [n for n in others if function_of(row[n])]
    function = next((n for n in functions if n > place), functions[0] if functions and len(others) > 1 else None)
    if function is None:
        return [*["name"] * place, "email", "function"] if place else USUAL
    names = [n for n in others if n < place and n != function] or [n for n in others if n != function][:1]
    kinds = {place: "email", function: "function", **dict.fromkeys(names, "name")}
    return [kinds.get(n) for n in range(len(row))]


def _text(content: bytes) -> str:
    """Decode UTF-8, UTF-16 if there is a byte order mark, or else Windows-1252."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")


def _delimiter(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    first = next((line for line in lines if not SEPARATOR.fullmatch(line.strip())), "")
    return max("\t;,|", key=first.count)


def _line(row: Sequence[str], columns: Sequence[str | None]) -> str:
    cells: dict[str, list[str]] = {}
    for kind, cell in zip(columns, row, strict=False):
        if kind and (words := " ".join(cell.split())):
            cells.setdefault(kind, []).append(words)
    if not cells:
        return ""
    name = " ".join(word for kind in ("given", "name", "family") for word in cells.get(kind, ()))
    line = "".join(_parts(" ".join(cells.get("email", ())), name, ", ".join(cells.get("function", ()))))
    return f"{line} | {' '.join(cells['unit'])}" if "unit" in cells else line


def _parts(email: str, name: str, function: str) -> Iterator[str]:
    yield f"{name} <{email}>" if name else email
    if function:
        yield f", {function}"

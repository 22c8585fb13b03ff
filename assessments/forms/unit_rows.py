"""Reading units as people paste them: a table with headings, paths with `>`, or indented lines."""

import csv
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import get_format_lazy

from assessments.models import MAX_DEPTH, MAX_HEADCOUNT, MAX_UNIT_NAME, Unit
from assessments.sentences import gettext as _, ngettext

from .plain import validate_plain_name

HEADINGS = {
    **dict.fromkeys(("parent", "part of", "under", "above", "übergeordnet", "teil von", "gehört zu"), "parent"),
    **dict.fromkeys(("name", "unit", "einheit", "bezeichnung", "system", "ai system", "ki-system"), "name"),
    **dict.fromkeys(("headcount", "people", "employees", "size", "mitarbeitende", "personen", "köpfe"), "headcount"),
    **dict.fromkeys(("purpose", "zweck"), "purpose"),
    **dict.fromkeys(("owner", "verantwortlich", "verantwortliche person"), "owner"),
    **dict.fromkeys(("in use since", "since", "im einsatz seit", "seit"), "in_use_since"),
    **dict.fromkeys(("risk class", "risk", "risikoklasse", "risiko"), "risk_class"),
}
MAX_NAMED = 8  # faulty rows that are explained at once
LONGEST = {"purpose": 500, "owner": 150, "risk_class": 80}
DATES = get_format_lazy("DATE_INPUT_FORMATS")
THOUSANDS = re.compile(r"(?<=\d)[.,'\u2019\u00a0\u202f ](?=\d{3}\b)")

type Key = tuple[str, ...]


@dataclass(frozen=True)
class UnitRow:
    """A pasted row: a unit with its names from the top of the tree, or the problem with the row."""

    line: int
    text: str
    path: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    problem: str | None = None

    @property
    def above(self) -> str:
        """The units above it, for the preview."""
        return " › ".join(self.path[:-1])


def rows_of(text: str, existing: Iterable[tuple[str, ...]]) -> list[UnitRow]:
    """The units in pasted text, each after the one above it; rows with a problem come first, in order.

    `existing` are the paths of the active units.
    """
    cells = list(_cells(text))
    return list(_placed(cells, {key_of(path): path for path in existing}))


def key_of(path: Sequence[str]) -> Key:
    """A path without regard to case."""
    return tuple(" ".join(name.split()).casefold() for name in path)


@dataclass(frozen=True)
class _Cells:
    line: int
    text: str
    values: Mapping[str, str]
    above: tuple[str, ...] | None = None  # the names above it where the text itself says so; None: by `parent`


def _cells(text: str) -> Iterator[_Cells]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    delimiter = max("\t;,|", key=lambda each: sum(each in line.strip() for _n, line in lines)) if lines else ","
    first = _split(lines[0][1], delimiter) if lines else []
    columns = [HEADINGS.get(cell.casefold()) for cell in first]
    if "name" in columns:
        for number, line in lines[1:]:
            values = {key: cell for key, cell in zip(columns, _split(line, delimiter), strict=False) if key}
            yield _Cells(number, line, values)
    elif any(line[0] in " \t" for _n, line in lines) and not any(">" in line for _n, line in lines):
        yield from _indented(lines)
    else:
        for number, line in lines:
            yield _bare(number, line, _split(line, delimiter))


def _split(line: str, delimiter: str) -> list[str]:
    return [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _bare(number: int, line: str, cells: list[str]) -> _Cells:
    """A row without headings: a path and a headcount; or parent, name and headcount."""
    count = cells.pop() if len(cells) > 1 and is_number(cells[-1]) else ""
    names = [part.strip() for cell in cells for part in cell.split(">")]
    if len(cells) > 1 and ">" not in line:
        return _Cells(number, line, {"parent": cells[0], "name": cells[1], "headcount": count})
    names = [name for name in names if name]
    return _Cells(number, line, {"name": names[-1] if names else "", "headcount": count}, tuple(names[:-1]))


def _indented(lines: Sequence[tuple[int, str]]) -> Iterator[_Cells]:
    stack: list[tuple[int, str]] = []
    for number, line in lines:
        body = line.expandtabs(4)
        depth = len(body) - len(body.lstrip())
        while stack and stack[-1][0] >= depth:
            stack.pop()
        name, _comma, count = body.strip().rpartition(",")
        if not name or not is_number(count):
            name, count = body.strip(), ""
        yield _Cells(number, line, {"name": name.strip(), "headcount": count}, tuple(each for _d, each in stack))
        stack.append((depth, name.strip()))


def is_number(text: str) -> bool:
    """Whether a cell is a whole number, with or without separators of thousands."""
    return THOUSANDS.sub("", text.strip()).isdecimal()


def _placed(cells: Sequence[_Cells], existing: dict[Key, tuple[str, ...]]) -> Iterator[UnitRow]:
    """Rows with their whole paths: units follow the one above them, in the order of the rows."""
    broken: list[tuple[_Cells, str]] = []
    waiting: list[tuple[_Cells, dict[str, Any]]] = []
    for each in cells:
        try:
            waiting.append((each, _details(each.values)))
        except ValidationError as error:
            broken.append((each, str(error.messages[0])))
    known, names = dict(existing), _by_name(existing)
    pending, placed = waiting, []
    while pending:
        later = []
        for each, details in pending:
            path = _path_of(each, known, names, [one for one, _d in pending])
            if path is None:
                later.append((each, details))
                continue
            problem = _refusal(path, known)
            if problem:
                broken.append((each, problem))
                continue
            known[key_of(path)] = path
            names.setdefault(key_of(path)[-1], []).append(path)
            placed.append(UnitRow(each.line, each.text, path, details))
        if len(later) == len(pending):
            broken.extend((each, _lost(each, names, later)) for each, _details_ in later)
            break
        pending = later
    yield from (UnitRow(each.line, each.text, problem=problem) for each, problem in sorted(broken, key=_line_of))
    yield from placed


def _line_of(found: tuple[_Cells, str]) -> int:
    return found[0].line


def _by_name(existing: Mapping[Key, tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    names: dict[str, list[tuple[str, ...]]] = {}
    for key, path in existing.items():
        names.setdefault(key[-1], []).append(path)
    return names


def _path_of(
    each: _Cells, known: Mapping[Key, tuple[str, ...]], names: Mapping[str, list[tuple[str, ...]]], rest: list[_Cells]
) -> tuple[str, ...] | None:
    """The path of a row, or None as long as the unit above it is not known, or not the only one of its name."""
    name = each.values["name"]
    if each.above is None:
        parent = [part.strip() for part in each.values.get("parent", "").split(">") if part.strip()]
        if len(parent) == 1 and known.get(key_of(parent)) is None:
            same = names.get(key_of(parent)[0], [])
            coming = any(key_of([one.values["name"]]) == key_of(parent) for one in rest if one is not each)
            return (*same[0], name) if len(same) == 1 and not coming else None
    else:
        parent = list(each.above)
    if not parent:
        return (name,)
    above = known.get(key_of(parent))
    return None if above is None else (*above, name)


def _refusal(path: tuple[str, ...], known: Mapping[Key, tuple[str, ...]]) -> str | None:
    if len(path) > MAX_DEPTH:
        return _("Units can be up to %(depth)d levels deep.") % {"depth": MAX_DEPTH}
    if key_of(path) not in known:
        return None
    if len(path) == 1:
        return _("There is already a unit called “%(name)s” at the top.") % {"name": path[-1]}
    return _("“%(parent)s” already has a unit called “%(name)s”.") % {"parent": path[-2], "name": path[-1]}


def _lost(each: _Cells, names: Mapping[str, list[tuple[str, ...]]], rest: Sequence[tuple[_Cells, Any]]) -> str:
    """Why a row never found the unit above it."""
    above = each.above[-1] if each.above else each.values.get("parent", "")
    values = {"parent": above, "name": each.values["name"]}
    if len(names.get(key_of([above])[0], ())) > 1:
        return _("There are several units called “%(parent)s”. Write the whole path, as in “Europe > Sales”.") % values
    if any(key_of([one.values["name"]]) == key_of([above]) for one, _details_ in rest):
        return _("“%(name)s” is under “%(parent)s”, which never leads to the top of the tree.") % values
    return _("There is no unit called “%(parent)s” to put “%(name)s” under.") % values


def _details(values: Mapping[str, str]) -> dict[str, Any]:
    """What the cells of a row say of the unit. Raises ValidationError."""
    _check_name(values.get("name", ""))
    details: dict[str, Any] = {}
    if count := values.get("headcount", "").strip():
        whole = THOUSANDS.sub("", count)
        if not whole.isdecimal() or not 1 <= int(whole) <= MAX_HEADCOUNT:
            raise ValidationError(_("“%(text)s” is not a headcount. Use a whole number from 1.") % {"text": count})
        details["headcount"] = int(whole)
    if since := values.get("in_use_since", ""):
        details["in_use_since"] = _day(since)
        if details["in_use_since"] is None:
            raise ValidationError(_("“%(text)s” is not a date. Write it like 2026-03-31.") % {"text": since})
    for key, most in LONGEST.items():
        if len(values.get(key, "")) > most:
            raise ValidationError(_("A cell has more than %(most)d characters.") % {"most": most})
        if values.get(key):
            details[key] = values[key]
    return details


def _check_name(name: str) -> None:
    """Raise ValidationError for a name that a unit cannot have."""
    if not name:
        raise ValidationError(_("The name is missing."))
    if len(name) > MAX_UNIT_NAME:
        raise ValidationError(_("A name can have up to %(most)d characters.") % {"most": MAX_UNIT_NAME})
    if ">" in name or "›" in name:
        raise ValidationError(_("A name cannot contain “>”."))
    validate_plain_name(name)


def _day(text: str) -> datetime.date | None:
    for each in ("%Y-%m-%d", "%d.%m.%Y", *DATES):
        try:
            return datetime.datetime.strptime(text, each).date()
        except ValueError:
            continue
    return None


def refusal_of(wrong: Sequence[tuple[int, str]]) -> list[str]:
    """What is wrong with rows, by number: the first ones one by one, then how many more there are."""
    said = [_("Row %(line)d: %(problem)s") % {"line": line, "problem": problem} for line, problem in wrong[:MAX_NAMED]]
    if (more := len(wrong) - MAX_NAMED) > 0:
        said.append(ngettext("%(n)d more row has a problem.", "%(n)d more rows have a problem.", more) % {"n": more})
    return said


def paths_of(units: Iterable[Unit]) -> dict[Any, tuple[str, ...]]:
    """The names from the top of the tree by id, of units that include those above them."""
    rows = {unit.pk: unit for unit in units}
    found: dict[Any, tuple[str, ...]] = {}
    for unit in rows.values():
        path, here = [unit.name], unit
        while here.parent_id in rows:
            here = rows[here.parent_id]
            path.append(here.name)
        found[unit.pk] = tuple(reversed(path))
    return found

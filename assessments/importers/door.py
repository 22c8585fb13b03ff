"""The one door for the file of a bank: bytes go in, and a bank, problems or a sheet to be explained come out."""

import dataclasses
import pathlib
from collections.abc import Callable
from dataclasses import dataclass

from assessments.formats.bank import LoadedBank, parse_bank
from assessments.formats.documents import read_bytes
from assessments.formats.problems import one_problem

from . import aima, aismm, dsomm, samm
from .columns import is_own
from .layout import own_layout
from .questions import bank_of_layout
from .workbook import Sheet, hidden_note, is_workbook, read_sheets, unsaved

MAX_BYTES = 4_000_000  # of a file

type Reader = tuple[Callable[[bytes], bool], Callable[[bytes, str], LoadedBank]]
PUBLISHERS: tuple[Reader, ...] = (
    (samm.is_samm, samm.read),
    (dsomm.is_dsomm, dsomm.read),
    (aismm.is_aismm, aismm.read),
)


@dataclass(frozen=True)
class Foreign:
    """The sheets of somebody else's file: a person has to say which column is which."""

    file: str
    sheets: tuple[Sheet, ...]


def read_bank_file(raw: bytes, file: str) -> LoadedBank | Foreign:
    """The bank in YAML, in our workbook or in a publisher's file. Raises ProblemsError with every problem."""
    if len(raw) > MAX_BYTES:
        raise one_problem(file, 1, f"a file longer than {MAX_BYTES:,} bytes is not read")
    if raw.lstrip().startswith(b"format:"):  # also under a workbook's name, as its preview sends the bank on
        return parse_bank(raw, file)
    found = _read(raw, file)
    if isinstance(found, Foreign):
        return found
    hidden = hidden_note(raw) if is_workbook(raw) else ()
    return dataclasses.replace(found, converted=True, notes=(*found.notes, *hidden))


def read_known_file(path: str | pathlib.Path) -> LoadedBank:
    """The bank in a file on disk. Raises ProblemsError, also if a person would have to name the columns."""
    found = read_bank_file(read_bytes(path, MAX_BYTES), str(path))
    if isinstance(found, Foreign):
        raise one_problem(
            found.file,
            1,
            "nothing says which column is which; name them as in the template, or import the file in the admin",
        )
    return found


def _read(raw: bytes, file: str) -> LoadedBank | Foreign:
    if is_workbook(raw) or file.lower().endswith((".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".ods")):
        return _read_sheets(raw, file)
    for is_theirs, read in PUBLISHERS:
        if is_theirs(raw):
            return read(raw, file)
    if raw.startswith(b"PK"):
        raise one_problem(file, 1, "this ZIP is damaged, or has neither a workbook nor a model in it")
    return parse_bank(raw, file)


def _read_sheets(raw: bytes, file: str) -> LoadedBank | Foreign:
    sheets = read_sheets(raw, file)
    named = {sheet.name.strip().casefold(): sheet for sheet in sheets}
    if not any(sheet.rows for sheet in sheets):
        raise one_problem(file, 1, "no visible sheet has anything in it")
    if theirs := aima.sheet_of(sheets):
        return aima.read(theirs, file)
    if "bank" in named and "questions" in named and is_own(named["questions"]):
        return bank_of_layout(own_layout(named, unsaved(raw, named["questions"])), file)
    return Foreign(file, tuple(sheet for sheet in sheets if sheet.rows))

"""A report that was made once is taken from a shelf: its key is a checksum over all that decides its bytes.

So nobody is given what they may not see: the key is made of the very document that this reader would get.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from assessments.reports.pdf import worker
from assessments.reports.pdf.report import report_sheet, set_report
from assessments.reports.pdf.request import TYPEFACES, Printed, Sheet
from assessments.reports.report import Report


class Shelf(Protocol):
    """Where PDFs lie by their keys. It never fails: what cannot be kept is made once more."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, content: bytes) -> None: ...

    def drop(self, key: str) -> None: ...


def kept_report(report: Report, *, shelf: Shelf, again: Callable[[], Report], wait: float, person: str) -> Printed:
    """The report from the shelf, or made and put there. Whoever asks for the same one meanwhile gets the first one's.

    `again` reads it once more: what changed while it was made, because somebody was erased, is not kept. Raises PdfError.
    """
    sheet = report_sheet(report, engine=worker.engine())
    key = key_of(sheet)
    if found := _unpacked(shelf.get(key)):
        return found
    with worker.one_at_a_time(wait, person=person):
        if found := _unpacked(shelf.get(key)):
            return found
        printed = set_report(report, sheet)
        shelf.put(key, _packed(printed))
    stands = False
    try:
        stands = key_of(report_sheet(again(), engine=worker.engine())) == key
    finally:
        if not stands:
            shelf.drop(key)
    return printed


def key_of(sheet: Sheet) -> str:
    """Markup, style sheets and pictures as they go to the typesetter, and what it is made of."""
    return hashlib.sha256(json.dumps([asdict(sheet), _tools()], sort_keys=True).encode()).hexdigest()


@cache
def _tools() -> tuple[str, ...]:
    """Beside the libraries that the sheet itself names."""
    here = Path(__file__).parent
    code = b"".join(path.read_bytes() for path in (here / "render.py", here.parent / "weasyprint_patches.py"))
    packages = ("pydyf", "fonttools", *TYPEFACES.values())
    return (hashlib.sha256(code).hexdigest(), *map(version, packages))


def _packed(printed: Printed) -> bytes:
    """A line of facts, with a checksum of the bytes that follow it."""
    facts = {"pages": printed.pages, "missing": printed.missing, "borrowed": printed.borrowed}
    return json.dumps({**facts, "sha256": hashlib.sha256(printed.pdf).hexdigest()}).encode() + b"\n" + printed.pdf


def _unpacked(content: bytes | None) -> Printed | None:
    """None where it is not what was put there."""
    line, _end, pdf = (content or b"").partition(b"\n")
    try:
        facts = json.loads(line)
        if facts["sha256"] != hashlib.sha256(pdf).hexdigest():
            return None
        return Printed(pdf, facts["pages"], tuple(facts["missing"]), tuple(facts["borrowed"]))
    except (ValueError, KeyError, TypeError):
        return None

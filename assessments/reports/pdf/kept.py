"""A report that was rendered once is taken from a cache: its key is a checksum over all that decides its bytes.

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
from assessments.reports.pdf.render import TYPEFACES, RenderedPdf, RenderRequest
from assessments.reports.pdf.report import render_report, report_request
from assessments.reports.report import Report


class PdfCache(Protocol):
    """Where PDFs lie by their keys. It never fails: what cannot be kept is rendered again."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, content: bytes) -> None: ...

    def drop(self, key: str) -> None: ...


def kept_report(
    report: Report, *, shelf: PdfCache, again: Callable[[], Report], wait: float, person: str
) -> RenderedPdf:
    """The report from the cache, or rendered and put there. Whoever asks for the same one meanwhile gets the first one's.

    `again` reads it once more: what changed while it was made, because a person was erased, is not kept. Raises PdfError.
    """
    request = report_request(report, engine=worker.engine())
    key = key_of(request)
    if pdf := _unpacked(shelf.get(key)):
        return pdf
    with worker.one_at_a_time(wait, person=person):
        if pdf := _unpacked(shelf.get(key)):
            return pdf
        rendered = render_report(report, request)
        shelf.put(key, _packed(rendered))
    is_current = False
    try:
        is_current = key_of(report_request(again(), engine=worker.engine())) == key
    finally:
        if not is_current:
            shelf.drop(key)
    return rendered


def key_of(request: RenderRequest) -> str:
    """Markup, style sheets and pictures as they go to the renderer, and what it is made of."""
    return hashlib.sha256(json.dumps([asdict(request), _tools()], sort_keys=True).encode()).hexdigest()


@cache
def _tools() -> tuple[str, ...]:
    """Beside the libraries that the request itself names."""
    here = Path(__file__).parent
    code = b"".join(path.read_bytes() for path in (here / "render.py", here.parent / "weasyprint_patches.py"))
    packages = ("pydyf", "fonttools", *TYPEFACES.values())
    return (hashlib.sha256(code).hexdigest(), *map(version, packages))


def _packed(rendered: RenderedPdf) -> bytes:
    """A line of facts, with a checksum of the bytes that follow it."""
    facts = {"pages": rendered.pages, "missing": rendered.missing, "borrowed": rendered.borrowed}
    return json.dumps({**facts, "sha256": hashlib.sha256(rendered.pdf).hexdigest()}).encode() + b"\n" + rendered.pdf


def _unpacked(content: bytes | None) -> RenderedPdf | None:
    """None where it is not what was put there."""
    line, _end, pdf = (content or b"").partition(b"\n")
    try:
        facts = json.loads(line)
        if facts["sha256"] != hashlib.sha256(pdf).hexdigest():
            return None
        return RenderedPdf(pdf, facts["pages"], tuple(facts["missing"]), tuple(facts["borrowed"]))
    except (ValueError, KeyError, TypeError):
        return None

"""Cached reports: the key is a checksum over everything that determines the bytes.

So no one gets what they may not see: the key covers the exact document that this reader would get.
"""

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
    """PDFs by key. It never raises: a PDF that cannot be stored is rendered again."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, content: bytes) -> None: ...

    def drop(self, key: str) -> None: ...


def kept_report(
    report: Report, *, shelf: PdfCache, again: Callable[[], Report], wait: float, person: str
) -> RenderedPdf:
    """The report from the cache, or rendered and cached. Concurrent requests for the same report get the same PDF.

    `again` reads the report once more: if it changed while rendering, as after an erasure, it is not kept. Raises
    PdfError.
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
    """The checksum of the request and of the versions of the renderer and its libraries."""
    return hashlib.sha256(json.dumps([asdict(request), _tools()], sort_keys=True).encode()).hexdigest()


@cache
def _tools() -> tuple[str, ...]:
    """Versions in addition to those in the request."""
    here = Path(__file__).parent
    code = b"".join(path.read_bytes() for path in (here / "render.py", here.parent / "weasyprint_patches.py"))
    packages = ("pydyf", "fonttools", *TYPEFACES.values())
    return (hashlib.sha256(code).hexdigest(), *map(version, packages))


def _packed(rendered: RenderedPdf) -> bytes:
    """A line of JSON, with a checksum of the PDF that follows it."""
    facts = {"pages": rendered.pages, "missing": rendered.missing, "borrowed": rendered.borrowed}
    return json.dumps({**facts, "sha256": hashlib.sha256(rendered.pdf).hexdigest()}).encode() + b"\n" + rendered.pdf


def _unpacked(content: bytes | None) -> RenderedPdf | None:
    """The cached PDF; None if it is missing or damaged."""
    line, _end, pdf = (content or b"").partition(b"\n")
    try:
        facts = json.loads(line)
        if facts["sha256"] != hashlib.sha256(pdf).hexdigest():
            return None
        return RenderedPdf(pdf, facts["pages"], tuple(facts["missing"]), tuple(facts["borrowed"]))
    except (ValueError, KeyError, TypeError):
        return None

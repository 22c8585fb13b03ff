"""Renders requests as PDF/UA-1 in its own process. Only this module and `weasyprint_patches` import WeasyPrint.

The process has no settings, no database and no secrets in its environment. It reads requests from a socket and
answers each; it ends when the socket closes, when no request comes for `IDLE` seconds, or when it is killed.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import socket
import sys
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from assessments.reports import weasyprint_patches
from assessments.stack import with_room

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

IDLE = 300  # seconds without a request

# The packaged typefaces by family. A style sheet asks for a weight of one as `appfont:assistant/600`
TYPEFACES = {
    "source-sans-3": "fontpkg-source-sans-3",
    "assistant": "fontpkg-assistant",
    "ibm-plex-sans-arabic": "fontpkg-ibm-plex-sans-arabic",
}
WEIGHTS = {400: "Regular", 600: "SemiBold"}


@dataclass(frozen=True)
class RenderRequest:
    """A document to render: markup, style sheets as text, and the identifier of the file.

    `pictures` are PNGs in base64 by the private address that the markup uses.
    """

    html: str
    styles: tuple[str, ...]
    identifier: str
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RenderedPdf:
    """A PDF; `missing`: characters that no typeface has; `borrowed`: system fonts that were embedded."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...] = ()
    borrowed: tuple[str, ...] = ()


def render(request: RenderRequest) -> RenderedPdf:
    """The request as a tagged PDF with embedded subsets; the same request gives the same bytes."""
    weasyprint_patches.draw_right_to_left_in_one_piece()
    weasyprint_patches.keep_shaped_texts()
    styles, fonts = _styles(request.styles)
    fonts_used: list[Any] = []

    def finish(document: Any, pdf: Any) -> None:
        fonts_used.extend(document.fonts.values())
        pages.append(len(document.pages))
        weasyprint_patches.name_joined_marks(pdf)
        weasyprint_patches.keep_written_objects(pdf)

    pages: list[int] = []
    data: bytes = weasyprint_patches.page_of(request.html, own_files_only(request.pictures)).write_pdf(
        stylesheets=styles,
        font_config=fonts,
        finisher=finish,
        pdf_variant="pdf/ua-1",
        pdf_identifier=request.identifier.encode(),
    )
    missing = sorted({chr(code) for font in fonts_used for code in font.missing})
    return RenderedPdf(data, pages[0], tuple(missing), _borrowed(fonts_used))


def engine() -> str:
    """The layout libraries with versions: another version may break lines elsewhere."""
    import uharfbuzz
    from weasyprint import __version__
    from weasyprint.text.ffi import pango

    number = pango.pango_version()  # 1.56.3 is 15603
    return f"WeasyPrint {__version__}, Pango {number // 10000}.{number // 100 % 100}.{number % 100}, HarfBuzz {uharfbuzz.version_string()}"


@cache
def typeface(address: str) -> bytes:
    """One weight of a packaged typeface, by its private address; ValueError for any other address.

    Instantiated from the variable font here, in milliseconds: in WeasyPrint, it takes a tenth of every report.
    """
    import uharfbuzz

    faces = {f"appfont:{name}/{weight}": (name, weight) for name in TYPEFACES for weight in WEIGHTS}
    if address not in faces:
        raise ValueError(f"A report fetches nothing, but {address!r} was asked for.")
    name, weight = faces[address]
    data = _font_file(name, weight).read_bytes()
    face, wanted = uharfbuzz.Face(uharfbuzz.Blob(data)), uharfbuzz.SubsetInput()
    if not face.axis_infos:
        return data
    wanted.keep_everything()
    wanted.pin_all_axes_to_default(face)
    wanted.pin_axis_location(face, "wght", weight)
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


def _font_file(name: str, weight: int) -> Path:
    """The variable font of a typeface, or the file of this weight."""
    spec = find_spec(TYPEFACES[name].replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"The package {TYPEFACES[name]} is not installed. Run `make setup`.")
    files = sorted((Path(spec.submodule_search_locations[0]) / "files").glob("*.ttf"))
    upright = [file for file in files if "Italic" not in file.name]
    return next(file for file in upright if len(upright) == 1 or file.stem.endswith(f"-{WEIGHTS[weight]}"))


@lru_cache(maxsize=8)
def _styles(texts: tuple[str, ...]) -> tuple[list[CSS], FontConfiguration]:
    """Style sheets and their typefaces, read once: parsing them costs a tenth of a report."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), own_files_only()
    return [CSS(string=text, font_config=fonts, url_fetcher=fetcher) for text in texts], fonts


atexit.register(_styles.cache_clear)  # removes their files before the interpreter shuts down


def _borrowed(fonts: list[Any]) -> tuple[str, ...]:
    """The embedded font families that are not packaged ones."""
    return tuple(sorted({font.family for font in fonts if font.to_unicode} - {*weasyprint_patches.OURS.split(",")}))


def own_files_only(pictures: Mapping[str, str] | None = None) -> URLFetcher:
    """A fetcher that serves the packaged typefaces and the pictures of the request, and refuses every other address,
    even if a text smuggles one into the page."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    brought = pictures or {}

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url in brought:
                return URLFetcherResponse(url, body=b64decode(brought[url]), headers={"Content-Type": "image/png"})
            return URLFetcherResponse(url, body=typeface(url), headers={"Content-Type": "font/ttf"})

    return OwnFilesOnly()


def serve(wire: socket.socket) -> None:
    """Answer requests until none come. Requests and answers are lines of JSON; the PDF follows the answer."""
    os.nice(2)  # saving answers has priority
    wire.settimeout(IDLE)
    stream = wire.makefile("rwb")
    try:
        _send(stream, {"engine": engine()})
    except (ImportError, OSError) as problem:
        _send(stream, {"unavailable": str(problem)})
        return
    try:
        for line in stream:
            _answer(stream, RenderRequest(**{**json.loads(line), "styles": tuple(json.loads(line)["styles"])}))
    except TimeoutError:
        return


def _answer(stream: Any, request: RenderRequest) -> None:
    gc.disable()  # a report creates a million objects and keeps them to the end: collecting takes a fifth of the time
    rendered = render(request)
    facts = {"pages": rendered.pages, "missing": rendered.missing, "borrowed": rendered.borrowed}
    _send(stream, {**facts, "size": len(rendered.pdf)}, rendered.pdf)
    gc.enable()
    gc.collect()


def _send(stream: Any, facts: dict[str, Any], body: bytes = b"") -> None:
    stream.write(json.dumps(facts).encode() + b"\n" + body)
    stream.flush()


if __name__ == "__main__":
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # otherwise every embedded font contains the time
    try:
        with_room(serve)(socket.socket(fileno=int(sys.argv[1])))
    finally:
        rmtree(sys.argv[2], ignore_errors=True)

"""Sets a request as PDF/UA-1: with `weasyprint_patches`, the only file that imports WeasyPrint, in a process of its own.

That process knows nothing of this site: no settings, no database, no secrets in its environment. It reads sheets
from a socket and answers each; it ends when the socket closes, when nothing comes for a while, or when it is killed.
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
    """A document ready to be set: markup, style sheets as texts, and what the file is to be told apart by.

    `pictures` are PNGs in base64 by the private address under which the markup asks for them.
    """

    html: str
    styles: tuple[str, ...]
    identifier: str
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RenderedPdf:
    """A PDF; the characters that no typeface could draw; the typefaces that are the system's, not ours."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...] = ()
    borrowed: tuple[str, ...] = ()


def render(request: RenderRequest) -> RenderedPdf:
    """The request as a tagged PDF with embedded subsets; the same request gives the same bytes."""
    weasyprint_patches.draw_right_to_left_in_one_piece()
    styles, fonts = _styles(request.styles)
    fonts_used: list[Any] = []

    def finish(document: Any, pdf: Any) -> None:
        fonts_used.extend(document.fonts.values())
        pages.append(len(document.pages))
        weasyprint_patches.name_joined_marks(pdf)

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
    """What sets the page, with versions: another one may break a line elsewhere."""
    import uharfbuzz
    from weasyprint import __version__
    from weasyprint.text.ffi import pango

    number = pango.pango_version()  # 1.56.3 is 15603
    return f"WeasyPrint {__version__}, Pango {number // 10000}.{number // 100 % 100}.{number % 100}, HarfBuzz {uharfbuzz.version_string()}"


@cache
def typeface(address: str) -> bytes:
    """One weight of a packaged typeface, by its private address; ValueError for any other address.

    Cut out of the variable file here, in milliseconds: left to WeasyPrint, that is a tenth of every report.
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
    """The variable file of a typeface, or the one of this weight."""
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


atexit.register(_styles.cache_clear)  # their files go while there is still a Python to remove them


def _borrowed(fonts: list[Any]) -> tuple[str, ...]:
    """The families that were embedded and are not ours."""
    return tuple(sorted({font.family for font in fonts if font.to_unicode} - {*weasyprint_patches.OURS.split(",")}))


def own_files_only(pictures: Mapping[str, str] | None = None) -> URLFetcher:
    """Serves the packaged typefaces and the pictures that came with the request, and refuses every other address,
    whatever a text smuggled into the page."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    brought = pictures or {}

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url in brought:
                return URLFetcherResponse(url, body=b64decode(brought[url]), headers={"Content-Type": "image/png"})
            return URLFetcherResponse(url, body=typeface(url), headers={"Content-Type": "font/ttf"})

    return OwnFilesOnly()


def serve(wire: socket.socket) -> None:
    """Answer sheets until nobody asks any more. A line of JSON each way; the PDF follows the answer's line."""
    os.nice(2)  # whoever saves an answer comes first
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
    gc.disable()  # a report makes a million objects and keeps them to the end: looking for rubbish takes a fifth
    rendered = render(request)
    facts = {"pages": rendered.pages, "missing": rendered.missing, "borrowed": rendered.borrowed}
    _send(stream, {**facts, "size": len(rendered.pdf)}, rendered.pdf)
    gc.enable()
    gc.collect()


def _send(stream: Any, facts: dict[str, Any], body: bytes = b"") -> None:
    stream.write(json.dumps(facts).encode() + b"\n" + body)
    stream.flush()


if __name__ == "__main__":
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # else every embedded typeface carries the time of day
    try:
        serve(socket.socket(fileno=int(sys.argv[1])))
    finally:
        rmtree(sys.argv[2], ignore_errors=True)

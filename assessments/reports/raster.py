"""Drawings as PNG, for formats without SVG."""

import atexit
import fcntl
import os
import re
import tempfile
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from assessments.reports.folder import Folder
from assessments.reports.pdf.render import TYPEFACES, WEIGHTS, typeface

SVG_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
FLUID = 'width="100%"'
MARGIN = 9  # units on either side of a fluid drawing


def png(svg: str, *, width: int = 1200, across: float = 300, ground: str | None = "white") -> bytes:
    """The drawing `width` pixels wide on `ground` (None: transparent); a fluid drawing is first laid out `across` units wide.

    Drawn with the packaged typefaces only, so that it looks the same on every machine; system fonts are used only
    for letters that those lack. Raises ValueError if the drawing has a reference: the rasteriser would read the file.
    """
    import resvg_py

    drawing = svg if FLUID not in svg else _with_margins(svg, across)
    if SVG_NAMESPACE not in drawing:
        drawing = drawing.replace("<svg", f"<svg {SVG_NAMESPACE}", 1)
    _refuse_pointers(drawing)
    return resvg_py.svg_to_bytes(
        svg_string=drawing,
        width=width,
        dpi=96,
        background=ground,
        skip_system_fonts=_letters() >= set(drawing),
        font_files=list(_font_files()),
        font_family="Source Sans 3",
        sans_serif_family="Source Sans 3",
    )


def _with_margins(svg: str, across: float) -> str:
    """A fluid drawing with margins, so that marks at either end are not cut off."""
    height = re.search(r' height="([\d.]+)"', svg)
    inside = svg.replace(FLUID, f'x="{MARGIN}" width="{across - 2 * MARGIN:g}" overflow="visible"', 1)
    return f'<svg width="{across:g}" height="{height[1] if height else across}">{inside}</svg>'


def _refuse_pointers(drawing: str) -> None:
    for node in ElementTree.fromstring(drawing).iter():  # noqa: S314 - our own markup
        tag, attributes = node.tag.rpartition("}")[2], " ".join(key.rpartition("}")[2] for key in node.attrib)
        if tag in {"image", "feImage", "style", "use", "foreignObject"} or "href" in attributes:
            raise ValueError(f"A drawing fetches nothing, but this one has <{tag} {attributes}>.")


@cache
def _letters() -> frozenset[str]:
    """The characters of the packaged typefaces, and white space."""
    from fontTools.ttLib import TTFont

    faces = (TTFont(BytesIO(typeface(f"appfont:{name}/400")), lazy=True) for name in TYPEFACES)
    return frozenset("\t\r\n").union(*(map(chr, face.getBestCmap()) for face in faces))


def title_of(svg: str) -> str:
    """The alternative text of a drawing."""
    from html import unescape

    title = re.search(r"<title>([^<]*+)</title>", svg)
    return unescape(title.group(1)) if title else ""


def _lock_file() -> Path:
    return Path(tempfile.gettempdir()) / "report-typefaces.lock"


@cache
def _folder() -> Folder:
    """Removed when this process ends; after a kill, when the next process creates its own."""
    with _lock_file().with_suffix(f".{os.getuid()}").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # no other process sweeps a folder that is being created
        folder = Folder(_lock_file())
    atexit.register(_close, folder, os.getpid())
    return folder


def _close(folder: Folder, owner: int) -> None:
    folder.close(remove=os.getpid() == owner)


@cache
def _font_files() -> tuple[str, ...]:
    """Each weight as a file, because the rasteriser reads only files."""
    paths = []
    for name in TYPEFACES:
        for weight in WEIGHTS:
            path = _folder().path / f"{name}-{weight}.ttf"
            path.write_bytes(typeface(f"appfont:{name}/{weight}"))
            paths.append(str(path))
    return tuple(paths)

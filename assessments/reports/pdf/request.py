"""What goes to the renderer and what comes back, as it crosses between two processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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

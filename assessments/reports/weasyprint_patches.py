"""Changes to WeasyPrint 70.0 for which it has no option.

With each update, check the functions and threads named below again, and remove what has become unnecessary.
Threads are at https://github.com/Kozea/WeasyPrint/issues/; milliseconds of CPU are medians for the demonstration's
report, which takes 1,380 altogether.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional
from xml.etree import ElementTree

if TYPE_CHECKING:
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

OURS = "Source Sans 3,Assistant,IBM Plex Sans Arabic"
SVG = "{http://www.w3.org/2000/svg}"


class WholeText(str):
    """A text that iterates as a single piece, so that it is drawn in one."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@cache
def draw_right_to_left_in_one_piece() -> None:
    """`weasyprint.svg.text` draws letter by letter (2249, 2909): Arabic falls apart, and Hebrew runs backwards."""
    from weasyprint import svg

    draw = svg.text

    def in_one_piece(drawing: Any, node: Any, font_size: float) -> None:
        if any(bidirectional(letter) in ("R", "AL") for letter in node.text or ""):
            node._etree_node.text = WholeText(node.text)
            node.attrib["font-family"] = OURS
        draw(drawing, node, font_size)

    svg.text = in_one_piece
    svg.TAGS.update({name: in_one_piece for name, drawn in svg.TAGS.items() if drawn is draw})


@cache
def keep_shaped_texts() -> None:
    """`weasyprint.text.line_break.Layout` frees each text after its layout, and shapes it again to draw it.

    Saves 130 ms for 10 MB. Justified texts are shaped again, with their spacing.
    """
    from weasyprint.text.line_break import Layout

    shape = Layout.reactivate

    def reactivate(layout: Any, style: Any) -> None:
        if layout.justification_spacing:
            shape(layout, style)

    Layout.deactivate, Layout.reactivate = lambda _layout: None, reactivate


def name_joined_marks(pdf: Any) -> None:
    """Map marks that are drawn with their letter to an invisible joiner: WeasyPrint leaves them out of the font's
    `ToUnicode` map (2841), which PDF/UA forbids (ISO 14289-1, 7.21.7). `pdf` is pydyf's, from WeasyPrint's own `finisher`."""
    for item in pdf.objects:
        lines = getattr(item, "stream", ())
        if any(isinstance(line, bytes) and b"begincmap" in line for line in lines):
            item.stream = [line.replace(b"<>", b"<034f>") if line.endswith(b"> <>") else line for line in lines]


def keep_written_objects(pdf: Any) -> None:
    """Write each object once: for a PDF with an identifier, pydyf writes and compresses every object again to hash it.

    Saves 110 ms. `pdf` is pydyf's, from WeasyPrint's own `finisher`, after which nothing in its objects changes.
    """
    kept: dict[type, type] = {}
    for item in pdf.objects:
        kind: Any = type(item)
        if kind not in kept:
            kept[kind] = type(kind.__name__, (kind,), {"data": cached_property(kind.data.fget)})
        item.__class__ = kept[kind]


def page_of(html: str, fetcher: URLFetcher) -> HTML:
    """The document, parsed as XML in C. `weasyprint.HTML` parses HTML in Python (112), but our templates write XML.

    Saves 180 ms. Markup that is not XML is parsed as HTML.
    """
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    class Tree(HTML):  # type: ignore[misc]
        def __init__(self, root: ElementTree.Element) -> None:
            self.base_url, self.media_type, self.url_fetcher = None, "print", fetcher
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = root

        def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
            return [_default_style()]

    try:
        root = ElementTree.fromstring(html)  # noqa: S314 - our own markup; all user text in it is escaped
    except ElementTree.ParseError:
        return HTML(string=html, url_fetcher=fetcher)
    _strip(root)
    for drawing in list(root.iter("svg")):
        for node in drawing.iter():
            node.tag = f"{SVG}{node.tag}"
    return Tree(root)


HOLDERS = {
    "html",
    "body",
    "article",
    "section",
    "div",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "ul",
    "ol",
    "blockquote",
}

TEXTS = {"p", "td", "th", "li", "h1", "h2", "h3"}


def _strip(root: ElementTree.Element) -> None:
    """Remove blanks around blocks and at both ends of texts, which WeasyPrint would put into boxes and discard.

    Saves 90 ms.
    """
    for node in root.iter():
        if node.tag in HOLDERS:
            for child in node:
                child.tail = None if child.tail is None or child.tail.isspace() else child.tail
        elif node.tag in TEXTS:
            node.text = node.text and node.text.lstrip()
            last = node[-1] if len(node) else None
            if last is not None:
                last.tail = last.tail and last.tail.rstrip()
            else:
                node.text = node.text and node.text.rstrip()


@cache
def _default_style() -> CSS:
    """`weasyprint.html.UA_STYLESHEET` without footnotes and list markers, which would add six styles to every element.

    Saves 60 ms.
    """
    from weasyprint import CSS
    from weasyprint.html import UA

    return CSS(string=without_notes(UA))


def without_notes(style: str) -> str:
    return re.sub(r"^::(marker|footnote|note)[^{}\n]*+{[^{}]*+}$", "", style, flags=re.MULTILINE)

"""The method note as a page: `docs/method.md` as HTML, with an anchor at each heading that figures link to."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.text import slugify

if TYPE_CHECKING:
    from markdown_it.token import Token

FILE = settings.BASE_DIR / "docs" / "method.md"


@dataclass(frozen=True)
class MethodHeading:
    """A second-level heading and its anchor."""

    anchor: str
    name: str


@dataclass(frozen=True)
class MethodNote:
    """The note: its title, its headings for a table of contents, and everything below the title as HTML."""

    title: str
    headings: tuple[MethodHeading, ...]
    html: SafeString


def method() -> MethodNote:
    return rendered(FILE.read_text(encoding="utf-8"))


def rendered(text: str, *, picture: Callable[[str], str] = str, size: tuple[int, int] = (0, 0)) -> MethodNote:
    """Markdown of this repository as HTML. Markup inside the text is escaped, not interpreted.

    `picture` turns the name of a picture into its address; all have the same `size` in pixels.
    """
    from markdown_it import MarkdownIt

    first, _newline, rest = text.partition("\n")
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(rest)
    headings = []
    for place, token in enumerate(tokens):
        token.children = _without_files(token.children or []) or None
        for image in (each for each in token.children or () if each.type == "image"):
            image.attrs |= {"src": picture(str(image.attrs["src"])), "width": size[0], "height": size[1]}
            image.attrs["loading"] = "lazy"
        if token.type == "heading_open":
            name = plain(tokens[place + 1].content)
            token.attrSet("id", slugify(name))
            if token.tag == "h2":
                headings.append(MethodHeading(slugify(name), name))
    html = framed(reader.renderer.render(tokens, reader.options, {}))
    return MethodNote(first.lstrip("# ").strip(), tuple(headings), SafeString(html))


def _without_files(tokens: "Sequence[Token]") -> "list[Token]":
    """The words of links to other files of the repository without the links, which lead nowhere on a web page."""
    kept: list[Token] = []
    dropped = 0
    for token in tokens:
        if token.type == "link_open" and not str(token.attrGet("href")).startswith(("#", "https://")):
            dropped += 1
        elif token.type == "link_close" and dropped:
            dropped -= 1
        else:
            kept.append(token)
    return kept


def plain(words: str) -> str:
    """A heading without emphasis and code marks."""
    return re.sub(r"[*`_]", "", words)


def framed(html: str) -> str:
    """Wrap each table in a region that scrolls on narrow screens; it is focusable by keyboard, so it needs a name."""
    regions = iter(range(1, 1000))

    def opened(_match: re.Match[str]) -> str:
        return f'<div class="scroll" role="region" tabindex="0" aria-label="Table {next(regions)}"><table>'

    return re.sub("<table>", opened, html).replace("</table>", "</table></div>")

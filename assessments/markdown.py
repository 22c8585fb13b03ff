"""The Markdown of commentaries: a small subset, parsed into blocks that the page, PDF and Word each render.

Paragraphs, line breaks, emphasis, lists and one level of headings. Everything else, including links and HTML, is text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from unicodedata import bidirectional

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

MARKS = ["emphasis", "list", "heading", "newline", "escape"]
DEEPEST = 7  # three nested lists
BREAKS = ("softbreak", "hardbreak")

type Kind = Literal["paragraph", "heading", "list"]
type Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True)
class Run:
    """Text of one style, or, if `is_break`, a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False
    is_break: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph or heading with its runs, or a list with its items. Its first strong letter sets the direction."""

    kind: Kind
    direction: Direction
    runs: tuple[Run, ...] = ()
    items: tuple[tuple[Block, ...], ...] = ()
    ordered: bool = False
    start: int = 1

    @property
    def text(self) -> str:
        return "".join("\n" if run.is_break else run.text for run in self.runs)

    @property
    def marked(self) -> list[tuple[str, tuple[Block, ...]]]:
        """The items of a list, each with its marker."""
        return [(f"{number}." if self.ordered else "•", item) for number, item in enumerate(self.items, self.start)]


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order."""
    from markdown_it.tree import SyntaxTreeNode

    return tuple(_blocks(SyntaxTreeNode(_reader().parse(text)).children))


def is_too_deep(text: str) -> bool:
    """Whether lists are nested more than three levels deep: the parser would leave out the deepest."""
    return any(token.level > DEEPEST for token in _reader().parse(text))


def direction_of(text: str) -> Direction:
    """The direction of the first letter that has one, else `ltr`."""
    strong = (bidirectional(letter) for letter in text)
    return "rtl" if next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L" else "ltr"


def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero", {"html": False}).enable(MARKS)


def _blocks(nodes: list[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        if node.type in ("bullet_list", "ordered_list"):
            yield _list(node)
        else:
            runs = tuple(run for child in node.children for run in _runs(child.children))
            letters = "".join(run.text for run in runs)
            yield Block("heading" if node.type == "heading" else "paragraph", direction_of(letters), runs)


def _list(node: SyntaxTreeNode) -> Block:
    items = tuple(tuple(_blocks(item.children)) for item in node.children)
    first: Direction = next((block.direction for item in items for block in item), "ltr")
    start = int(node.attrs.get("start", 1))
    return Block("list", first, items=items, ordered=node.type == "ordered_list", start=start)


def _runs(nodes: list[SyntaxTreeNode], *, strong: bool = False, emphasis: bool = False) -> Iterator[Run]:
    for node in nodes:
        if node.type in BREAKS:
            yield Run("", is_break=True)
        elif node.type in ("strong", "em"):
            yield from _runs(
                node.children, strong=strong or node.type == "strong", emphasis=emphasis or node.type == "em"
            )
        elif node.content:
            yield Run(node.content, strong, emphasis)

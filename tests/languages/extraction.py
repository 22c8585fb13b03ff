"""Every marked word of the product, as gettext would collect it, without gettext."""

import io
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def marked_words():
    """(context, words) of each; the words of a plural are a pair."""
    for room in ("assessments", "maturity"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield from marked_in(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            source = templatize(path.read_text(encoding="utf-8"))
            yield from marked_in(
                "\n".join(line.lstrip() for line in source.split("\n"))
            )  # indented as HTML, not as code


def marked_in(source):
    file = io.BytesIO(source.encode("utf-8", "surrogatepass"))
    for _line, words, _comments, context in extract("python", file, keywords=KEYWORDS, options={"encoding": "utf-8"}):
        if words:
            yield context, words

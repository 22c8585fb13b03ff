"""Sentences of the interface with texts of others in them, kept apart so that none reorders the other.

Names and a bank's texts may run against the interface: `gettext` and its relatives here return sentences that put such
a value between FSI and PDI (Unicode Standard Annex 9) when it is filled in. The marks are invisible and also hold where
no markup can: attributes, SVG, PDF, Word, e-mails.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, cast
from unicodedata import bidirectional

from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_bidi

from assessments.reader_language import direction_of

FSI, PDI = "\u2068", "\u2069"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LEFT_TO_RIGHT = re.compile(r"[^\W_]")  # or a number, whose sign and range would be swapped
_ISOLATED = re.compile(f"({FSI}[^{FSI}{PDI}]*{PDI})")
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Sentence(str):
    """A sentence in the interface's language. Filled in with `%` or `format`, it isolates the values."""

    __slots__ = ()

    def __mod__(self, values: Any) -> "Sentence":
        if isinstance(values, Mapping):
            return Sentence(str.__mod__(self, {name: isolated(value) for name, value in values.items()}))
        one_by_one = tuple(map(isolated, values)) if isinstance(values, tuple) else isolated(values)
        return Sentence(str.__mod__(self, one_by_one))

    def format(self, *values: Any, **named: Any) -> "Sentence":
        named = {name: isolated(value) for name, value in named.items()}
        return Sentence(str.format(self, *map(isolated, values), **named))

    def __str__(self) -> "Sentence":
        return self


def isolated[T](value: T) -> T | str:
    """A text that could run against the interface between FSI and PDI; anything else unchanged.

    From left to right that is a text with a right-to-left letter, from right to left one with any other letter or a
    number. Marks of its own that do not pair up are removed.
    """
    if not isinstance(value, str) or isinstance(value, Sentence):
        return value
    if not get_language_bidi():
        if value.isascii() or not _RIGHT_TO_LEFT.search(value):
            return value
    elif not _LEFT_TO_RIGHT.search(_RIGHT_TO_LEFT.sub("", value)):
        return value
    whole = f"{FSI}{_paired(value)}{PDI}"
    return SafeString(whole) if isinstance(value, SafeString) else whole


def _paired(text: str) -> str:
    """The text, without its directional marks if one of them would reach beyond it."""
    depth = 0
    for mark in _CONTROLS.findall(text):
        depth += -1 if mark == PDI else 1
        if depth < 0 or mark < "\u2066":
            depth = -1
            break
    return text if depth == 0 else _CONTROLS.sub("", text)


def shortened(text: str, most: int) -> str:
    """At most this many characters, the last an ellipsis; a value that is cut is still isolated from what follows."""
    kept = Truncator(text).chars(most)
    opened = sum(-1 if mark == PDI else 1 for mark in _CONTROLS.findall(kept) if mark >= "\u2066")
    return kept + PDI * opened


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each isolated value one of them, and whether a piece runs from right to left."""
    return [(piece, bool(_RIGHT_TO_LEFT.search(piece))) for piece in _ISOLATED.split(text) if piece]


def direction_in(text: str, otherwise: str) -> str:
    """The direction of the first letter that no isolated value contains; `otherwise` if there is none."""
    kinds = map(bidirectional, _ISOLATED.sub("", text))
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "")
    return ("ltr" if strong == "L" else "rtl") if strong else otherwise


class BankText(str):
    """A text of a bank in its language. In HTML, it names that language and its direction if the page has another."""

    language: str

    def __new__(cls, text: str, language: str = "") -> "BankText":
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __html__(self) -> SafeString:
        tag = self.language
        if not tag or tag.lower().partition("-")[0] == (get_language() or "").partition("-")[0]:
            return escape(str(self))
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', tag, direction_of(tag), str(self))


def gettext(message: str) -> str:
    return Sentence(translation.gettext(message))


def pgettext(context: str, message: str) -> str:
    return Sentence(translation.pgettext(context, message))


def ngettext(singular: str, plural: str, number: float) -> str:
    return Sentence(translation.ngettext(singular, plural, number))


gettext_lazy = cast(Callable[[str], Promise], lazy(gettext, Sentence))
pgettext_lazy = cast(Callable[[str, str], Promise], lazy(pgettext, Sentence))

"""The language in which the reader of this request wants a bank's texts: their choice, else the interface language.

A bank can be offered in languages that the interface lacks, so the two are separate.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, get_language_info, get_supported_language_variant, override

_chosen: ContextVar[str | None] = ContextVar("chosen language", default=None)


def language() -> str:
    """The reader's language as a BCP 47 tag."""
    return _chosen.get() or get_language() or settings.LANGUAGE_CODE


@contextmanager
def reading_in(chosen: str | None) -> Iterator[None]:
    """Set the reader's chosen language, or none, for the duration of the context."""
    token = _chosen.set(chosen)
    try:
        yield
    finally:
        _chosen.reset(token)


@contextmanager
def spoken_in(chosen: str) -> Iterator[None]:
    """Use one language for texts and interface, as far as each is translated, outside a request."""
    with override(interface_in(chosen)), reading_in(chosen):
        yield


def interface_in(wanted: str) -> str:
    """The closest interface language, or the default if there is none."""
    try:
        return get_supported_language_variant(wanted)
    except LookupError:
        return settings.LANGUAGE_CODE


def info_of(code: str) -> dict[str, object] | None:
    """Django's information on a language; None if it is unknown."""
    try:
        return dict(get_language_info(code.lower()))
    except KeyError:
        return None


def direction_of(code: str) -> str:
    """`rtl` for Arabic, Hebrew and other right-to-left languages, else `ltr`."""
    info = info_of(code)
    return "rtl" if info and info["bidi"] else "ltr"


@dataclass(frozen=True)
class Wording:
    """The language of a bank's texts on a page, and the direction of its layout."""

    language: str
    direction: str

    @property
    def differs(self) -> bool:
        """Whether it is not the interface language, so that each text needs a language attribute."""
        return self.language.lower().partition("-")[0] != (get_language() or "").partition("-")[0]


def wording_of(language: str) -> Wording:
    return Wording(language, direction_of(language))

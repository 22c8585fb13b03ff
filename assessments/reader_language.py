"""The language in which this request's reader wants a bank's texts: their choice, else the language of the interface.

A bank may be offered in languages that the interface does not speak, so the two are kept apart.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, get_language_info, get_supported_language_variant, override

_chosen: ContextVar[str | None] = ContextVar("chosen language", default=None)


def language() -> str:
    """A BCP 47 tag."""
    return _chosen.get() or get_language() or settings.LANGUAGE_CODE


@contextmanager
def reading_in(chosen: str | None) -> Iterator[None]:
    """Within it, a reader has chosen this language, or none."""
    token = _chosen.set(chosen)
    try:
        yield
    finally:
        _chosen.reset(token)


@contextmanager
def spoken_in(chosen: str) -> Iterator[None]:
    """Texts and interface in one language, as far as each is translated: for what is written outside a request."""
    with override(interface_in(chosen)), reading_in(chosen):
        yield


def interface_in(wanted: str) -> str:
    """The language of the interface that comes nearest; the product's own where it does not speak that one."""
    try:
        return get_supported_language_variant(wanted)
    except LookupError:
        return settings.LANGUAGE_CODE


def info_of(code: str) -> dict[str, object] | None:
    """What Django knows of a language; None where no one knows it."""
    try:
        return dict(get_language_info(code.lower()))
    except KeyError:
        return None


def direction_of(code: str) -> str:
    """`rtl` for Arabic, Hebrew and their like, else `ltr`."""
    info = info_of(code)
    return "rtl" if info and info["bidi"] else "ltr"


@dataclass(frozen=True)
class Wording:
    """The language of a bank's texts on a page; the layout runs in their direction."""

    language: str
    direction: str

    @property
    def differs(self) -> bool:
        """Whether it is another language than the interface's, so that each text has to say so."""
        return self.language.lower().partition("-")[0] != (get_language() or "").partition("-")[0]


def wording_of(language: str) -> Wording:
    return Wording(language, direction_of(language))

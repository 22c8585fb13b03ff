"""Reading a hand-over that anybody may have written: what is wrong with it is one sentence, and nothing is kept."""

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import Model
from django.utils.translation import gettext as _

WRONG = (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, ValidationError, DatabaseError)
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # by a database, or by XML
LARGEST = 10**15  # a whole number in a document


class HandoverError(Exception):
    """The file cannot be taken in; each sentence says why. Nothing was changed."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Whatever goes wrong inside is a HandoverError that names `what`."""
    try:
        yield
    except WRONG as error:
        raise HandoverError(
            _("%(what)s: the file is not valid. %(error)s") % {"what": what, "error": _said_by(error)}
        ) from error


def _said_by(error: Exception) -> str:
    if isinstance(error, KeyError):
        return _("“%(name)s” is missing.") % {"name": error.args[0]}
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)


def refuse_unwritable(found: Any) -> None:
    """Nothing in a document, however deep, may be what a database or a report chokes on. Raises HandoverError."""
    waiting: list[tuple[str, Any]] = [("", found)]
    while waiting:
        place, value = waiting.pop()
        if wrong := _wrong(value):
            raise HandoverError(_("%(place)s: %(wrong)s") % {"place": place or "/", "wrong": wrong})
        if isinstance(value, Mapping):
            waiting += [(f"{place}.{key}".lstrip("."), each) for key, each in value.items()]
            waiting += [(f"{place}, a key", key) for key in value]
        elif isinstance(value, list):
            waiting += [(f"{place}[{number}]", each) for number, each in enumerate(value)]


def _wrong(value: Any) -> str | None:
    """What is wrong with one value of a document, if anything."""
    if isinstance(value, str):
        found = UNWRITABLE.search(value)
        return _("the character U+%(code)04X cannot be printed.") % {"code": ord(found[0])} if found else None
    if (isinstance(value, float) and not math.isfinite(value)) or (isinstance(value, int) and abs(value) > LARGEST):
        return _("%(number)s is not a number that can be stored.") % {"number": str(value)[:40]}
    return None


def checked[M: Model](row: M, *but: str) -> M:
    """The same row, if all of its columns `but` these are as the database wants them. Raises ValidationError."""
    row.clean_fields(exclude=set(but))
    return row

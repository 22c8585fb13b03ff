"""Errors in a handover, which is untrusted input: each is a sentence for a person, and nothing is stored."""

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from assessments.formats.json_text import walk
from assessments.formats.problems import written

WRONG = (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, ValidationError, DatabaseError)
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in a database or in XML
LARGEST = 10**15  # absolute value of a whole number in a document


class HandoverError(Exception):
    """The file cannot be imported; each sentence gives a reason. Nothing was changed."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn the errors in WRONG into a HandoverError that names `what`."""
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


def refuse_unwritable(document: Any) -> None:
    """Raise HandoverError if the document has, at any depth, text or a number that a database or report cannot hold."""
    for path, value in walk(document):
        place = written(path) or "/"
        keys = ((f"{place}, a key", key) for key in value) if isinstance(value, Mapping) else ()
        for at, each in ((place, value), *keys):
            if wrong := _wrong(each):
                raise HandoverError(_("%(place)s: %(wrong)s") % {"place": at, "wrong": wrong})


def _wrong(value: Any) -> str | None:
    """What is wrong with one value of a document, or None."""
    if isinstance(value, str):
        match = UNWRITABLE.search(value)
        return _("the character U+%(code)04X cannot be printed.") % {"code": ord(match[0])} if match else None
    if (isinstance(value, float) and not math.isfinite(value)) or (isinstance(value, int) and abs(value) > LARGEST):
        return _("%(number)s is not a number that can be stored.") % {"number": str(value)[:40]}
    return None

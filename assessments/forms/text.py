"""Text as people type or paste it."""

import re
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy

COMMENT_LIMIT = 10_000
TOO_LONG = gettext_lazy("Shorten this text to %(limit_value)d characters; it has %(show_value)d.")

# Line breaks: \v of Word, 2028 and 2029 of Unicode, 85 of mainframes. 1E is Word's non-breaking hyphen
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1d\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
HALF_CHARACTERS = re.compile("[\ud800-\udfff]")


def tidy(text: str) -> str:
    """Return the text with `\\n` line breaks and without characters that a database, XML or a reader cannot handle.

    Curly quotes, accents, emoji and direction marks stay; a lone surrogate becomes U+FFFD.
    """
    text = LINE_ENDS.sub("\n", text).replace("\x1e", "-")
    return HALF_CHARACTERS.sub("\ufffd", UNPRINTABLE.sub("", text))


class PlainText(forms.CharField):
    """Several lines of plain text."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return super().to_python(tidy(value) if isinstance(value, str) else value)


def text_field(limit: int = COMMENT_LIMIT) -> PlainText:
    """Return a field for an optional text of at most `limit` characters."""
    field = PlainText(required=False)
    field.validators.append(MaxLengthValidator(limit, TOO_LONG))
    return field

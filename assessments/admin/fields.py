"""Form fields for authors: lists in one line, texts with a word count."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.formats.readability import LONGEST_ANCHOR, words
from assessments.models.bank import KEY


class ListField(forms.CharField):
    """Short texts separated by commas, stored as a list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Separate several with commas."))
        super().__init__(**{"required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [part for part in (part.strip() for part in (value or "").split(",")) if part]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(self.prepare_value(initial)) != self.to_python(data))


class KeysField(ListField):
    """A list of keys."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        for key in value:
            KEY(key)


def text_area(rows: int) -> forms.Textarea:
    """Return a textarea, which grows with its text if the browser supports it."""
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


def counted(name: str, text: str) -> SafeString:
    """Return the field's word count as HTML, kept up to date by words.js."""
    count = len(words(text or ""))
    label = ngettext("%(n)d word", "%(n)d words", count) % {"n": count}
    attributes = {
        "data-words-of": f"id_{name}",
        "data-most": LONGEST_ANCHOR,
        "data-one": ngettext("%(n)d word", "%(n)d words", 1) % {"n": 1},
        "data-many": ngettext("%(n)d word", "%(n)d words", 2) % {"n": 2},
    }
    too_long = " is-long" if count > LONGEST_ANCHOR else ""
    return format_html('<span class="words{}"{}>{}</span>', too_long, flatatt(attributes), label)

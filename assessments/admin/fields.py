"""Form fields for authors: lists in one line, texts with a word count."""

import re
from typing import Any

from babel import Locale, localedata
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _, ngettext

from assessments.formats.bank import LANGUAGE
from assessments.formats.readability import LONGEST_ANCHOR, words
from assessments.models.bank import KEY
from assessments.reader_language import interface_in, language


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


class LanguageInput(forms.TextInput):
    """A text field with the known languages to choose from."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, {**(attrs or {}), "list": f"{name}-known"}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', sorted(known_languages().items()))
        return format_html('{}<datalist id="{}-known">{}</datalist>', field, name, options)


class LanguageField(forms.CharField):
    """A language, chosen from a list or given as a BCP 47 tag or by its name."""

    widget = LanguageInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Choose from the list: de is German, pt-BR the Portuguese of Brazil, ar Arabic.")
        )
        super().__init__(**{"max_length": 35, **kwargs})

    def clean(self, value: Any) -> str:
        tag = str(super().clean(value))
        names = {name.casefold(): code for code, name in known_languages().items()}
        tag = names.get(tag.casefold(), tag)
        known = tag.partition("-")[0].lower() in Locale("en").languages
        if tag and not (known and re.fullmatch(LANGUAGE.pattern, tag, re.IGNORECASE)):
            text = _(
                "“%(tag)s” is not a known language. Choose one from the list, or enter a tag such as de, pt-BR or ar."
            )
            raise ValidationError(text, params={"tag": tag})
        return tag


def known_languages() -> dict[str, str]:
    """The languages that have a locale, by tag, with their names in the interface's language."""
    names = Locale(interface_in(language()).partition("-")[0]).languages
    return {code: name for code, name in names.items() if "_" not in code and localedata.exists(code)}


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

"""A person's name and e-mail address: fields that cannot inject anything but words into an e-mail."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

JOINERS = "\u200c\u200d"  # part of the spelling of Persian and many other names


def validate_plain_name(name: str) -> None:
    """Raise ValidationError for what does not belong in a name: invisible characters, markup, a web address."""
    if any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") and c not in JOINERS for c in name):
        raise ValidationError(_("Remove line breaks and invisible characters."))
    if set(name) & set("<>") or "://" in name or "www." in name.lower():
        raise ValidationError(_("Enter a name without brackets or web addresses."))


class NameField(forms.CharField):
    """A person's name as it appears in an e-mail."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, strip=True, **kwargs)
        self.validators.append(validate_plain_name)


class AddressField(forms.EmailField):
    """An e-mail address, in lower case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            error_messages={"invalid": _("Enter an e-mail address such as name@example.org")}, max_length=254, **kwargs
        )

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.lower() if isinstance(text, str) else text

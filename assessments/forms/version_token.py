"""A form with an optimistic lock: it notices if someone else has saved since its page was opened."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.formats import localize

from assessments.sentences import gettext as _


class VersionTokenForm(forms.Form):
    """`initial` is the stored state including its `token`; without a token nothing is compared."""

    token = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "token" not in self.initial:
            del self.fields["token"]

    @property
    def values(self) -> dict[str, Any]:
        """The data sent, with token None if the page had none."""
        return {**self.cleaned_data, "token": self.cleaned_data["token"] or None}

    def say_changed(self) -> None:
        """Keep the unsaved data and show the stored values next to it; saving again overwrites them."""
        self.full_clean()
        changed = list(self._changed())
        text = _(
            "Someone else has saved this step in the meantime. Your changes are still here but not "
            "saved. Save again to overwrite theirs."
        )
        self.add_error(None, text)
        for name, about in changed:
            self.add_error(name, about)
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["token"] = self.initial["token"]  # type: ignore[index]

    def _changed(self) -> Iterator[tuple[str, str]]:
        """Yield (field, message about what was saved there) for fields that differ from what was sent."""
        for name, field in self.fields.items():
            initial = self.initial.get(name)
            if (
                name in self.cleaned_data
                and name != "token"
                and _normalised(initial) != _normalised(self.cleaned_data[name])
            ):
                about = {"what": getattr(field, "about", field.label), "there": _display_value(field, initial)}
                filled = _("%(what)s: someone else has saved “%(there)s”.")
                yield name, (filled if about["there"] else _("%(what)s: someone else has cleared this.")) % about


def _listed(value: Any) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if each not in (None, "")]


def _normalised(value: Any) -> list[str]:
    """Normalise a value, so that form data and database values compare equal."""
    return sorted(str(float(each) if isinstance(each, int) else getattr(each, "pk", each)) for each in _listed(value))


def _display_value(field: forms.Field, value: Any) -> str:
    """Return the value for display: a choice's label, or a date or number in the reader's language."""
    words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return ", ".join(words.get(str(getattr(each, "pk", each)), str(localize(each))) for each in _listed(value))

"""A form that knows what stood when its page was opened, and says where someone has saved something else since."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext as _


class VersionTokenForm(forms.Form):
    """`initial` is what is stored, with `token`, its token; without a token there is nothing to compare with."""

    token = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "token" not in self.initial:
            del self.fields["token"]

    @property
    def values(self) -> dict[str, Any]:
        """What was sent; a page without a token has seen nothing that is stored."""
        return {**self.cleaned_data, "token": self.cleaned_data["token"] or None}

    def say_changed(self) -> None:
        """Keep what was sent, unsaved, and name what is stored next to it: the next save takes its place."""
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
        """(field, what was saved there meanwhile) where that is not what was sent."""
        for name, field in self.fields.items():
            initial = self.initial.get(name)
            if name in self.cleaned_data and name != "token" and _plain(initial) != _plain(self.cleaned_data[name]):
                about = {"what": getattr(field, "about", field.label), "there": _told(field, initial)}
                filled = _("%(what)s: someone else has saved “%(there)s”.")
                yield name, (filled if about["there"] else _("%(what)s: someone else has cleared this.")) % about


def _listed(value: Any) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if each not in (None, "")]


def _plain(value: Any) -> list[str]:
    """A value as fields and rows alike have it."""
    return sorted(str(float(each) if isinstance(each, int) else getattr(each, "pk", each)) for each in _listed(value))


def _told(field: forms.Field, value: Any) -> str:
    """As the page says it: the words of a choice, a date or a number in the reader's language."""
    words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return ", ".join(words.get(str(getattr(each, "pk", each)), str(localize(each))) for each in _listed(value))

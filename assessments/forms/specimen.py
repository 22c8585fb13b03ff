"""One field of every kind for the style guide; rendered, never saved."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

CHOICES = [("one", _("The first choice")), ("two", _("A second choice, long enough to need another line on a phone"))]


class SpecimenForm(forms.Form):
    """Every control that the product's forms use."""

    name = forms.CharField(label=_("One line"), help_text=_("A hint appears between label and field."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    note = forms.CharField(label=_("Several lines"), widget=forms.Textarea(attrs={"rows": 3}))
    choice = forms.ChoiceField(label=_("A list"), choices=[("", _("Choose")), *CHOICES])
    either = forms.ChoiceField(label=_("One of two"), widget=forms.RadioSelect, choices=CHOICES)
    several = forms.MultipleChoiceField(label=_("Any of two"), widget=forms.CheckboxSelectMultiple, choices=CHOICES)
    agreed = forms.BooleanField(label=_("A box to tick"))
    number = forms.IntegerField(label=_("A number"))
    day = forms.DateField(label=_("A day"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    code = forms.CharField(label=_("A code"), widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))
    file = forms.FileField(label=_("A file"), required=False)
    fixed = forms.CharField(label=_("Read-only"), disabled=True, required=False, initial=_("As it was"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        plain = [name for name in self.fields if name not in ("number", "day")]
        self.helper.layout = Layout(*plain, Fieldset(_("Fields that belong together"), Row("number", "day")))
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.quiet = True  # its error summary must not take the focus on the style guide


def filled() -> SpecimenForm:
    return SpecimenForm(
        prefix="filled",
        initial={"name": _("Northfield"), "choice": "one", "either": "one", "several": ["one"], "agreed": True},
    )


def wrong() -> SpecimenForm:
    """Return the form submitted empty, so that every required field shows its error."""
    return SpecimenForm({}, prefix="wrong")

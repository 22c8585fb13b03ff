"""What an export holds."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import ExportFile

USUAL = [ExportFile.Type.PDF, ExportFile.Type.XLSX]


class ExportForm(forms.Form):
    """In which formats each round is wanted. The rounds themselves stand beside the form, in hidden fields."""

    types = forms.MultipleChoiceField(
        label=_("What do you want of each round?"),
        choices=ExportFile.Type.choices,
        initial=USUAL,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("types", Div(Submit("make", _("Make the ZIP")), css_class="actions"))

"""The layout of a form: its fields, then one button."""

from typing import TYPE_CHECKING

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def with_button(*layout: object, button: "StrOrPromise", name: str = "save", style: str = "") -> FormHelper:
    """Return a layout helper. `name` is the button's name in the POST data; `style` holds its CSS classes."""
    helper = FormHelper()
    helper.layout = Layout(*layout, Div(Submit(name, button, css_class=style), css_class="actions"))
    return helper

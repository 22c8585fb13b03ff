"""How a form is on its page: its fields, and one button below them."""

from typing import TYPE_CHECKING

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def with_button(*layout: object, button: "StrOrPromise", name: str = "save", style: str = "") -> FormHelper:
    """`name` is what the button sends; `style` says how much it matters, in CSS classes."""
    helper = FormHelper()
    helper.layout = Layout(*layout, Div(Submit(name, button, css_class=style), css_class="actions"))
    return helper

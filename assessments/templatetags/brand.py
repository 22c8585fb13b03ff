"""Format colour contrast."""

from django import template
from django.utils.formats import get_format

from assessments.branding import colour

register = template.Library()


@register.filter
def ratio(value: float) -> str:
    """`4.6:1`, with the reader's decimal mark."""
    return colour.ratio(value).replace(".", str(get_format("DECIMAL_SEPARATOR")))

"""How a contrast is written."""

from django import template

from assessments.branding import colour

register = template.Library()


@register.filter
def ratio(value: float) -> str:
    """`4.6:1`."""
    return colour.ratio(value)

"""Format numbers as charts and reports do."""

from django import template

from assessments.wording import numbers

register = template.Library()


@register.filter
def score(value: float | None) -> str:
    """`2.9`; empty for None."""
    return "" if value is None else numbers.score(value)


@register.filter
def signed(value: float | None) -> str:
    """`+0.3`, `−0.2`; empty for None."""
    return "" if value is None else numbers.signed(value)


@register.filter
def file_size(value: int) -> str:
    """`240 KB`, `1.2 MB`."""
    return numbers.file_size(value)

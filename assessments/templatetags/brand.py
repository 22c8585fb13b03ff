"""Template filters of the brand page and of commentary."""

from django import template

from assessments.branding import colour

register = template.Library()


@register.filter
def for_dark(accent: str | None) -> str | None:
    """The shade of an accent colour that lines have on the dark background."""
    return colour.verdict(accent).for_dark if accent else accent

"""Page fragments that are the same for every reader of a language."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def fixed(name: str, **facts: bool) -> SafeString:
    """`{% fixed "part.html" delegated=True %}`: render the template with only these flags, once per process."""
    return _drawn(name, get_language(), frozenset(facts.items()))


@lru_cache(maxsize=128)
def _drawn(name: str, _language: str | None, facts: frozenset[tuple[str, bool]]) -> SafeString:
    return render_to_string(name, dict(facts))

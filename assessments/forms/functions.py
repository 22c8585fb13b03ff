"""Recognising a person's function as people write it, in any interface language."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy

from assessments.models import Participant

Function = Participant.Function
FUNCTIONS = gettext_lazy("chief executive, technology, people, legal, operations or other")
USUAL = {  # common titles, in lower case
    **dict.fromkeys(
        ("geschäftsführer", "geschäftsführerin", "geschäftsführung", "managing director", "vorstandsvorsitz"),
        Function.CHIEF_EXECUTIVE,
    ),
    **dict.fromkeys(("vorstandsvorsitzender", "vorstandsvorsitzende", "president"), Function.CHIEF_EXECUTIVE),
    **dict.fromkeys(("cto", "cio", "it", "technologie", "head of it", "it-leitung"), Function.TECHNOLOGY),
    **dict.fromkeys(("chief information officer", "chief technology officer"), Function.TECHNOLOGY),
    **dict.fromkeys(("hr", "chro", "human resources", "head of hr", "hr director", "personalleitung"), Function.PEOPLE),
    **dict.fromkeys(("general counsel", "gc", "rechtsabteilung", "head of legal"), Function.LEGAL),
    **dict.fromkeys(
        ("coo", "chief operating officer", "head of operations", "operations director"), Function.OPERATIONS
    ),
    **dict.fromkeys(
        ("cfo", "finance", "finance director", "finanzen", "marketing", "sales", "vertrieb", "vorstand"), Function.OTHER
    ),
}


def function_of(text: str) -> str | None:
    """Look up a function by label, key or common title, ignoring case; *other* if empty, None if unknown."""
    word = " ".join(text.split()).lower()
    if not word:
        return Function.OTHER
    return _names().get(word) or USUAL.get(word)


def _names() -> dict[str, str]:
    names = {value: value for value in Function.values}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            names |= {str(label).lower(): value for value, label in Function.choices}
    return names

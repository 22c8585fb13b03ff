"""The languages that a reader can choose, each with its own name and text direction."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from assessments.actions import people
from assessments.models import BankVersion, Translation
from assessments.reader_language import direction_of, info_of
from assessments.results import best_match, languages_of

from . import access, reader_language

YEAR = 365 * 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Language:
    """A language to choose. `code` is a BCP 47 tag."""

    code: str
    name: str
    direction: str
    is_chosen: bool


def choices(version: BankVersion | None = None) -> tuple[Language, ...]:
    """The languages of the interface and, on a page with a bank's texts, of the bank. No query."""
    interface = [code for code, _name in settings.LANGUAGES]
    bank = () if version is None else languages_of(version)
    codes = [*interface, *(code for code in bank if best_match(code, interface) is None)]
    chosen = best_match(reader_language.language(), codes)
    return tuple(Language(code, name_of(code), direction_of(code), code == chosen) for code in codes)


def name_of(code: str) -> str:
    """The language's own name, such as `Deutsch`, or the tag if the language is unknown."""
    info = info_of(code)
    return str(info["name_local"]).capitalize() if info else code


def is_offered(code: str) -> bool:
    """Whether this language can be chosen anywhere. At most two queries."""
    interface = {known.lower() for known, _name in settings.LANGUAGES}
    longest = Translation._meta.get_field("language").max_length or 0
    return 0 < len(code) <= longest and (
        code.lower() in interface
        or Translation.objects.filter(language__iexact=code, is_offered=True).exists()
        or BankVersion.objects.published().filter(language__iexact=code).exists()
    )


def remember(request: HttpRequest, response: HttpResponse, code: str) -> HttpResponse:
    """Save the choice in a cookie of the response and, for a signed-in user, in their account; return the response.

    Ignores a language that is not offered.
    """
    if not is_offered(code):
        return response
    if request.user.is_authenticated:
        people.choose_language(user=access.require_user(request.user), language=code.lower())
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code.lower(), max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response

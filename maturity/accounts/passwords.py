"""Password validators: against easily guessed words and, if the operator enables it, known data breaches."""

import logging
import re

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from assessments.models import Organisation, User

TIMEOUT = 1.5  # seconds
OWN_WORDS = "ai leadership maturity assessment questionnaire password consultant executive welcome"
GERMAN_WORDS = "ki führung fuehrung reife reifegrad bewertung fragebogen passwort kennwort willkommen"
MIN_OTHERS = 8  # characters required besides such words
SHORTEST_NAME = 4

logger = logging.getLogger(__name__)


class OwnWordsValidator:
    """Rejects passwords that consist mostly of product words or the user's organisation and consultancy names."""

    def validate(self, password: str, user: User | None = None) -> None:
        rest = password.casefold()
        for word in sorted({*OWN_WORDS.split(), *GERMAN_WORDS.split(), *_names_around(user)}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < min(MIN_OTHERS, len(password.casefold())):
            said = _("This password is mostly made of words that are easy to guess here. Choose others, or add more.")
            raise ValidationError(said, code="password_of_our_words")

    def get_help_text(self) -> str:
        return _("Passwords made of this product’s words or your organisation’s name are not accepted.")


def _names_around(user: User | None) -> set[str]:
    """Return words from the names of the user's organisations and consultancies; none for a new account."""
    if user is None or user.pk is None:
        return set()
    ways = Q(memberships__user=user) | Q(assessments__participants__user=user)
    names = [*Organisation.objects.filter(ways).values_list("name", flat=True).distinct()]
    names += user.consultancies.values_list("name", flat=True)
    return {word for name in names for word in re.findall(r"\w+", name.casefold()) if len(word) >= SHORTEST_NAME}


class BreachedPasswordValidator:
    """Queries Pwned Passwords with the first five of forty hash digits, so the password is not revealed.

    If the service does not answer, the password is accepted; the other rules still apply.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        from django_pwned import api

        try:
            times = api.get_pwned_count(password, TIMEOUT)
        except (api.PwnedRequestError, ValueError) as problem:
            logger.warning(
                "Breached passwords could not be asked for: %s", type(problem.__context__ or problem).__name__
            )
            return
        if times:
            said = _("This password appeared in a data breach of another site. Choose one you use nowhere else.")
            raise ValidationError(said, code="password_breached")

    def get_help_text(self) -> str:
        return _("Passwords that appeared in a data breach of another site are not accepted.")

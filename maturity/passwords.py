"""Passwords that are known from breaches elsewhere, where the operator wants them asked for."""

import logging

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.models import User

PATIENCE = 1.5  # seconds

logger = logging.getLogger(__name__)


class BreachedPasswordValidator:
    """Asks Pwned Passwords for all hashes that begin with the same five of forty digits: which one is meant stays here.

    Where no answer comes, the password is taken: the other rules hold.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        from django_pwned import api

        try:
            times = api.get_pwned_count(password, PATIENCE)
        except (api.PwnedRequestError, ValueError) as problem:
            logger.warning(
                "Breached passwords could not be asked for: %s", type(problem.__context__ or problem).__name__
            )
            return
        if times:
            said = _("This password is known from a breach of another site. Choose one that you use nowhere else.")
            raise ValidationError(said, code="password_breached")

    def get_help_text(self) -> str:
        return _("A password that is known from a breach of another site is refused.")

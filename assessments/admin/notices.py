"""E-mails that tell people what staff changed in their account."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import translation

from assessments.models import User
from assessments.reader_language import interface_in


def notify(request: HttpRequest, person: User, what: str, *, at: str) -> None:
    """Send `account/email/{what}` to the address `at`, in the person's language, once the transaction commits."""

    def send() -> None:
        with translation.override(interface_in(person.language or settings.LANGUAGE_CODE)):
            get_adapter(request).send_notification_mail(f"account/email/{what}", person, email=at)

    transaction.on_commit(send, robust=True)

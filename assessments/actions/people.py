"""What becomes of an account: what someone settles for themselves, and what staff do to it."""

from allauth.account.models import EmailAddress
from django.db import transaction

from assessments import audit
from assessments.models import User

from . import sessions


def choose_language(*, user: User, language: str) -> None:
    """Use this language on pages and in e-mails from now on, as far as they are translated. `language` is a BCP 47 tag in lower case."""
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def note_password(*, user: User, by: User) -> None:
    """Someone else has set or taken away a password: what was opened with the one before ends."""
    audit.record(
        by=by, verb=audit.Verb.PASSWORD_SET if user.has_usable_password() else audit.Verb.PASSWORD_REMOVED, what=user
    )
    sessions.sign_out_everywhere(user=user, by=by)


@transaction.atomic
def move_address(*, user: User, by: User) -> None:
    """Sign-in and mail go to `user.email` from now on, once it is proven; the addresses before open nothing any more."""
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email.lower(), defaults={"primary": True})
    audit.record(by=by, verb=audit.Verb.ADDRESS_CHANGED, what=user)
    sessions.sign_out_everywhere(user=user, by=by)

"""Account settings: changes by users themselves and by staff."""

from allauth.account.models import EmailAddress
from django.db import transaction

from assessments import audit
from assessments.models import User

from . import sessions


def choose_language(*, user: User, language: str) -> None:
    """Set the language of pages and e-mails, as far as they are translated: a BCP 47 tag in lower case."""
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def change_profile(
    *, user: User, name: str, addressed_as: str, language: str, time_zone: str, wants_action_reminders: bool = True
) -> None:
    """Set a person's own name, form of address ("": by name), language ("": the browser's), time zone and reminders."""
    user.name, user.addressed_as, user.language, user.time_zone = name, addressed_as, language, time_zone
    user.wants_action_reminders = wants_action_reminders
    user.save(update_fields=["name", "addressed_as", "language", "time_zone", "wants_action_reminders"])
    audit.record(by=user, verb=audit.Verb.CHANGED, what=user)


@transaction.atomic
def note_password(*, user: User, by: User) -> None:
    """Audit that staff set or removed a password, and end all sessions."""
    audit.record(
        by=by, verb=audit.Verb.PASSWORD_SET if user.has_usable_password() else audit.Verb.PASSWORD_REMOVED, what=user
    )
    sessions.sign_out_everywhere(user=user, by=by)


@transaction.atomic
def move_address(*, user: User, by: User) -> None:
    """Make `user.email` the only address, to be verified, and end all sessions; earlier addresses stop working."""
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email.lower(), defaults={"primary": True})
    audit.record(by=by, verb=audit.Verb.ADDRESS_CHANGED, what=user)
    sessions.sign_out_everywhere(user=user, by=by)

"""What every mailed link has in common: finding it by its token, and the account behind its address."""

import datetime

from allauth.account.models import EmailAddress
from django.utils import timezone

from assessments.models import MailedLink, User
from assessments.models.link import MailedLinkQuerySet


class DeadLinkError(Exception):
    """The token is unknown, expired, used or taken back, or its assessment is no longer open; nothing was changed."""


class OtherAddressError(Exception):
    """Anyone who is signed in is not the person that the link was sent to; nothing was changed."""


class AccountExistsError(Exception):
    """There is an account with this address already: its owner has to sign in themselves; nothing was changed."""


class TooOftenError(Exception):
    """This was done too often today; nothing was changed."""


def locked[Link: MailedLink](links: MailedLinkQuerySet[Link], token: str) -> Link:
    """The link of a token, locked for this transaction. Raises DeadLinkError unless it may still be used."""
    link = links.select_for_update(of=("self",)).with_token(token).first()
    if link is None or not link.opens:
        raise DeadLinkError
    return link


def use(link: MailedLink, user: User) -> None:
    """Mark the link as used by `user`. Raises OtherAddressError; the caller saves."""
    if not link.belongs_to(user):
        raise OtherAddressError
    link.used_at = timezone.now()


def has_account(email: str) -> bool:
    """Whether someone can sign in with this address, or has begun to register it."""
    return User.objects.filter(email=email).exists() or EmailAddress.objects.filter(email=email, verified=True).exists()


def new_account(*, email: str, name: str) -> User:
    """An account for an address that its owner has just proven by a mailed link: verified, without a password.

    Raises AccountExistsError.
    """
    if has_account(email):
        raise AccountExistsError
    unsaved = User(email=email, name=name)
    unsaved.set_unusable_password()
    user, created = User.objects.get_or_create(email=email, defaults={"name": name, "password": unsaved.password})
    if not created:
        raise AccountExistsError
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def ask_again(link: MailedLink | None) -> bool:
    """Note that the holder of an unusable link wants a new one; False where that was noted in the last 24 hours."""
    day_ago = timezone.now() - datetime.timedelta(days=1)
    if link is None or link.used_at is not None or (link.requested_at is not None and link.requested_at > day_ago):
        return False
    link.requested_at = timezone.now()
    link.save(update_fields=["requested_at"])
    return True

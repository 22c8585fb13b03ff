"""What all e-mailed links share: finding one by its token, and the account for its address."""

import datetime

from allauth.account.models import EmailAddress
from django.utils import timezone

from assessments.models import MailedLink, User
from assessments.models.link import MailedLinkQuerySet


class DeadLinkError(Exception):
    """The token is unknown, expired, used or revoked, or its assessment is not open; nothing was changed."""


class OtherAddressError(Exception):
    """The signed-in user is not the link's recipient; nothing was changed."""


class AccountExistsError(Exception):
    """This address has an account, whose owner must sign in; nothing was changed."""


class TooOftenError(Exception):
    """This was done too often today; nothing was changed."""


def locked[Link: MailedLink](links: MailedLinkQuerySet[Link], token: str) -> Link:
    """The link with this token, locked for this transaction. Raises DeadLinkError unless it is usable."""
    link = links.select_for_update(of=("self",)).with_token(token).first()
    if link is None or not link.is_usable:
        raise DeadLinkError
    return link


def use(link: MailedLink, user: User) -> None:
    """Mark the link as used by `user`; the caller saves. Raises OtherAddressError."""
    if not link.belongs_to(user):
        raise OtherAddressError
    link.used_at = timezone.now()


def has_account(email: str) -> bool:
    """Whether this address has an account or belongs to one."""
    return User.objects.filter(email=email).exists() or EmailAddress.objects.filter(email=email, verified=True).exists()


def new_account(*, email: str, name: str) -> User:
    """Create an account without a password for an address just verified by an e-mailed link.

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
    """Record that a recipient wants a new link; returns False if recorded in the last 24 hours or the link was used."""
    day_ago = timezone.now() - datetime.timedelta(days=1)
    if link is None or link.used_at is not None or (link.requested_at is not None and link.requested_at > day_ago):
        return False
    link.requested_at = timezone.now()
    link.save(update_fields=["requested_at"])
    return True

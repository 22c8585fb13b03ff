"""Sharing a released result with people without an account, by a link and codes sent to their address."""

import datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from assessments import audit, emails
from assessments.emails import outbox
from assessments.emails.shared import code_email
from assessments.models import Assessment, SharedResult, User
from assessments.models.shared_result import CODE_LASTS, MAX_ATTEMPTS

from . import links
from .assessments import WrongStateError

MAX_ACTIVE = 50  # links per result
RESEND_AFTER = datetime.timedelta(minutes=1)
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so that no code is a word
LENGTH = 8


@transaction.atomic
def share(
    *, assessment: Assessment, email: str, name: str, note: str, expires_on: datetime.date, by: User, base_url: str
) -> SharedResult:
    """Mail a link to a released result, which works until the end of `expires_on` in the organisation's time zone.

    Raises WrongStateError unless the result is released, TooOftenError if there are too many links.
    """
    current = Assessment.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    row = current.get(pk=assessment.pk)
    if row.state != Assessment.State.RELEASED:
        raise WrongStateError
    if SharedResult.objects.active().filter(assessment=row).count() >= MAX_ACTIVE:
        raise links.TooOftenError
    next_day = datetime.datetime.combine(
        expires_on + datetime.timedelta(days=1), datetime.time.min, row.organisation.zone
    )
    link = SharedResult.objects.create(
        assessment=row, email=email, name=name, note=note, expires_at=next_day, invited_by=by
    )
    emails.queue(kind="shared_result", about=link, base_url=base_url)
    audit.record(by=by, verb=audit.Verb.RESULT_SHARED, what=link)
    return link


@transaction.atomic
def send_again(*, link: SharedResult, by: User, base_url: str) -> None:
    """Mail another link in place of this one; the old one no longer works.

    Raises DeadLinkError unless it still works, TooOftenError within a minute of the last e-mail.
    """
    current = SharedResult.objects.locked(link.pk)
    if not current.shows_result:
        raise links.DeadLinkError
    if current.sent_at is None or timezone.now() < current.sent_at + RESEND_AFTER:
        raise links.TooOftenError
    current.sent_at = None
    current.save(update_fields=["sent_at"])
    emails.queue(kind="shared_result", about=current, base_url=base_url)
    audit.record(by=by, verb=audit.Verb.RESULT_SHARED, what=current)


@transaction.atomic
def withdraw(*, link: SharedResult, by: User) -> bool:
    """End a link at once, wherever it is open. Returns False if it had already been withdrawn."""
    current = SharedResult.objects.locked(link.pk)
    if current.revoked_at is not None:
        return False
    current.revoked_at, current.code_hash = timezone.now(), ""
    current.save(update_fields=["revoked_at", "code_hash"])
    audit.record(by=by, verb=audit.Verb.SHARING_WITHDRAWN, what=current)
    return True


def send_code(*, link: SharedResult) -> bool:
    """Send a new code to the link's address, which replaces earlier ones; returns whether the mail server accepted it.

    Raises DeadLinkError, and TooOftenError within a minute of the last code.
    """
    code = get_random_string(LENGTH, LETTERS)
    return outbox.send_now(_with_code(link, code), until=CODE_LASTS)


@transaction.atomic
def _with_code(link: SharedResult, code: str) -> EmailMessage:
    current = SharedResult.objects.locked(link.pk)
    if not current.is_usable:
        raise links.DeadLinkError
    if current.wait:
        raise links.TooOftenError
    current.code_hash, current.code_sent_at, current.code_attempts = hash_of(current, code), timezone.now(), 0
    current.save(update_fields=["code_hash", "code_sent_at", "code_attempts"])
    return code_email(current, f"{code[:4]}-{code[4:]}")


def hash_of(link: SharedResult, code: str) -> str:
    """A keyed hash: a code alone is short enough to be guessed from a copy of the database."""
    return salted_hmac("the code of a shared result", f"{link.pk} {code}", algorithm="sha256").hexdigest()


@transaction.atomic
def open_with(*, link: SharedResult, code: str) -> bool:
    """Use up a code; returns whether it was right. The last wrong attempt ends it. Raises DeadLinkError."""
    current = SharedResult.objects.locked(link.pk)
    if not current.is_usable:
        raise links.DeadLinkError
    typed = "".join(letter for letter in code.upper() if letter in LETTERS)
    if current.code_works and constant_time_compare(current.code_hash, hash_of(current, typed)):
        current.code_hash, current.opened_at = "", timezone.now()
        current.save(update_fields=["code_hash", "opened_at"])
        audit.record(by=None, verb=audit.Verb.SHARED_RESULT_OPENED, what=current)
        return True
    current.code_attempts += 1
    if current.code_attempts >= MAX_ATTEMPTS:
        current.code_hash, current.code_attempts = "", 0
    current.save(update_fields=["code_hash", "code_attempts"])
    return False

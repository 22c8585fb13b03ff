"""Sends queued e-mails, retrying at growing intervals for up to three days until a mail server accepts them.

A conditional update claims each attempt, so that two workers do not send the same e-mail. Claims expire, so e-mails
claimed by a killed worker are retried. An e-mail is sent twice only if a worker dies, or loses the connection,
between the server's response and recording it.
"""

import datetime
import json
import logging
import secrets
import smtplib
import time
from collections.abc import Iterable

from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from assessments import audit, emails, encryption
from assessments.models import ACCOUNT, TRIED_FOR, OutgoingEmail, User

logger = logging.getLogger(__name__)
State, Failure = OutgoingEmail.State, OutgoingEmail.Failure
PURPOSE = "queued e-mails"
PAUSES = [datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180)]  # the last one repeats
CLAIMED_FOR = datetime.timedelta(minutes=10)  # longer than a mail server may take for one e-mail
WAITED_FOR = "waited_for"  # the mailer with a short timeout
MAX_RUN_SECONDS = 30.0  # the rest waits for the next run
UNREACHABLE_PAUSE = datetime.timedelta(minutes=1)  # how long workers avoid a server that did not respond


def send_now(message: EmailMessage, *, until: datetime.timedelta = TRIED_FOR) -> bool:
    """Send an e-mail that someone is waiting for; returns False if the mail server did not accept it, and retries.

    Until it is sent, its text is stored encrypted, for `until` at most.
    """
    email = OutgoingEmail.objects.create(
        kind=ACCOUNT,
        to=message.to[0],
        sealed=encryption.encrypt(json.dumps(_content_of(message)), purpose=PURPOSE),
        give_up_at=timezone.now() + until,
    )
    return deliver(pk=email.pk)


def _content_of(message: EmailMessage) -> dict[str, object]:
    """The content needed to rebuild the same message."""
    html = [part.content for part in getattr(message, "alternatives", [])]
    return {"subject": message.subject, "body": message.body, "html": html, "headers": message.extra_headers}


def deliver_from_queue(*, pk: int) -> None:
    """Attempt to send an e-mail, unless the mail server was just unreachable: then only `run_due` tries again."""
    since = timezone.now() - UNREACHABLE_PAUSE
    away = OutgoingEmail.objects.queued().filter(last_error=Failure.UNREACHABLE, tried_at__gt=since)
    if not away.exists():
        deliver(pk=pk)


def send_due() -> int:
    """Send due e-mails within the time limit of a run, those that expire first going first; returns how many.

    If the server does not respond for one e-mail, the rest is postponed.
    """
    ends, sent = time.monotonic() + MAX_RUN_SECONDS, 0
    keys = list(OutgoingEmail.objects.due().order_by("give_up_at", "pk").values_list("pk", flat=True))
    for place, pk in enumerate(keys):
        if time.monotonic() > ends:
            break
        sent += deliver(pk=pk)
        if OutgoingEmail.objects.queued().filter(pk=pk, last_error=Failure.UNREACHABLE).exists():
            _put_off(keys[place + 1 :])
            break
    return sent


def _put_off(keys: Iterable[int]) -> None:
    for pk in keys:
        email = _claimed(pk)
        if email is not None:
            _note_failure(email, Failure.UNREACHABLE)


def deliver(*, pk: int) -> bool:
    """Attempt to send an e-mail if it is due; returns whether it was sent. Deletes e-mails no longer needed."""
    email = _claimed(pk)
    if email is None:
        return False
    if email.kind == ACCOUNT and email.give_up_at <= timezone.now():
        _give_up(email)  # an expired code is useless
        return False
    try:
        sent = _send(email)
    except DatabaseError:
        raise  # the failure cannot be recorded either: the claim expires, and it is retried
    except Exception as problem:
        if _failure_of(problem) == Failure.BROKEN:
            logger.exception("An e-mail could not be written.")
        else:
            logger.warning("An e-mail was not sent: %s.", type(problem).__name__)
        _note_failure(email, _failure_of(problem))
        return False
    if sent and email.kind != ACCOUNT:
        columns = {"state": State.SENT, "sealed": "", "last_error": "", "sent_at": timezone.now()}
        OutgoingEmail.objects.filter(pk=pk).update(**columns)
    else:  # no longer needed, or sent to an address that anyone may have entered, which must not be stored
        email.delete()
    return bool(sent)


def _claimed(pk: int) -> OutgoingEmail | None:
    """The e-mail, claimed for one attempt; None if it is not due or was claimed by another worker."""
    now = timezone.now()
    rows = OutgoingEmail.objects.due().filter(pk=pk)
    if not rows.update(next_attempt_at=now + CLAIMED_FOR, tried_at=now, attempts=F("attempts") + 1):
        return None
    return OutgoingEmail.objects.filter(pk=pk).first()


def _send(email: OutgoingEmail) -> int:
    """The number sent: 0 if it is no longer needed."""
    if email.kind == ACCOUNT:
        return _send_kept(email)
    return emails.send(kind=email.kind, pk=email.about, base_url=email.base_url, to=email.to, token=_token_of(email))


def _send_kept(email: OutgoingEmail) -> int:
    try:
        content = json.loads(encryption.decrypt(email.sealed, purpose=PURPOSE))
    except encryption.UnreadableError:
        return 0  # SECRET_KEY has changed: the user can request another e-mail
    message = EmailMultiAlternatives(content["subject"], content["body"], to=[email.to], headers=content["headers"])
    for html in content["html"]:
        message.attach_alternative(html, "text/html")
    mailers[WAITED_FOR if WAITED_FOR in mailers else "default"].send_messages([message])
    return 1


def _token_of(email: OutgoingEmail) -> str:
    """The same token for every attempt: if an e-mail arrives twice, both links open the same page."""
    try:
        return encryption.decrypt(email.sealed, purpose=PURPOSE)
    except encryption.UnreadableError:
        token = secrets.token_urlsafe(32)
        sealed = encryption.encrypt(token, purpose=PURPOSE)
        OutgoingEmail.objects.queued().filter(pk=email.pk).update(sealed=sealed)
        return token


def _failure_of(problem: Exception) -> str:
    """The kind of failure. The order of checks matters: an SMTPException is also an OSError."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return Failure.ADDRESS
    if isinstance(problem, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError):
        return Failure.UNREACHABLE
    if isinstance(problem, smtplib.SMTPException):
        return Failure.REFUSED
    return Failure.UNREACHABLE if isinstance(problem, OSError) else Failure.BROKEN


def _note_failure(email: OutgoingEmail, failure: str) -> None:
    """Retry at growing intervals, or every minute for account e-mails with short-lived codes, until `give_up_at`."""
    now = timezone.now()
    if email.give_up_at <= now:
        _give_up(email, failure)
        return
    pause = PAUSES[0] if email.kind == ACCOUNT else PAUSES[min(email.attempts, len(PAUSES)) - 1]
    next_attempt = min(now + pause, email.give_up_at)
    OutgoingEmail.objects.queued().filter(pk=email.pk).update(last_error=failure, next_attempt_at=next_attempt)


def _give_up(email: OutgoingEmail, failure: str = "") -> None:
    dead = {"state": State.DEAD, "sealed": "", "last_error": failure or email.last_error}
    OutgoingEmail.objects.queued().filter(pk=email.pk).update(**dead)


@transaction.atomic
def try_again(*, email: OutgoingEmail, by: User) -> bool:
    """Queue a dead e-mail for another three days; returns False for account e-mails, whose text is not kept."""
    dead = OutgoingEmail.objects.filter(pk=email.pk, state=State.DEAD).exclude(kind=ACCOUNT)
    now = timezone.now()
    again = {"state": State.QUEUED, "attempts": 0, "next_attempt_at": now, "give_up_at": now + TRIED_FOR}
    if not dead.update(**again, last_error="", queued_at=now):
        return False
    audit.record(by=by, verb=audit.Verb.EMAIL_RESENT, what=email)
    return True

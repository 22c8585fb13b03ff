"""Product e-mails. An e-mail is queued in the action's transaction and written from the current rows at each attempt
to send it: one that is no longer needed is not sent, and a token does not work before.
"""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import override

from assessments.emails import messages, outcomes, programmes, shared
from assessments.emails.language import language_for
from assessments.emails.messages import Email, Order, invitation_specimen
from assessments.emails.recipients import PARTICIPANTS, RECIPIENTS
from assessments.models import TRIED_FOR, Assessment, OutgoingEmail, User

WRITERS = {**messages.WRITERS, **outcomes.WRITERS, **shared.WRITERS, **programmes.WRITERS}


def queue(*, kind: str, about: Model, base_url: str) -> None:
    """Queue an e-mail in the current transaction, replacing any undelivered one of its kind to the participant.

    A worker tries to send it after the commit, and `run_due` retries. `base_url` is the URL of this site; "" stands for
    the configured one."""
    participant = PARTICIPANTS.get(kind, lambda _about: None)(about)
    if participant is not None:
        undelivered = OutgoingEmail.objects.exclude(state=OutgoingEmail.State.SENT)
        undelivered.filter(participant=participant, kind=kind).delete()
    for address in RECIPIENTS[kind](about):
        email = OutgoingEmail.objects.create(
            kind=kind,
            about=str(about.pk),
            participant_id=participant,
            to=address,
            base_url=base_url or settings.SITE_URL,
            give_up_at=timezone.now() + TRIED_FOR,
        )
        transaction.on_commit(partial(_enqueue, email.pk), robust=True)


def _enqueue(pk: int) -> None:
    import_string("assessments.tasks.send_email").enqueue(pk)


def send(*, kind: str, pk: str, base_url: str, to: str | None = None, token: str = "") -> int:
    """Write and send the e-mails of one kind about one row, if they are still needed; returns how many.

    With `to`, send only to this recipient, if the kind has several; with `token`, a retry sends the same link.
    """
    sent = 0
    with override(language_for(kind, pk, to)):
        for email in WRITERS[kind](Order(pk, base_url, token)):
            if email.is_for(to):
                _send(email)
                sent += 1
    return sent


def _send(email: Email) -> None:
    context: dict[str, Any] = {**email.context, "subject": email.subject}
    message = EmailMultiAlternatives(
        subject=email.subject,
        body=render_to_string(f"email/{email.template}.txt", context),
        from_email=context.get("from") if email.reply_to else None,
        to=[email.to],
        reply_to=[email.reply_to.email] if email.reply_to else None,
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"email/{email.template}.html", context), "text/html")
    if email.calendar is not None:
        message.attach("due-date.ics", email.calendar, "text/calendar")
    mailers.default.send_messages([message])


def specimen(*, assessment: Assessment, by: User, base_url: str) -> dict[str, str]:
    """The subject and text of an assessment's invitations before any exist; the link in it does not work."""
    email = invitation_specimen(assessment, by, base_url)
    text = render_to_string(f"email/{email.template}.txt", {**email.context, "subject": email.subject})
    return {"subject": email.subject, "text": text.strip(), "reply_to": by.email}

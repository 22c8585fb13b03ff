"""The letters that the product writes. A letter is posted when the action's transaction has been committed, and written
by a task from the rows as they then are: what was taken back meanwhile is not sent, and a token is made only there.
"""

from functools import partial

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import override

from assessments.models import Assessment, User

from .letter_language import language_for
from .letter_writers import WRITERS, Letter, invitation_specimen


def post(*, kind: str, about: Model, base_url: str) -> None:
    """Have a letter sent once the transaction is committed. `base_url` is the address of this site."""
    transaction.on_commit(partial(_enqueue, kind=kind, pk=str(about.pk), base_url=base_url))


def _enqueue(**arguments: str) -> None:
    import_string("assessments.tasks.send_letter").enqueue(**arguments)


def send(*, kind: str, pk: str, base_url: str) -> None:
    """Write and send the letters of one kind about one row, if they are still wanted.

    A second run sends no second link; a reminder or a notice may come twice where the first run died while sending.
    """
    with override(language_for(kind, pk)):
        for letter in WRITERS[kind](pk, base_url):
            _send(letter)


def _send(letter: Letter) -> None:
    context = {**letter.context, "subject": letter.subject}
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=render_to_string(f"email/{letter.template}.txt", context),
        to=[letter.to],
        reply_to=[letter.reply_to.email] if letter.reply_to else None,
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"email/{letter.template}.html", context), "text/html")
    message.send()


def specimen(*, assessment: Assessment, by: User, base_url: str) -> dict[str, str]:
    """Subject and text of a round's invitations before there are any; the link in it opens nothing."""
    letter = invitation_specimen(assessment, by, base_url)
    text = render_to_string(f"email/{letter.template}.txt", {**letter.context, "subject": letter.subject})
    return {"subject": letter.subject, "text": text.strip(), "reply_to": by.email}

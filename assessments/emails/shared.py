"""E-mails to people without an account with whom a result is shared: the link, and the code that opens it."""

from collections.abc import Callable, Iterator, Mapping

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from assessments.models import Assessment, SharedResult
from assessments.sentences import gettext as _

from .messages import Email, Order, with_token
from .phrases import about, called, lines_of, reader_at, url_of


def _shared_result(order: Order) -> Iterator[Email]:
    pair = with_token(SharedResult, order)
    if pair is None:
        return
    link, token = pair
    assessment = link.assessment
    if link.has_expired or assessment.state != Assessment.State.RELEASED:
        return
    context = {
        **about(assessment, link.invited_by),
        "name": called(reader_at(link.email), link.name),
        "email": link.email,
        "note": lines_of(link.note),
        "url": url_of(order.base_url, "shared_result", token),
        "until": date_format(link.last_day, "DATE_FORMAT"),
    }
    subject = _("%(sender)s shares a result with you: %(organisation)s, %(round)s") % context
    yield Email(link.email, subject, "shared_result", context, link.invited_by)
    SharedResult.objects.filter(pk=order.pk).update(sent_at=timezone.now())


def code_email(link: SharedResult, code: str) -> EmailMessage:
    """The e-mail with a code, in the language of whoever asks for it. It names neither organisation nor result."""
    subject = _("%(code)s is your code") % {"code": code}
    body = render_to_string("email/shared_result_code.txt", {"code": code})
    return EmailMessage(subject, body, to=[link.email], headers={"Auto-Submitted": "auto-generated"})


WRITERS: Mapping[str, Callable[[Order], Iterator[Email]]] = {"shared_result": _shared_result}

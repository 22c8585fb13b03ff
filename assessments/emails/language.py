"""The language of an e-mail: the recipient's, else the sender's, else the site's default."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings

from assessments.models import (
    Confirmation,
    Delegation,
    Invitation,
    Notice,
    Participant,
    Reminder,
    Reopening,
    SharedResult,
    User,
)
from assessments.reader_language import interface_in

type People = Iterator[User | None]


def language_for(kind: str, pk: str, to: str | None = None) -> str:
    """One of the interface languages; `to` is the recipient of a kind that has several. At most three queries."""
    people = PEOPLE[kind](pk) if kind in PEOPLE else iter(User.objects.filter(email__iexact=to or "")[:1])
    languages = (person.language for person in people if person and person.language)
    return interface_in(next(languages, settings.LANGUAGE_CODE))


def _of_link(model: Any, pk: str) -> People:
    link = model.objects.select_related("invited_by").filter(pk=pk).first()
    if link is not None:
        yield User.objects.filter(email__iexact=link.email).first()
        yield link.invited_by


def _of_participant(model: Any, pk: str, sender: str | None = None) -> People:
    row = model.objects.select_related("participant__user").filter(pk=pk).first()
    if row is not None:
        yield row.participant.user
        yield getattr(row, sender) if sender else None


def _of_account(**which: str) -> People:
    row = Participant.objects.select_related("user").filter(**which).first()
    if row is not None:
        yield row.user


def _of_submission(model: Any, pk: str) -> People:
    row = model.objects.select_related("submission__participant__user").filter(pk=pk).first()
    if row is not None:
        yield row.submission.participant.user


PEOPLE: dict[str, Callable[[str], People]] = {
    "invitation": lambda pk: _of_link(Invitation, pk),
    "delegation": lambda pk: _of_link(Delegation, pk),
    "confirmation": lambda pk: _of_link(Confirmation, pk),
    "shared_result": lambda pk: _of_link(SharedResult, pk),
    "reminder": lambda pk: _of_participant(Reminder, pk, "sent_by"),
    "last_call": lambda pk: _of_participant(Notice, pk),
    "reopening": lambda pk: _of_submission(Reopening, pk),
    "receipt": lambda pk: _of_account(submission=pk),
    "result_ready": lambda pk: _of_account(pk=pk),
    "delegation_wanted": lambda pk: _of_submission(Delegation, pk),
}

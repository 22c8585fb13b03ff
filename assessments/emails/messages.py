"""For each kind of e-mail: its content, its recipients, and when it is no longer needed.

A writer yields the e-mails about one row; the code after a `yield` runs once that e-mail has been sent.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from assessments import results
from assessments.ics import DayEvent, calendar_of
from assessments.models import (
    Answer,
    Assessment,
    Confirmation,
    Delegation,
    Invitation,
    MailedLink,
    NameReview,
    Notice,
    Participant,
    Reminder,
    Reopening,
    Submission,
    User,
)
from assessments.sentences import gettext as _

from .phrases import about, called, lines_of, minutes_for, moment_at, plain, reader_at, url_of, who
from .recipients import readers_of_names, readers_of_request


@dataclass(frozen=True)
class Email:
    """One message to one person; `template` names a pair of files, `context` their variables."""

    to: str
    subject: str
    template: str
    context: Mapping[str, object]
    reply_to: User | None = None
    among_others: bool = False  # whether there are several about the same row
    calendar: bytes | None = None  # a date to add to a calendar

    def is_for(self, address: str | None) -> bool:
        """Whether it goes to this address. The only e-mail about a row always does, as the address may have changed."""
        return address in (None, self.to) or not self.among_others


@dataclass(frozen=True)
class Order:
    """The input of a writer: the row's id, the URL of this site, and the token of the link from an earlier attempt."""

    pk: str
    base_url: str
    token: str = ""


def _invitation(order: Order) -> Iterator[Email]:
    pair = with_token(Invitation, order)
    if pair is None:
        return
    invitation, token = pair
    assessment, participant = invitation.assessment, invitation.participant
    if not assessment.is_open:
        return
    name = called(reader_at(invitation.email), participant.name if participant else "")
    again = participant is not None and participant.reminders.filter(sent_at=None).exists()
    yield _invitation_email(assessment, invitation, name, url_of(order.base_url, "invitation", token), again=again)
    Invitation.objects.filter(pk=order.pk).update(sent_at=timezone.now())
    if participant is not None:
        _note_reminded(participant)  # a participant who has not joined is reminded by a new invitation


def _invitation_email(
    assessment: Assessment, invitation: Invitation, name: str, url: str, *, again: bool = False
) -> Email:
    """`again`: it reminds a person who has not joined, and its link replaces an earlier one."""
    context = {
        **about(assessment, invitation.invited_by, invitation.participant),
        "name": plain(name),
        "email": invitation.email,
        "url": url,
        "again": again,
    }
    subject = _("%(sender)s invites you: %(organisation)s, %(round)s") % context
    subject = _("Reminder: %(subject)s") % {"subject": subject} if again else subject
    calendar = _due_date(assessment, subject, url)
    return Email(invitation.email, subject, "invitation", context, invitation.invited_by, calendar=calendar)


def _due_date(assessment: Assessment, title: str, url: str) -> bytes | None:
    """The due date as a calendar file; None without one. It has no link: whoever reads a calendar could follow that."""
    if assessment.due_on is None:
        return None
    base_url = urljoin(url, "/")
    key = f"due-{assessment.pk}@{urlsplit(base_url).hostname}"
    return calendar_of(title, (DayEvent(key, assessment.due_on, title, base_url, assessment.created_at),))


def invitation_specimen(assessment: Assessment, by: User, base_url: str) -> Email:
    """An invitation as a participant would receive it now; its link does not work."""
    name = _("Dana Lee")
    person = Invitation(email="dana.lee@example.org", invited_by=by)
    return _invitation_email(assessment, person, name, url_of(base_url, "invitation", "example"))


def _delegation(order: Order) -> Iterator[Email]:
    pair = with_token(Delegation, order)
    if pair is None:
        return
    delegation, token = pair
    assessment = delegation.submission.participant.assessment
    if delegation.submission.is_submitted or not assessment.is_open:
        return
    asked = results.bank_asked(assessment, delegation.submission.participant).pillars
    questions = sum(len(pillar.questions) for pillar in asked if pillar.key == delegation.pillar.key)
    if not questions:  # they are central, and the respondent has been assigned to a unit since
        return
    context = {
        **about(assessment, delegation.invited_by),
        "name": called(reader_at(delegation.email), delegation.name),
        "email": delegation.email,
        "pillar": plain(delegation.pillar.name),
        "questions": questions,
        "minutes": minutes_for(questions),
        "note": lines_of(delegation.note),
        "url": url_of(order.base_url, "delegation", token),
    }
    subject = _("%(sender)s asks for your help: %(pillar)s") % context
    yield Email(delegation.email, subject, "delegation", context, delegation.invited_by)
    Delegation.objects.filter(pk=order.pk).update(sent_at=timezone.now())


@transaction.atomic
def with_token[Link: MailedLink](model: type[Link], order: Order) -> tuple[Link, str] | None:
    """The link with its token, or None if it was sent, used or revoked in the meantime."""
    unsent = model._default_manager.select_for_update().filter(used_at=None, revoked_at=None, sent_at=None)
    link = unsent.filter(pk=order.pk).first()
    if link is None:
        return None
    token = link.new_token(order.token)
    link.save(update_fields=["token_hash", "expires_at"])
    return link, token


def _confirmation(order: Order) -> Iterator[Email]:
    pair = with_token(Confirmation, order)
    if pair is None:
        return
    confirmation, token = pair
    participant, reader = confirmation.submission.participant, reader_at(confirmation.email)
    if not confirmation.submission.is_submitted:
        return
    context = {
        **about(participant.assessment, confirmation.invited_by),
        "name": called(reader, participant.name),
        "url": url_of(order.base_url, "confirm", token),
        "until": moment_at(confirmation.expires_at, participant.assessment.organisation, reader),
    }
    subject = _("Please confirm your answers: %(organisation)s, %(round)s") % context
    yield Email(confirmation.email, subject, "confirmation", context, confirmation.invited_by)
    Confirmation.objects.filter(pk=order.pk).update(sent_at=timezone.now())


def _reminder(order: Order) -> Iterator[Email]:
    with_assessment = Reminder.objects.select_related("participant__assessment__organisation", "participant__user")
    reminder = with_assessment.filter(pk=order.pk).first()
    if reminder is None:
        return
    participant, assessment = reminder.participant, reminder.participant.assessment
    submitted = Submission.objects.submitted().filter(participant=participant).exists()
    if participant.user is None or submitted or not assessment.is_open:
        return
    context = {
        **about(assessment, reminder.sent_by, participant),
        "name": called(participant.user, participant.name),
        "url": url_of(order.base_url, "overview", assessment.pk),
    }
    subject = _("Reminder: your answers for %(organisation)s, %(round)s") % context
    yield Email(participant.user.email, subject, "reminder", context, reminder.sent_by)
    _note_reminded(participant)


def _note_reminded(participant: Participant) -> None:
    """Mark all queued reminders of a participant as sent, as only one is needed."""
    for queued in (participant.reminders, participant.notices):
        queued.filter(sent_at=None).update(sent_at=timezone.now())


def _last_call(order: Order) -> Iterator[Email]:
    """The e-mail to someone who has started, shortly before the due date of the notice."""
    notices = Notice.objects.select_related("participant__assessment__organisation", "participant__user")
    notice = notices.filter(pk=order.pk).first()
    if notice is None:
        return
    participant, assessment = notice.participant, notice.participant.assessment
    drafts = Submission.objects.filter(participant=participant, state=Submission.State.DRAFT)
    if participant.user is None or not assessment.is_open or assessment.due_on != notice.due_on or not drafts.exists():
        return
    context = {
        **about(assessment, None, participant),
        "name": called(participant.user, participant.name),
        "answered": drafts.filter(answers__in=Answer.objects.given()).count(),
        "url": url_of(order.base_url, "review", assessment.pk),
    }
    subject = _("Please submit by %(due)s: %(organisation)s, %(round)s") % context
    yield Email(participant.user.email, subject, "last_call", context)
    _note_reminded(participant)


def _reopening(order: Order) -> Iterator[Email]:
    reopening = Reopening.objects.select_related("submission__participant__user").filter(pk=order.pk).first()
    if reopening is None:
        return
    participant = reopening.submission.participant
    if participant.user is None or reopening.submission.is_submitted:
        return
    context = {
        **about(participant.assessment, reopening.reopened_by),
        "name": called(participant.user, participant.name),
        "reason": lines_of(reopening.reason),
        "url": url_of(order.base_url, "overview", participant.assessment_id),
    }
    subject = _("Your answers are open again: %(organisation)s, %(round)s") % context
    yield Email(participant.user.email, subject, "reopening", context, reopening.reopened_by)


def _invitation_wanted(order: Order) -> Iterator[Email]:
    invitation = Invitation.objects.select_related("participant", "invited_by").filter(pk=order.pk).first()
    if invitation is None:
        return
    context = {
        **about(invitation.assessment, invitation.invited_by),
        **who(invitation.participant.name if invitation.participant else "", invitation.email),
        "url": url_of(order.base_url, "manage", invitation.assessment_id),
    }
    subject = _("%(person)s requests a new invitation: %(organisation)s, %(round)s") % context
    for reader in readers_of_request(invitation):
        yield Email(reader.email, subject, "invitation_wanted", context, among_others=True)


def _delegation_wanted(order: Order) -> Iterator[Email]:
    delegation = (
        Delegation.objects.select_related("pillar", "submission__participant__user").filter(pk=order.pk).first()
    )
    if delegation is None:
        return
    participant = delegation.submission.participant
    if participant.user is None or delegation.submission.is_submitted or not participant.assessment.is_open:
        return
    context = {
        **about(participant.assessment, None),
        **who(delegation.name, delegation.email),
        "pillar": plain(delegation.pillar.name),
        "url": url_of(order.base_url, "pass_on", participant.assessment_id, delegation.pillar.key),
    }
    subject = _("%(person)s requests a new link: %(pillar)s") % context
    yield Email(participant.user.email, subject, "delegation_wanted", context)


def _name_review(order: Order) -> Iterator[Email]:
    """E-mails to every lead, or to the consultants if there are none. Mention neither name nor erased person."""
    review = NameReview.objects.select_related("organisation", "consultancy").filter(pk=order.pk).first()
    if review is None:
        return
    context = {
        "owner": plain(review.owner.name),
        "day": date_format(review.last_day, "DATE_FORMAT") if review.last_day else "",
        "url": url_of(order.base_url, "name_review", review.pk),
    }
    for reader in readers_of_names(review):
        subject = _("A name to review: %(owner)s") % context
        yield Email(reader.email, subject, "name_review", context, among_others=True)


WRITERS: Mapping[str, Callable[[Order], Iterator[Email]]] = {
    "invitation": _invitation,
    "delegation": _delegation,
    "confirmation": _confirmation,
    "reminder": _reminder,
    "last_call": _last_call,
    "reopening": _reopening,
    "invitation_wanted": _invitation_wanted,
    "delegation_wanted": _delegation_wanted,
    "name_review": _name_review,
}

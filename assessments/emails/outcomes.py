"""E-mails about what has come of an assessment. None of them tells anything of an answer."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.formats import date_format

from assessments.models import ActionNotice, Answer, Assessment, Participant, Submission, Thread, ThreadNotice
from assessments.sentences import gettext as _

from .messages import Email, Order
from .phrases import about, called, moment_at, plain, url_of
from .recipients import readers_of_action, readers_of_completion, readers_of_replies


def _receipt(order: Order) -> Iterator[Email]:
    """The receipt for submitted answers: when, how many, and where to read them."""
    rows = Submission.objects.submitted().select_related("participant__user", "participant__assessment__organisation")
    submission = rows.filter(pk=order.pk).first()
    if submission is None or (user := submission.participant.user) is None:
        return
    participant, assessment = submission.participant, submission.participant.assessment
    context = {
        **about(assessment, None, participant),
        "name": called(participant.user, participant.name),
        "moment": moment_at(submission.submitted_at, assessment.organisation),
        "answered": Answer.objects.given().filter(submission=submission).count(),
        "receipt": submission.receipt,
        "for_one": assessment.for_one,
        "url": url_of(order.base_url, "result" if assessment.for_one else "overview", assessment.pk),
    }
    subject = _("Your answers are submitted: %(organisation)s, %(round)s") % context
    yield Email(user.email, subject, "receipt", context)


def _result_ready(order: Order) -> Iterator[Email]:
    """The e-mail to a participant who may see the released result."""
    rows = Participant.objects.select_related("user", "submission", "assessment__organisation")
    participant = rows.filter(pk=order.pk).first()
    if participant is None or participant.user is None or not participant.sees_result:
        return
    assessment = participant.assessment
    context = {
        **about(assessment, None),
        "name": called(participant.user, participant.name),
        "url": url_of(order.base_url, "result", assessment.pk),
    }
    subject = _("The result is ready: %(organisation)s, %(round)s") % context
    yield Email(participant.user.email, subject, "result_ready", context)


def _all_answered(order: Order) -> Iterator[Email]:
    """The e-mails to those who can close the assessment, unless someone's answers are open again."""
    assessment = Assessment.objects.open().select_related("organisation").filter(pk=order.pk).first()
    if assessment is None:
        return
    people = assessment.participants
    if people.exclude(submission__state=Submission.State.SUBMITTED).exists():
        return
    context = {
        **about(assessment, None),
        "people": people.count(),
        "url": url_of(order.base_url, "manage", assessment.pk),
    }
    subject = _("Everyone has answered: %(organisation)s, %(round)s") % context
    for reader in readers_of_completion(assessment):
        yield Email(reader.email, subject, "all_answered", context, among_others=True)


def _action_due(order: Order) -> Iterator[Email]:
    """To the owner of an action, or to the managers if the owner has left. Not if it is done or its date has moved."""
    notices = ActionNotice.objects.select_related("action__assessment__organisation", "action__owner_account")
    notice = notices.filter(pk=order.pk).first()
    if notice is None or not notice.action.is_open or notice.action.due_on != notice.due_on:
        return
    action, assessment = notice.action, notice.action.assessment
    for reader in readers_of_action(notice):
        is_owner = reader == action.owner_account
        page = ("own_action", assessment.pk, action.pk) if is_owner else ("roadmap_status", assessment.pk)
        context = {
            **about(assessment, None),
            "name": called(reader, ""),
            "action": plain(action.title),
            "owner": plain(action.owner),
            "day": date_format(notice.due_on, "DATE_FORMAT"),
            "late": action.is_late(assessment.organisation.today),
            "left": not is_owner,
            "url": url_of(order.base_url, *page),
        }
        subject = _("Due on %(day)s: %(action)s") % context
        yield Email(reader.email, subject, "action_due", context, among_others=True)


def _questions_asked(order: Order) -> Iterator[Email]:
    """The e-mail that there are questions about answers. It is the same for everybody and has no word of them."""
    rows = ThreadNotice.objects.select_related("participant__user", "participant__assessment__organisation")
    notice = rows.filter(pk=order.pk).first()
    if notice is None or (user := notice.participant.user) is None:
        return
    assessment = notice.participant.assessment
    context = {
        **about(assessment, None),
        "name": called(user, notice.participant.name),
        "url": url_of(order.base_url, "threads", assessment.pk),
    }
    subject = _("There are questions about answers: %(organisation)s, %(round)s") % context
    yield Email(user.email, subject, "questions_asked", context)


def _questions_answered(order: Order) -> Iterator[Email]:
    """The e-mail to whoever asked that there are replies, of which it has no word."""
    rows = Thread.objects.filter(pk=order.pk, entries__voice__isnull=False)
    thread = rows.select_related("asked_by", "assessment__organisation").first()
    if thread is None:
        return
    for asker in readers_of_replies(thread):
        context = {
            **about(thread.assessment, None),
            "name": called(asker, ""),
            "url": url_of(order.base_url, "threads", thread.assessment_id),
        }
        subject = _("There are replies to your questions: %(organisation)s, %(round)s") % context
        yield Email(asker.email, subject, "questions_answered", context)


WRITERS: Mapping[str, Callable[[Order], Iterator[Email]]] = {
    "receipt": _receipt,
    "result_ready": _result_ready,
    "all_answered": _all_answered,
    "action_due": _action_due,
    "questions_asked": _questions_asked,
    "questions_answered": _questions_answered,
}

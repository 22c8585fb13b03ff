"""Retention: deleting data after its retention period. The periods are `KEEP_DAYS` in `maturity/settings/`."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session as SessionBefore
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from assessments import audit
from assessments.models import (
    ApiToken,
    Assessment,
    Confirmation,
    Delegation,
    Guest,
    Invitation,
    Membership,
    NameReview,
    Organisation,
    OutgoingEmail,
    Session,
    SharedResult,
    Submission,
    User,
)

from . import erasing, leaving

type Rows = QuerySet[Any]
EVERY = 60 * 60  # seconds between two runs
BATCH_SIZE = 500  # rows per query: a backlog is spread over several hours and blocks no one


class Rule(NamedTuple):
    """A retention period. `past` returns the rows older than a moment."""

    name: str  # in settings.KEEP_DAYS
    label: str | Promise
    past: Callable[[datetime.datetime], list[Rows]]
    remove: Callable[[Any], object] | None = None  # for one row; None: delete it


def _drafts(moment: datetime.datetime) -> list[Rows]:
    return [Submission.objects.filter(state=Submission.State.DRAFT, participant__assessment__closed_at__lte=moment)]


def _links(moment: datetime.datetime) -> list[Rows]:
    of_submission = {"submission__participant__assessment__closed_at__lte": moment}
    return [
        Invitation.objects.filter(assessment__closed_at__lte=moment),
        Delegation.objects.filter(**of_submission),
        Confirmation.objects.filter(**of_submission),
        SharedResult.objects.filter(_ended(moment)),
    ]


def _unverified(moment: datetime.datetime) -> list[Rows]:
    unverified = EmailAddress.objects.filter(verified=False).values("user")
    proven = EmailAddress.objects.filter(verified=True).values("user")
    people = User.objects.filter(pk__in=unverified, last_login=None, date_joined__lte=moment, is_staff=False)
    return [people.exclude(pk__in=proven).filter(memberships=None, participations=None)]


def _idle(moment: datetime.datetime) -> list[Rows]:
    leads = Membership.objects.filter(role=Membership.Role.LEAD).values("user")
    idle = Q(last_login__lte=moment) | Q(last_login=None, date_joined__lte=moment)
    people = User.objects.filter(idle, is_staff=False, consultancies=None).exclude(pk__in=leads)
    return [people.exclude(participations__assessment__state=Assessment.State.OPEN)]


def _emails(moment: datetime.datetime) -> list[Rows]:
    return [OutgoingEmail.objects.exclude(state=OutgoingEmail.State.QUEUED).filter(queued_at__lte=moment)]


@transaction.atomic
def _expire(row: Any) -> None:
    audit.record(by=None, verb=audit.Verb.EXPIRED, what=row)
    row.delete()


RULES = (
    Rule("DRAFTS", _("Answers started but not submitted when their assessment closed"), _drafts, _expire),
    Rule(
        "LINKS",
        _("Invitations, delegations and their addresses, after an assessment has closed; ended links to results"),
        _links,
    ),
    Rule("UNPROVEN", _("Accounts with an address that was never confirmed"), _unverified, _expire),
    Rule("TOKENS", _("Expired API tokens"), lambda at: [ApiToken.objects.filter(_ended(at))]),
    Rule("ADMIN_LOG", _("The admin’s change log"), lambda at: [LogEntry.objects.filter(action_time__lte=at)]),
    Rule("QUEUE", _("Records of background tasks"), lambda at: [DBTaskResult.objects.filter(finished_at__lte=at)]),
    Rule("EMAILS", _("Recipients of e-mails, delivered or not"), _emails),
    Rule(
        "SESSIONS",
        _("Expired sessions"),
        lambda at: [model.objects.filter(expire_date__lte=at) for model in (Session, SessionBefore)],
    ),
    Rule(
        "DELETED",
        _("Deleted organisations"),
        lambda at: [Organisation.objects.filter(deleted_at__lte=at)],
        lambda row: leaving.purge(organisation=row),
    ),
    Rule(
        "NAMES",
        _("Names of erased people, so organisations can review where others wrote them"),
        lambda at: [NameReview.objects.filter(asked_at__lte=at)],
        _expire,
    ),
    Rule(
        "GUESTS",
        _("First names and open votes of workshop guests, if the workshop does not end before"),
        lambda at: [Guest.objects.filter(joined_at__lte=at)],
    ),
    Rule(
        "ROUNDS",
        _("Closed assessments, with their results"),
        lambda at: [Assessment.objects.filter(closed_at__lte=at)],
        _expire,
    ),
    Rule("IDLE", _("Unused accounts"), _idle, lambda row: erasing.erase(user=row)),
)


def _ended(moment: datetime.datetime) -> Q:
    return Q(expires_at__lte=moment) | Q(revoked_at__lte=moment)


class Past(NamedTuple):
    """The number of rows past a period in days; None: no limit."""

    label: str
    days: int | None
    rows: int


def look() -> list[Past]:
    """Count what would be deleted now."""
    return [Past(str(rule.label), settings.KEEP_DAYS[rule.name], _count(rule)) for rule in RULES]


def _count(rule: Rule) -> int:
    return sum(rows.count() for rows in _past(rule))


def _past(rule: Rule) -> list[Rows]:
    days = settings.KEEP_DAYS[rule.name]
    return [] if days is None else rule.past(timezone.now() - datetime.timedelta(days=days))


def run_due() -> int | None:
    """Delete what is past its period, at most once an hour; returns the number of rows, None if it is not yet time."""
    if not cache.add("retention", value=True, timeout=EVERY):
        return None
    return sum(_remove(rule, row) for rule in RULES for row in _rows(rule))


def _rows(rule: Rule) -> Iterator[Any]:
    for rows in _past(rule):
        yield from list(rows.order_by("pk")[:BATCH_SIZE])


def _remove(rule: Rule, row: Any) -> int:
    if rule.remove is not None:
        rule.remove(row)
    else:
        row.delete()
    return 1


def periods() -> list[tuple[str, int | None]]:
    """The label and days (None: no limit) of each period, for the privacy page."""
    return [(str(rule.label), settings.KEEP_DAYS[rule.name]) for rule in RULES]

"""Preparing an assessment as a draft, over several visits if needed; no one is notified until it is opened."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments import audit, emails
from assessments.models import Assessment, BankVersion, Invitation, Organisation, Participant, User

from . import draft_snapshots
from .assessments import WrongStateError, add_participant
from .invitations import INVITATIONS_PER_DAY, AssessmentIsFullError, Invitee, addresses_of, limit_of
from .links import TooOftenError

# The fields that each step sets
STEP_FIELDS = {
    "basics": ("name", "bank_version_id", "subset", "confidentiality", "then_test"),
    "dates": ("due_on", "reminder_days"),
    "targets": ("targets", "bank_version_id"),
    "copy": ("targets", "reminder_days", "confidentiality"),
}


class PlanChangedError(Exception):
    """The same step has since been saved by someone else; `current` is the stored draft. Nothing was changed."""

    def __init__(self, current: Assessment) -> None:
        super().__init__()
        self.current = current


class NotReadyError(Exception):
    """Something required to open the assessment is missing; nothing was changed."""


@transaction.atomic
def begin(*, organisation: Organisation, bank_version: BankVersion, by: User, **settings: Any) -> Assessment:
    """Create a draft on a published bank version; `settings` are its name and confidentiality.

    Reuses an identical draft without participants, so a double click creates one. Raises WrongStateError.
    """
    if bank_version.state != BankVersion.State.PUBLISHED:
        raise WrongStateError
    Organisation.objects.locked(organisation.pk)
    same = Assessment.objects.filter(organisation=organisation, bank_version=bank_version, **settings)
    existing = same.filter(state=Assessment.State.DRAFT, participants=None).first()
    if existing is not None:
        return existing
    draft = Assessment.objects.create(organisation=organisation, bank_version=bank_version, **settings)
    audit.record(by=by, verb=audit.Verb.DRAFTED, what=draft)
    return draft


def _draft(assessment: Assessment) -> Assessment:
    current = Assessment.objects.locked(assessment.pk)
    if not current.is_draft:
        raise WrongStateError
    return current


def version_token(draft: Assessment, step: str) -> str:
    """A short hash of the fields of a step in `STEP_FIELDS`."""
    return draft_snapshots.version_token({name: getattr(draft, name) for name in STEP_FIELDS[step]})


def _put(current: Assessment, step: str, token: str | None, **values: Any) -> None:
    """Set the fields of a step. `token` is the step's token the user last saw, None to skip the check.

    Setting the stored values again changes nothing, whatever the token. Raises PlanChangedError.
    """
    if all(getattr(current, name) == value for name, value in values.items()):
        return
    if token is not None and token != version_token(current, step):
        raise PlanChangedError(current)
    for name, value in values.items():
        setattr(current, name, value)
    current.save(update_fields=[*values])


@transaction.atomic
def set_basics(
    *,
    assessment: Assessment,
    bank_version: BankVersion,
    name: str,
    confidentiality: str,
    subset: str = "",
    then_test: bool = False,
    token: str | None = None,
) -> None:
    """Set the bank version, the subset asked, name, confidentiality and whether last time is rated again. Drops targets of pillars that the bank lacks.

    Raises WrongStateError and, like the steps below, PlanChangedError.
    """
    current = _draft(assessment)
    if bank_version.state != BankVersion.State.PUBLISHED or not bank_version.has_subset(subset):
        raise WrongStateError
    values = {"bank_version": bank_version, "subset": subset, "name": name, "confidentiality": confidentiality}
    values["then_test"] = then_test
    _put(current, "basics", token, **values, targets=_asked(current.targets, bank_version))


def _asked(targets: Mapping[str, Any], version: BankVersion) -> dict[str, Any]:
    pillars = set(version.pillars.values_list("key", flat=True))
    return {key: target for key, target in targets.items() if key in pillars}


@transaction.atomic
def set_dates(
    *,
    assessment: Assessment,
    due_on: datetime.date | None,
    reminder_days: Iterable[int],
    token: str | None = None,
) -> None:
    """Set the due date and the days before it on which people are reminded."""
    days = sorted(reminder_days, reverse=True)
    _put(_draft(assessment), "dates", token, due_on=due_on, reminder_days=days)


@transaction.atomic
def set_targets(*, assessment: Assessment, targets: Mapping[str, Any], token: str | None = None) -> None:
    """Set the targets by pillar key, in the format of `Assessment.targets`."""
    current = _draft(assessment)
    _put(current, "targets", token, targets=_asked(targets, current.bank_version))


@transaction.atomic
def plan_people(*, assessment: Assessment, invitees: Iterable[Invitee], by: User) -> int:
    """Add people to a draft without e-mailing them; returns how many are new.

    The user who prepares it joins at once. Raises WrongStateError, AssessmentIsFullError; then no one is added.
    """
    current = _draft(assessment)
    addresses, before = addresses_of(current), current.participants.count()
    for invitee in invitees:
        email = invitee.email.lower()
        if email not in addresses:
            addresses.add(email)
            _plan(current, invitee, email, by)
    after = current.participants.count()
    if after > limit_of(current):
        raise AssessmentIsFullError
    return after - before


def _plan(draft: Assessment, invitee: Invitee, email: str, by: User) -> None:
    if email == by.email.lower():
        person = add_participant(assessment=draft, user=by, function=invitee.function, by=by)
        Participant.objects.filter(pk=person.pk, unit=None).update(unit=invitee.unit)
        return
    person = Participant.objects.create(
        assessment=draft, name=invitee.name, function=invitee.function, unit_id=invitee.unit
    )
    Invitation.objects.create(assessment=draft, participant=person, email=email, invited_by=by)


@transaction.atomic
def drop(*, participant: Participant) -> None:
    """Remove a participant from a draft; they were never e-mailed."""
    _draft(participant.assessment)
    participant.invitations.all().delete()
    participant.delete()


@transaction.atomic
def discard(*, assessment: Assessment, by: User) -> None:
    """Delete a draft, including its participants."""
    current = _draft(assessment)
    audit.record(by=by, verb=audit.Verb.DISCARDED, what=current)
    current.delete()


def last_assessment_of(organisation: Organisation) -> Assessment | None:
    """The assessment for several people that the organisation opened last, or None."""
    opened = organisation.assessments.exclude(state=Assessment.State.DRAFT)
    return opened.filter(for_one=False).order_by("-opened_at", "pk").first()


@transaction.atomic
def copy_last(*, assessment: Assessment, by: User, token: str | None = None) -> Assessment | None:
    """Copy people, targets, reminders and confidentiality from the previous round; None if there is none."""
    current, last = _draft(assessment), last_assessment_of(assessment.organisation)
    if last is None:
        return None
    values = {"confidentiality": last.confidentiality, "reminder_days": last.reminder_days}
    _put(current, "copy", token, **values, targets=_asked(last.targets, current.bank_version))
    if last.unit_kind and not current.unit_kind:
        Assessment.objects.filter(pk=current.pk).update(unit_kind=last.unit_kind)
        current.unit_kind = last.unit_kind
        current.unit_roots.set(last.unit_roots.all())
    plan_people(assessment=current, invitees=list(people_of(last)), by=by)
    return last


def people_of(last: Assessment) -> Iterable[Invitee]:
    """All participants whose address is still known. Two queries."""
    for person in last.participants.select_related("user").prefetch_related("invitations"):
        emails = [invitation.email for invitation in person.invitations.all() if invitation.revoked_at is None]
        if person.user is not None:
            yield Invitee(person.user.email, person.name or person.user.name, person.function, person.unit_id)
        elif emails and not any(invitation.used_at for invitation in person.invitations.all()):
            yield Invitee(emails[-1], person.name, person.function, person.unit_id)


@transaction.atomic
def open_assessment(*, assessment: Assessment, by: User, base_url: str) -> int:
    """Open a draft and send its invitations; returns how many. Raises WrongStateError if already opened.

    Raises NotReadyError if there are no participants, the due date is past or the bank version is not published, and
    TooOftenError.
    """
    current = _draft(assessment)
    today = current.organisation.today
    if not current.participants.exists() or (current.due_on is not None and current.due_on < today):
        raise NotReadyError
    if current.bank_version.state != BankVersion.State.PUBLISHED:
        raise NotReadyError
    current.state, current.opened_at = Assessment.State.OPEN, timezone.now()
    current.save()
    audit.record(by=by, verb=audit.Verb.OPENED, what=current)
    return _send_invitations(current, by, base_url)


def _send_invitations(opened: Assessment, by: User, base_url: str) -> int:
    day_ago = timezone.now() - datetime.timedelta(days=1)
    waiting = list(Invitation.objects.pending().filter(assessment=opened, sent_at=None))
    others = Invitation.objects.filter(invited_by=by, created_at__gt=day_ago).exclude(assessment=opened)
    if others.count() + len(waiting) > INVITATIONS_PER_DAY:
        raise TooOftenError
    Invitation.objects.filter(pk__in=[each.pk for each in waiting]).update(invited_by=by, created_at=timezone.now())
    for invitation in waiting:
        emails.queue(kind="invitation", about=invitation, base_url=base_url)
    return len(waiting)

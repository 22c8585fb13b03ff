"""Starting, opening, closing and releasing assessments, and reopening submissions."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessments import audit, emails, results
from assessments.models import (
    Assessment,
    AuditEvent,
    BankVersion,
    ExportFile,
    KeptReport,
    Organisation,
    OutgoingEmail,
    Participant,
    PillarResult,
    Reopening,
    Result,
    SharedResult,
    Submission,
    User,
    new_pseudonym,
)

from . import evidence_register, kept_reports
from .evidence_checks import forget_checks


class WrongStateError(Exception):
    """The state of the assessment does not allow this; nothing was changed."""


@transaction.atomic
def start(
    *,
    organisation: Organisation,
    bank_version: BankVersion,
    name: str,
    by: User,
    for_one: bool = False,
    function: str | None = None,
    confidentiality: str = Assessment.Confidentiality.CONFIDENTIAL,
    due_on: datetime.date | None = None,
    subset: str = "",
) -> Assessment:
    """Open an assessment on a published bank version, or on a `subset` of it. With `function`, its creator takes part as well."""
    if bank_version.state != BankVersion.State.PUBLISHED or not bank_version.has_subset(subset):
        raise WrongStateError
    assessment = Assessment.objects.create(
        organisation=organisation,
        bank_version=bank_version,
        subset=subset,
        name=name,
        for_one=for_one,
        confidentiality=confidentiality,
        due_on=due_on,
        state=Assessment.State.OPEN,
        opened_at=timezone.now(),
    )
    audit.record(by=by, verb=audit.Verb.OPENED, what=assessment)
    if function is not None:
        add_participant(assessment=assessment, user=by, function=function, by=by)
    return assessment


@transaction.atomic
def start_alone(*, organisation: Organisation, name: str, by: User, **settings: Any) -> Assessment:
    """Open an assessment that only `by` answers, with the settings of `start`.

    Reuses one of that name that they have not begun, so a double click opens one. Raises WrongStateError.
    """
    Organisation.objects.locked(organisation.pk)
    own = Participant.objects.filter(user=by, submission=None)
    there = organisation.assessments.open().filter(name=name, for_one=True, participants__in=own).first()
    return there or start(organisation=organisation, name=name, by=by, for_one=True, **settings)


@transaction.atomic
def rename(*, assessment: Assessment, name: str, by: User) -> None:
    """Set its name; audited only if it changes."""
    row = Assessment.objects.locked(assessment.pk)
    if row.name != name:
        Assessment.objects.filter(pk=row.pk).update(name=name)
        audit.record(by=by, verb=audit.Verb.RENAMED, what=row)


@transaction.atomic
def add_participant(*, assessment: Assessment, user: User, function: str, by: User) -> Participant:
    """Add a participant, with any pseudonym they already have in this organisation."""
    earlier = Participant.objects.filter(assessment__organisation=assessment.organisation_id, user=user).first()
    participant, created = Participant.objects.get_or_create(
        assessment=assessment,
        user=user,
        defaults={
            "function": function,
            "name": user.name,
            "pseudonym": earlier.pseudonym if earlier else new_pseudonym(),
        },
    )
    if created:
        audit.record(by=by, verb=audit.Verb.JOINED, what=participant)
    return participant


def _in_state(assessment: Assessment, state: str) -> Assessment:
    """The assessment's row, locked. Raises WrongStateError unless it is in `state`."""
    current = Assessment.objects.locked(assessment.pk)
    if current.state != state:
        raise WrongStateError
    return current


def locked_with(submission: Submission) -> Assessment:
    """The submission's assessment, locked before the submission as in `close`, so that neither overtakes the other."""
    rows = Assessment.objects.select_for_update(of=("self",))
    return rows.get(participants__submission=submission.pk)


@transaction.atomic
def close(*, assessment: Assessment, by: User | None) -> Result:
    """Score the submitted answers and freeze the result. Raises WrongStateError unless the assessment is open."""
    current = _in_state(assessment, Assessment.State.OPEN)
    frozen = _freeze(current)
    evidence_register.register_closed(current, frozen)
    kept_reports.forget(KeptReport.objects.filter(assessment=current))  # of an earlier result, if it was reopened
    current.state, current.closed_at = Assessment.State.CLOSED, timezone.now()
    current.save()
    audit.record(by=by, verb=audit.Verb.CLOSED, what=current)
    return frozen


def _freeze(assessment: Assessment) -> Result:
    submitted = Submission.objects.submitted().filter(participant__assessment=assessment)
    scored = results.score_assessment(assessment, submitted)
    last = assessment.results.order_by("-revision").first()
    frozen = Result.objects.create(
        assessment=assessment,
        revision=1 if last is None else last.revision + 1,
        result=scored.result_text,
        answers=scored.answers_text,
        engine=scored.result.engine,
        salt=scored.salt,
        checksum=scored.checksum,
        index=scored.shown.result.overall.index,
        level=scored.shown.result.overall.level,
        counted=scored.counted,
        differing=sorted(scored.differing),
        calibrated=submitted.exclude(calibrated_at=None).count(),
        **results.change_columns(assessment, scored),
        **results.then_columns(assessment, scored.counted, differing=bool(scored.differing)),
    )
    PillarResult.objects.bulk_create(results.pillar_rows(frozen, scored.shown.result))
    units = results.unit_figures_of(frozen, scored.answers)
    if units is not None:
        units.save()
    return frozen


@transaction.atomic
def extend(*, assessment: Assessment, due_on: datetime.date | None, reminder_days: Iterable[int], by: User) -> None:
    """Change the due date and reminders of an open assessment. Raises WrongStateError."""
    current = _in_state(assessment, Assessment.State.OPEN)
    current.due_on, current.reminder_days = due_on, sorted(reminder_days, reverse=True)
    current.save()
    audit.record(by=by, verb=audit.Verb.DUE_DATE_MOVED, what=current)


@transaction.atomic
def release(*, assessment: Assessment, by: User | None, everyone: bool | None = None, base_url: str = "") -> None:
    """Show the result to participants who submitted, or to `everyone`, and tell them; None keeps what was decided.

    Raises WrongStateError unless the assessment is closed.
    """
    current = _in_state(assessment, Assessment.State.CLOSED)
    current.state, current.released_at = Assessment.State.RELEASED, timezone.now()
    current.result_for_everyone = current.result_for_everyone if everyone is None else everyone
    current.save()
    audit.record(by=by, verb=audit.Verb.RELEASED, what=current)
    _tell_readers(current, by, base_url)


@transaction.atomic
def show_to(*, assessment: Assessment, everyone: bool, by: User, base_url: str = "") -> bool:
    """Change who sees a released result, and tell those who see it now; returns False if nothing changed.

    Raises WrongStateError unless the result is released.
    """
    current = _in_state(assessment, Assessment.State.RELEASED)
    if current.result_for_everyone == everyone:
        return False
    current.result_for_everyone = everyone
    current.save()
    audit.record(by=by, verb=audit.Verb.AUDIENCE_CHANGED, what=current)
    _tell_readers(current, by, base_url)
    return True


def told_of_release(assessment: Assessment, *, by: User | None, everyone: bool) -> list[Participant]:
    """Those with an account, except `by`, who see a released result: if not `everyone`, those who submitted. One query."""
    people = assessment.participants.exclude(user=None).exclude(user=by).select_related("submission", "user")
    if not everyone:
        people = people.filter(submission__in=Submission.objects.submitted())
    return list(people.order_by("name", "pk"))


def _tell_readers(assessment: Assessment, by: User | None, base_url: str) -> None:
    """E-mail everyone who may now see the result, except `by` and those told since it was released."""
    told = OutgoingEmail.objects.filter(kind="result_ready", queued_at__gte=assessment.released_at)
    earlier = set(told.values_list("about", flat=True))
    for participant in told_of_release(assessment, by=by, everyone=assessment.result_for_everyone):
        if str(participant.pk) not in earlier:
            emails.queue(kind="result_ready", about=participant, base_url=base_url)


def may_reopen(assessment: Assessment) -> bool:
    """Whether the result of an assessment for one person can be given up: nobody has it as a file, none builds on it.

    Four queries at most.
    """
    if not assessment.for_one or assessment.state != Assessment.State.RELEASED:
        return False
    since = assessment.closed_at
    downloads = Q(verb__startswith=audit.Verb.DOWNLOADED) | Q(verb__startswith=audit.Verb.DOWNLOADED_BY_TOKEN)
    events = AuditEvent.objects.filter(downloads, object_type="assessment", object_id=str(assessment.pk), at__gte=since)
    exported = ExportFile.objects.filter(assessment=assessment, export__created_at__gte=since)
    later = Result.objects.filter(compared_with__assessment=assessment)
    shared = SharedResult.objects.filter(assessment=assessment, opened_at__gte=since)
    return not any(rows.exists() for rows in (events, exported, later, shared))


@transaction.atomic
def reopen_for_one(*, assessment: Assessment, by: User) -> None:
    """Give up the result of an assessment for one person, whose answers become a draft again.

    Raises WrongStateError unless `may_reopen`.
    """
    current = Assessment.objects.locked(assessment.pk)
    if not may_reopen(current):
        raise WrongStateError
    current.results.all().delete()
    kept_reports.forget(KeptReport.objects.filter(assessment=current))
    current.state, current.closed_at, current.released_at = Assessment.State.OPEN, None, None
    current.save()
    drafts = {"state": Submission.State.DRAFT, "submitted_at": None, "confirmed_at": None}
    Submission.objects.filter(participant__assessment=current).update(**drafts)
    audit.record(by=by, verb=audit.Verb.REOPENED, what=current)


@transaction.atomic
def tell_completion(*, assessment: Assessment, base_url: str) -> None:
    """E-mail its managers once, when all of several people have submitted. The caller has locked the assessment."""
    people = assessment.participants
    if assessment.completion_told_at or people.exclude(submission__state=Submission.State.SUBMITTED).exists():
        return
    if people.count() > 1:
        assessment.completion_told_at = timezone.now()
        assessment.save(update_fields=["completion_told_at"])
        emails.queue(kind="all_answered", about=assessment, base_url=base_url)


@transaction.atomic
def reopen(*, submission: Submission, reason: str, by: User, base_url: str) -> None:
    """Return a submission to its respondent as a draft and e-mail them the reason.

    Raises WrongStateError unless it is submitted and its assessment open.
    """
    assessment = locked_with(submission)
    current = Submission.objects.locked(submission.pk)
    if not current.is_submitted or not assessment.is_open:
        raise WrongStateError
    current.state, current.submitted_at, current.confirmed_at = Submission.State.DRAFT, None, None
    current.save()
    forget_checks(current)
    current.confirmations.filter(used_at=None).update(revoked_at=timezone.now())
    reopening = Reopening.objects.create(submission=current, reason=reason, reopened_by=by)
    emails.queue(kind="reopening", about=reopening, base_url=base_url)
    audit.record(by=by, verb=audit.Verb.REOPENED, what=current)

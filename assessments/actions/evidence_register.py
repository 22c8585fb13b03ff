"""The register of an organisation's evidence."""

from typing import Any

from django.db import transaction

from assessments import audit
from assessments.models import Assessment, Evidence, Organisation, Result, Submission, User
from assessments.results import eligible_for, may_show

from .evidence_files import Upload, forget, save, stored


def add(*, upload: Upload, organisation: Organisation, by: User) -> Evidence:
    """Store a file of the organisation itself. Raises InfectedError, QuotaError, StorageUnavailableError."""
    with stored(upload, organisation) as columns, transaction.atomic():
        row = save(columns, in_register=True)
        audit.record(by=by, verb=audit.Verb.EVIDENCE_ADDED, what=row)
    return row


@transaction.atomic
def change(*, evidence: Evidence, by: User, **columns: Any) -> None:
    """Change the title and dates of a piece in the register."""
    row = Evidence.objects.locked(evidence.pk)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    audit.record(by=by, verb=audit.Verb.EVIDENCE_CHANGED, what=row)


@transaction.atomic
def remove(*, evidence: Evidence, by: User) -> None:
    """Delete a piece of the register with its file. Frozen results stay as they are."""
    audit.record(by=by, verb=audit.Verb.EVIDENCE_REMOVED, what=evidence)
    forget(Evidence.objects.filter(pk=evidence.pk))


def register_closed(assessment: Assessment, frozen: Result) -> None:
    """Enter what a closed assessment cites into the register, all at once, so that no time tells who uploaded what.

    In a named assessment everything that submitted answers cite; in a confidential one what its owners offer, if
    comments may be shown, and only with its first result: a later one would name who was asked once more.
    """
    cited = Evidence.objects.filter(
        assessment=assessment,
        citations__submission__participant__assessment=assessment,
        citations__submission__state=Submission.State.SUBMITTED,
    )
    if not assessment.is_named:
        people = len(eligible_for(frozen.counted, None, everybody=True))
        if frozen.revision > 1 or frozen.differing or not may_show("comments", people, confidential=True):
            return
        cited = cited.filter(is_offered=True)
    Evidence.objects.filter(pk__in=cited.values("pk")).update(in_register=True)

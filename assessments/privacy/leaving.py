"""Deleting an organisation: hidden at once, can be restored for thirty days, then erased."""

from django.db import transaction
from django.utils import timezone

from assessments import audit
from assessments.actions import evidence_files, export_removal, kept_reports
from assessments.models import Evidence, KeptReport, Organisation, User


@transaction.atomic
def delete(*, organisation: Organisation, by: User) -> Organisation:
    """Hide an organisation and all its assessments from everyone. Does nothing if it is already deleted."""
    current = Organisation.objects.locked(organisation.pk)
    if current.deleted_at is None:
        current.deleted_at = timezone.now()
        current.save(update_fields=["deleted_at"])
        kept_reports.forget(KeptReport.objects.filter(assessment__organisation=current))
        audit.record(by=by, verb=audit.Verb.ORGANISATION_DELETED, what=current)
    return current


@transaction.atomic
def restore(*, organisation: Organisation, by: User) -> None:
    """Restore an organisation, just as it was."""
    current = Organisation.objects.locked(organisation.pk)
    if current.deleted_at is not None:
        current.deleted_at = None
        current.save(update_fields=["deleted_at"])
        audit.record(by=by, verb=audit.Verb.ORGANISATION_RESTORED, what=current)


@transaction.atomic
def purge(*, organisation: Organisation) -> None:
    """Erase an organisation and everything that belongs to it, including files. This cannot be undone."""
    audit.record(by=None, verb=audit.Verb.ORGANISATION_PURGED, what=organisation)
    kept_reports.forget(KeptReport.objects.filter(assessment__organisation=organisation))
    evidence_files.forget(Evidence.objects.filter(organisation=organisation))
    organisation.delete()
    transaction.on_commit(export_removal.sweep)

"""The assessments that a user exports, and the files of an export that could not be created."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404

from assessments.models import Assessment, Commentary, Export, ExportFile, User

from .assessments import Filters, listed
from .clients import as_uuid

MAX_EXPORTED = 500  # assessments in one export


@dataclass(frozen=True)
class ExportSelection:
    """Assessments that can be exported, and how many of the selected ones have no report (no result yet,
    or a pulse) or exceed the limit.

    `stale` are those whose commentary was written for an earlier result.
    """

    assessments: tuple[Assessment, ...]
    stale: tuple[Assessment, ...] = ()
    without_result: int = 0
    too_many: int = 0


def export_selection(user: User, ids: Sequence[str]) -> ExportSelection:
    """The assessments with these ids, without duplicates. Raises Http404 if one does not exist or is not the user's."""
    keys = {key for key in map(as_uuid, ids) if key is not None}
    if len(keys) != len(set(ids)) or len(keys) > MAX_EXPORTED:
        raise Http404
    rows = Assessment.objects.managed_by(user).filter(pk__in=keys).select_related("organisation")
    assessments = list(rows.order_by("organisation__name", "created_at", "pk"))
    if len(assessments) != len(keys):
        raise Http404
    return _with_result(assessments)


def everything_listed(user: User, filters: Filters) -> ExportSelection:
    """Everything that the list of assessments shows."""
    return _with_result(listed(user, filters))


def _with_result(assessments: Iterable[Assessment]) -> ExportSelection:
    rows = list(assessments)
    closed = [row for row in rows if row.has_result and not row.is_pulse]
    chosen = tuple(closed[:MAX_EXPORTED])
    outdated = set(Commentary.objects.stale().filter(assessment__in=chosen).values_list("assessment", flat=True))
    return ExportSelection(
        chosen,
        tuple(row for row in chosen if row.pk in outdated),
        len(rows) - len(closed),
        max(0, len(closed) - MAX_EXPORTED),
    )


def failed_files(user: User, export: Export) -> list[ExportFile]:
    """Files that could not be created. An assessment that the user no longer manages is returned without its name."""
    failed = export.files.filter(state=ExportFile.State.FAILED).select_related("assessment__organisation")
    rows = list(failed.order_by("assessment__organisation__name", "pk"))
    run = Assessment.objects.managed_by(user).filter(pk__in=[row.assessment_id for row in rows])
    mine = set(run.values_list("pk", flat=True))
    for row in rows:
        if row.assessment_id not in mine:
            row.assessment = None
    return rows

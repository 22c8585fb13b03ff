"""Which assessments go into an export, and which of its files there are not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404

from assessments.models import Assessment, Export, ExportFile, User

from .assessments import Wanted, found
from .clients import as_uuid

MOST = 500  # assessments in one export


@dataclass(frozen=True)
class Chosen:
    """Assessments that can be exported, and how many of the chosen ones have no result yet or are too many."""

    assessments: tuple[Assessment, ...]
    without_result: int = 0
    too_many: int = 0


def picked(user: User, ids: Sequence[str]) -> Chosen:
    """The assessments with these ids, each once. Raises Http404 if one is not there, or not the user's to run."""
    wanted = {key for key in map(as_uuid, ids) if key is not None}
    if len(wanted) != len(set(ids)) or len(wanted) > MOST:
        raise Http404
    rows = Assessment.objects.run_by(user).filter(pk__in=wanted).select_related("organisation")
    assessments = list(rows.order_by("organisation__name", "created_at", "pk"))
    if len(assessments) != len(wanted):
        raise Http404
    return _chosen(assessments)


def every(user: User, wanted: Wanted) -> Chosen:
    """All that the list of assessments shows."""
    return _chosen(found(user, wanted))


def _chosen(assessments: Iterable[Assessment]) -> Chosen:
    rows = list(assessments)
    closed = [row for row in rows if row.has_result]
    return Chosen(tuple(closed[:MOST]), len(rows) - len(closed), max(0, len(closed) - MOST))


def failures(user: User, export: Export) -> list[ExportFile]:
    """Files that could not be made. An assessment that is no longer the user's comes without its name."""
    failed = export.files.filter(state=ExportFile.State.FAILED).select_related("assessment__organisation")
    rows = list(failed.order_by("assessment__organisation__name", "pk"))
    run = Assessment.objects.run_by(user).filter(pk__in=[row.assessment_id for row in rows])
    mine = set(run.values_list("pk", flat=True))
    for row in rows:
        if row.assessment_id not in mine:
            row.assessment = None
    return rows

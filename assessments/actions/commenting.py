"""Saving commentary on a result."""

from django.db import transaction
from django.utils import timezone

from assessments import audit
from assessments.models import Assessment, Commentary, Consultancy, User


class CommentaryChangedError(Exception):
    """Another text has since been saved, `current`; nothing was changed."""

    def __init__(self, current: Commentary | None) -> None:
        super().__init__()
        self.current = current


@transaction.atomic
def save(
    *,
    assessment: Assessment,
    pillar: str,
    text: str,
    language: str = "",
    revision: int,
    checksum: str,
    consultancy: Consultancy | None,
    by: User,
) -> None:
    """Save the commentary on one pillar (by key; "" for the whole assessment) of the result with this checksum.

    `revision` is the one the user last saw, 0 for none. Saving the same text again changes nothing; an empty text
    removes the commentary. Raises CommentaryChangedError.
    """
    Assessment.objects.locked(assessment.pk)
    row = Commentary.objects.filter(assessment=assessment, pillar=pillar).first()
    if (row.text, row.language, row.checksum) == (text, language, checksum) if row else not text:
        return
    if revision != (row.revision if row else 0):
        raise CommentaryChangedError(row)
    row = row or Commentary(assessment=assessment, pillar=pillar, revision=0)
    row.text, row.language, row.checksum, row.consultancy, row.written_by = text, language, checksum, consultancy, by
    row.revision, row.changed_at = row.revision + 1, timezone.now()
    row.save()
    audit.record(by=by, verb=audit.Verb.COMMENTED if text else audit.Verb.COMMENT_REMOVED, what=assessment)

"""Writing about a result."""

from django.db import transaction
from django.utils import timezone

from assessments import audit
from assessments.models import Assessment, Commentary, Consultancy, User


class CommentaryChangedError(Exception):
    """Someone saved another text meanwhile, which is `current`; nothing was changed."""

    def __init__(self, current: Commentary | None) -> None:
        super().__init__()
        self.current = current


@transaction.atomic
def save(
    *,
    assessment: Assessment,
    pillar: str,
    text: str,
    revision: int,
    checksum: str,
    consultancy: Consultancy | None,
    by: User,
) -> None:
    """Keep what someone says about one pillar (by key; blank: the whole assessment) and the result with this checksum.

    `revision` is that of the text they had before them, 0 for none. Saving the same twice changes nothing, an empty
    text takes away what is there. Raises CommentaryChangedError.
    """
    Assessment.objects.locked(assessment.pk)
    row = Commentary.objects.filter(assessment=assessment, pillar=pillar).first()
    if (row.text, row.checksum) == (text, checksum) if row else not text:
        return
    if revision != (row.revision if row else 0):
        raise CommentaryChangedError(row)
    row = row or Commentary(assessment=assessment, pillar=pillar, revision=0)
    row.text, row.checksum, row.consultancy, row.written_by = text, checksum, consultancy, by
    row.revision, row.changed_at = row.revision + 1, timezone.now()
    row.save()
    audit.record(by=by, verb=audit.Verb.COMMENTED if text else audit.Verb.COMMENT_REMOVED, what=assessment)

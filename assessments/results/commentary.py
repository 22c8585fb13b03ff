"""The commentary of consultants and leads on a result, and whether it still refers to the current result."""

from dataclasses import dataclass

from assessments.markdown import Block, blocks
from assessments.models import Assessment, Commentary as CommentaryRow


@dataclass(frozen=True)
class Commentary:
    """One text. `pillar` is a key, None for the whole assessment; `by` is the consultancy or, for a lead, the client.

    `is_stale`: the result has changed since it was written.
    """

    pillar: str | None
    text: str
    by: str
    by_consultancy: bool
    is_stale: bool = False
    language: str = ""  # of the text; "" if its author did not say

    @property
    def blocks(self) -> tuple[Block, ...]:
        return blocks(self.text)


def commentary_of(assessment: Assessment, checksum: str) -> tuple[Commentary, ...]:
    """The commentary on an assessment whose current result has this checksum, by pillar key. One query."""
    rows = CommentaryRow.objects.written().filter(assessment=assessment).select_related("consultancy")
    return tuple(_read(row, assessment, checksum) for row in rows.order_by("pillar"))


def commentary_row(assessment: Assessment, pillar: str) -> CommentaryRow | None:
    """The commentary to edit, even if empty. `pillar` is a key, or "" for the whole assessment. One query."""
    return CommentaryRow.objects.filter(assessment=assessment, pillar=pillar).first()


def is_result_of(assessment: Assessment, checksum: str) -> bool:
    """Whether one of the assessment's results has this checksum. One query."""
    return assessment.results.filter(checksum=checksum).exists()


def _read(row: CommentaryRow, assessment: Assessment, checksum: str) -> Commentary:
    return Commentary(
        pillar=row.pillar or None,
        text=row.text,
        by=row.consultancy.name if row.consultancy else assessment.organisation.name,
        by_consultancy=row.consultancy is not None,
        is_stale=row.checksum != checksum,
        language=row.language,
    )

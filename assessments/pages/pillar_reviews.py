"""The review before closing as its pages show it."""

import datetime
from dataclasses import dataclass

from assessments.models import Assessment, EvidenceCheck, PillarReview, Thread, User
from assessments.scoring.bank import Bank


@dataclass(frozen=True)
class PillarLine:
    """One pillar: its mark with name and date if it has one."""

    key: str
    name: str
    review: PillarReview | None

    @property
    def is_checked(self) -> bool:
        return self.review is not None and self.review.state == PillarReview.State.CHECKED


@dataclass(frozen=True)
class CheckLine:
    """An answer whose evidence was checked: question, and by whom on which day."""

    question: str
    person: str
    by: User | None
    at: datetime.datetime


@dataclass(frozen=True)
class OpenPoints:
    """What a review has left open when an assessment is about to close."""

    unreviewed: tuple[str, ...]
    to_clarify: tuple[PillarLine, ...]
    threads: int

    def __bool__(self) -> bool:
        return bool(self.unreviewed or self.to_clarify or self.threads)


def pillar_lines(assessment: Assessment, bank: Bank) -> list[PillarLine]:
    """Every pillar in bank order. One query."""
    rows = assessment.reviews.select_related("pillar", "reviewed_by")
    reviews = {row.pillar.key: row for row in rows}
    return [PillarLine(pillar.key, pillar.name, reviews.get(pillar.key)) for pillar in bank.pillars]


def open_points(assessment: Assessment, bank: Bank) -> OpenPoints:
    """What is open in an assessment that is reviewed. Two queries."""
    lines = pillar_lines(assessment, bank)
    return OpenPoints(
        unreviewed=tuple(line.name for line in lines if line.review is None),
        to_clarify=tuple(line for line in lines if line.review is not None and not line.is_checked),
        threads=Thread.objects.filter(assessment=assessment, closed_on=None).count(),
    )


def checks_in(assessment: Assessment, key: str) -> list[CheckLine]:
    """The evidence of a pillar that was checked, of a named assessment. One query."""
    rows = EvidenceCheck.objects.filter(
        answer__submission__participant__assessment=assessment, answer__question__pillar__key=key
    )
    rows = rows.select_related("answer__question", "answer__submission__participant__user", "checked_by")
    return [
        CheckLine(
            row.answer.question.short or row.answer.question.text,
            str(row.answer.submission.participant),
            row.checked_by,
            row.checked_at,
        )
        for row in rows.order_by("answer__question__order", "pk")
    ]

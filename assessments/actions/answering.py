"""Saving answers, keeping those that arrive after a session ended, and submitting."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db import connection, transaction
from django.utils import timezone

from assessments import audit, emails
from assessments.models import Answer, Assessment, Delegation, KeptAnswers, Question, Submission, ThenRating, User

from . import assessments

PAGES = 8  # open pages stored per answer; few people have more
# After waiting for a lock, PostgreSQL re-evaluates the conditions only on locked rows
LOCKS = f' FOR KEY SHARE OF "{Assessment._meta.db_table}" FOR UPDATE OF "{Submission._meta.db_table}"'


class AnsweringClosedError(Exception):
    """The submission is locked or its assessment is not open; nothing was saved."""


class StaleAnswerError(Exception):
    """Another user has since saved this answer; `current` is the stored one."""

    def __init__(self, current: Answer) -> None:
        super().__init__()
        self.current = current


@dataclass(frozen=True)
class Given:
    """A user's input for one question. `choice`: "1"-"5", "dont_know", "not_applicable" or ""."""

    choice: str = ""
    reason: str = ""
    comment: str = ""
    evidence_grade: int | None = None
    evidence_text: str = ""
    evidence_link: str = ""

    @classmethod
    def of(cls, answer: Answer | None) -> Self:
        """The content of a stored answer, or empty."""
        return cls() if answer is None else cls(**{name: getattr(answer, name) for name in cls.__dataclass_fields__})

    @classmethod
    def sent(cls, fields: Mapping[str, Any]) -> Self:
        """The valid fields of a form."""
        return cls(**{name: fields[name] for name in cls.__dataclass_fields__ if name in fields})

    def leaving(self, names: Set[str], current: Self) -> Self:
        """A copy in which the fields in `names` have their current values."""
        return replace(self, **{name: getattr(current, name) for name in names & self.__dataclass_fields__.keys()})

    @property
    def columns(self) -> dict[str, object]:
        """The columns of an `Answer`; a reason is kept only if the question is not applicable."""
        level = int(self.choice) if self.choice.isdigit() else None
        other = "" if level is not None else self.choice
        return {
            "level": level,
            "other": other,
            "reason": self.reason if other == Answer.Other.NOT_APPLICABLE else "",
            "comment": self.comment,
            "evidence_grade": self.evidence_grade,
            "evidence_text": self.evidence_text,
            "evidence_link": self.evidence_link,
        }


@dataclass(frozen=True)
class OpenPage:
    """The open page that is saving, identified by a random id, and its save counter.

    An answer stores the pages that last saved its current content, each with its last save. A page's later save may
    replace its earlier one even if the response was lost: no one else has written in between.
    """

    id: str
    save: int

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> Self | None:
        """The page given in the submitted fields, or None."""
        name, save = fields.get("page", ""), fields.get("save", "")
        sound = re.fullmatch(r"[0-9a-zA-Z-]{8,36}", name) and re.fullmatch(r"[0-9]{1,9}", save)
        return cls(name, int(save)) if sound else None

    def follows(self, answer: Answer) -> bool:
        return self.save > self._seen_by(answer, self.save)

    def repeats(self, answer: Answer) -> bool:
        """Whether this save was already applied and no one has written since; its response may have been lost."""
        return self.save == self._seen_by(answer, -1)

    def precedes(self, answer: Answer) -> bool:
        """Whether a later save of the same page has already been applied."""
        return self.save < self._seen_by(answer, 0)

    def _seen_by(self, answer: Answer, otherwise: int) -> int:
        pages: dict[str, int] = dict(answer.pages)
        return pages.get(self.id, otherwise)


def lock(submission: Submission) -> None:
    """Lock a submission's row for this transaction and keep its assessment open until then. One query.

    Closing waits for saves in progress and refuses saves that waited for it; saves of different people do not wait
    for each other. Raises AnsweringClosedError if the answers can no longer change.
    """
    drafts = Submission.objects.filter(pk=submission.pk, state=Submission.State.DRAFT)
    of_open_assessments = drafts.filter(participant__assessment__state=Assessment.State.OPEN).values_list("pk")
    sql, values = of_open_assessments.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql + LOCKS if connection.features.has_select_for_update else sql, values)
        if cursor.fetchone() is None:
            raise AnsweringClosedError


def lock_for(submission: Submission, delegation: Delegation | None) -> None:
    """The same for whoever answers by a delegation, which must not be withdrawn. Raises AnsweringClosedError."""
    lock(submission)
    if delegation is not None and not Delegation.objects.live().filter(pk=delegation.pk).exists():
        raise AnsweringClosedError


@transaction.atomic
def save_answer(
    *,
    submission: Submission,
    question: Question,
    given: Given,
    revision: int,
    by: User,
    leave: Set[str] = frozenset(),
    page: OpenPage | None = None,
    delegation: Delegation | None = None,
) -> Answer:
    """Save one answer, except the fields to `leave`, unless it changed since `revision` (0: it did not exist).

    Saving identical content changes nothing, whatever the revision, and neither does a repeated save. `delegation`
    is a colleague's; nothing is saved once it is withdrawn. Raises StaleAnswerError, AnsweringClosedError.
    """
    lock_for(submission, delegation)
    answer = _current(submission, question)
    columns = given.leaving(leave, Given.of(answer)).columns
    if _is_same(answer, columns) and not (leave and _is_unread(answer, revision, page)):
        return _seen(answer, page)
    if answer.pk is not None and _is_stale(answer, revision, page):
        raise StaleAnswerError(answer)
    return _write(answer, columns, by, page)


def _current(submission: Submission, question: Question) -> Answer:
    """The stored answer, or an unsaved one of revision 0."""
    answers = list(Answer.objects.filter(submission=submission, question=question))
    return answers[0] if answers else Answer(submission=submission, question=question, revision=0)


def _is_same(answer: Answer, columns: Mapping[str, object]) -> bool:
    return all(getattr(answer, name) == value for name, value in columns.items())


def _is_unread(answer: Answer, revision: int, page: OpenPage | None) -> bool:
    """Whether a field left out may have changed unseen by the user who saves."""
    return answer.pk is not None and answer.revision != revision and not (page is not None and page.repeats(answer))


def _is_stale(answer: Answer, revision: int, page: OpenPage | None) -> bool:
    if page is not None and page.precedes(answer):
        return True
    return answer.revision != revision and not (page is not None and page.follows(answer))


def _seen(answer: Answer, page: OpenPage | None) -> Answer:
    """Record the page although nothing changes, so that an earlier save of it still in progress cannot overwrite it.

    Even an empty answer is therefore stored, with revision 0, if an open page sends it.
    """
    if page is not None and not page.precedes(answer):
        others = [[name, save] for name, save in answer.pages if name != page.id]
        answer.pages = [*others, [page.id, page.save]][-PAGES:]
        answer.save(update_fields=None if answer.pk is None else ("pages",))
    return answer


def _write(answer: Answer, columns: Mapping[str, object], by: User, page: OpenPage | None) -> Answer:
    pages = [] if page is None else [[page.id, page.save]]
    changed = {name: value for name, value in columns.items() if getattr(answer, name) != value}
    values = {
        **changed,
        "pages": pages,
        "revision": answer.revision + 1,
        "answered_by": by,
        "saved_at": timezone.now(),
    }
    for name, value in values.items():
        setattr(answer, name, value)
    if answer.pk is None:
        answer.save()
    else:
        Answer.objects.filter(pk=answer.pk).update(**values)
    return answer


@transaction.atomic
def store_late(*, user: User, submission: Submission, pillar: str, content: Mapping[str, str]) -> None:
    """Keep a page sent after the session ended; a later one for the same pillar replaces it."""
    forget_expired()
    KeptAnswers.objects.update_or_create(
        user=user, submission=submission, pillar=pillar, defaults={"content": content, "kept_at": timezone.now()}
    )


def forget(*, kept: KeptAnswers) -> None:
    """Delete kept answers, which are applied only once."""
    kept.delete()


def forget_expired() -> int:
    """Delete pages not applied within an hour; returns how many."""
    return KeptAnswers.objects.expired().delete()[0]


@transaction.atomic
def note_calibration(*, submission: Submission) -> None:
    """Remember that the person has practised on the examples, once; not what they chose."""
    drafts = Submission.objects.filter(pk=submission.pk, state=Submission.State.DRAFT, calibrated_at=None)
    drafts.update(calibrated_at=timezone.now())


@transaction.atomic
def rate_last_time(*, submission: Submission, levels: Mapping[Question, int]) -> None:
    """Store how the person now sees these questions at the time of the last assessment.

    Raises AnsweringClosedError unless their answers are submitted and the assessment is open.
    """
    assessment = assessments.locked_with(submission)
    current = Submission.objects.locked(submission.pk)
    if not (assessment.is_open and current.is_submitted):
        raise AnsweringClosedError
    for question, level in levels.items():
        ThenRating.objects.update_or_create(submission=current, question=question, defaults={"level": level})


@transaction.atomic
def submit(*, submission: Submission, by: User, base_url: str = "") -> bool:
    """Lock the answers and send a receipt; close and release an assessment for one person at once.

    Returns False if already submitted.

    Raises AnsweringClosedError if the assessment is not open.
    """
    assessment = assessments.locked_with(submission)
    current = Submission.objects.locked(submission.pk)
    if current.is_submitted:
        return False
    if not assessment.is_open:
        raise AnsweringClosedError
    current.state, current.submitted_at = Submission.State.SUBMITTED, timezone.now()
    current.save()
    audit.record(by=by, verb=audit.Verb.SUBMITTED, what=current)
    if not current.is_interview:
        emails.queue(kind="receipt", about=current, base_url=base_url)
    if assessment.for_one:
        assessments.close(assessment=assessment, by=by)
        assessments.release(assessment=assessment, by=by, base_url=base_url)
    else:
        assessments.tell_completion(assessment=assessment, base_url=base_url)
    return True

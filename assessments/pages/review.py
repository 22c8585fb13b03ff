"""The answers of one person, read once more before they are submitted or confirmed."""

from dataclasses import dataclass
from functools import cached_property

from assessments.models import Answer, Evidence, Submission
from assessments.scoring.bank import Bank, Pillar, Question
from assessments.wording.remarks import answer_name, descriptor

from .questionnaire import authors_of, bank_for, files_of, rows_of


@dataclass(frozen=True)
class Reviewed:
    """One line of the review: a question and the answer in words, None if unanswered."""

    question: Question
    choice: str | None
    descriptor: str | None
    answer: Answer | None
    author: str | None = None  # if it is not the respondent
    files: tuple[Evidence, ...] = ()  # that the answer cites

    @property
    def grade(self) -> str | None:
        """The kind of evidence, in words."""
        if self.answer is None or self.answer.evidence_grade is None:
            return None
        return str(Answer.Grade(self.answer.evidence_grade).label)


@dataclass(frozen=True)
class ReviewedPillar:
    """A pillar of the review."""

    pillar: Pillar
    lines: tuple[Reviewed, ...]

    @cached_property
    def missing(self) -> tuple[Reviewed, ...]:
        return tuple(line for line in self.lines if line.choice is None)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is answered: then one line says so instead of one per question."""
        return len(self.missing) == len(self.lines)


@dataclass(frozen=True)
class Review:
    """Every question with its answer, by pillar, in bank order."""

    pillars: tuple[ReviewedPillar, ...]

    @property
    def lines(self) -> tuple[Reviewed, ...]:
        return tuple(line for pillar in self.pillars for line in pillar.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def missing(self) -> int:
        return sum(len(pillar.missing) for pillar in self.pillars)

    @property
    def answered(self) -> int:
        return self.total - self.missing

    @property
    def dont_know(self) -> int:
        return sum(line.answer is not None and line.answer.other == Answer.Other.DONT_KNOW for line in self.lines)


def review_of(submission: Submission) -> Review:
    """Everything answered so far, for review. Two queries, and one more if colleagues have answered."""
    bank = bank_for(submission)
    keys = {row.pk: key for key, row in rows_of(submission).items()}
    answers = {keys[answer.question_id]: answer for answer in Answer.objects.filter(submission=submission)}
    authors = authors_of(answers, submission.participant.user_id)
    files = files_of(submission, keys)

    def line(question: Question) -> Reviewed:
        key = question.key
        return _reviewed(bank, question, answers.get(key), authors.get(key), files.get(key, ()))

    return Review(tuple(ReviewedPillar(pillar, tuple(map(line, pillar.questions))) for pillar in bank.pillars))


def _reviewed(
    bank: Bank, question: Question, answer: Answer | None, author: str | None, files: tuple[Evidence, ...]
) -> Reviewed:
    if answer is None or not answer.choice:
        return Reviewed(question, None, None, answer, files=files)
    if answer.level is None:
        return Reviewed(question, answer.get_other_display(), answer.reason or None, answer, author, files)
    name = answer_name(bank, question, answer.level)
    return Reviewed(question, name, descriptor(bank, question, answer.level), answer, author, files)

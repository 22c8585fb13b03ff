"""The questionnaire as one person sees it: sections with their progress, and a page per pillar.

*Don't know* and *not applicable* count as answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Q
from django.http import Http404

from assessments import reader_language
from assessments.models import Answer, Assessment, Citation, Evidence, Participant, Question, Submission, User
from assessments.results import bank_in, question_rows
from assessments.scoring.bank import Bank, Group, Pillar, Question as QuestionContent


@dataclass(frozen=True)
class GroupProgress:
    """A heading of the task list, with how many questions under it are answered."""

    name: str
    answered: int
    total: int


@dataclass(frozen=True)
class PillarProgress:
    """A pillar in the task list, with how many of its questions are answered."""

    number: int
    pillar: Pillar
    answered: int
    group: GroupProgress | None = None

    @property
    def total(self) -> int:
        return len(self.pillar.questions)

    @property
    def completed(self) -> bool:
        return self.answered == self.total

    @property
    def started(self) -> bool:
        return self.answered > 0


@dataclass(frozen=True)
class Progress:
    """All sections of a submission, in bank order, those of a group together."""

    bank: Bank
    sections: tuple[PillarProgress, ...]

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def total(self) -> int:
        return len(self.bank.questions)

    @property
    def next_section(self) -> PillarProgress | None:
        """The first section with an unanswered question; None if every question is answered."""
        return next((section for section in self.sections if not section.completed), None)


def bank_for(submission: Submission) -> Bank:
    """The questions that the assessment asks of this person, in the reader's language."""
    return bank_asked_of(submission.participant, submission.participant.assessment)


def bank_asked_of(participant: Participant | None, assessment: Assessment) -> Bank:
    """The questions that an assessment asks of a person, of anybody if None, in the reader's language."""
    bank = bank_in(assessment.bank_version, reader_language.language()).limited_to(assessment.subset)
    return bank.asked_of_units if participant is not None and participant.is_asked_locally else bank


def pillar_named(submission: Submission, key: str) -> Pillar:
    """A pillar of the submission's bank, in the reader's language. Raises StopIteration for an unknown key."""
    return next(pillar for pillar in bank_for(submission).pillars if pillar.key == key)


def progress_of(submission: Submission) -> Progress:
    """A person's progress. One query."""
    bank = bank_for(submission)
    given = set(Answer.objects.given().filter(submission=submission).values_list("question", flat=True))
    rows = rows_of(submission)
    done = {p.key: sum(rows[question.key].pk in given for question in p.questions) for p in bank.pillars}
    places = {pillar.key: number for number, pillar in enumerate(bank.pillars, start=1)}
    return Progress(
        bank,
        tuple(
            PillarProgress(places[pillar.key], pillar, done[pillar.key], group)
            for heading, pillars in bank.sections
            for group in (_group_progress(heading, pillars, done),)
            for pillar in pillars
        ),
    )


def _group_progress(heading: Group | None, pillars: Sequence[Pillar], done: Mapping[str, int]) -> GroupProgress | None:
    if heading is None:
        return None
    answered = sum(done[pillar.key] for pillar in pillars)
    return GroupProgress(heading.name, answered, sum(len(pillar.questions) for pillar in pillars))


@dataclass(frozen=True)
class QuestionnairePage:
    """One pillar with the answers given so far and those of the previous round, by question key.

    `elsewhere` counts the answered questions of all other pillars; None if they are not the reader's to see.
    """

    bank: Bank
    number: int
    pillar: Pillar
    answers: Mapping[str, Answer]
    last_choices: Mapping[str, str]
    elsewhere: int | None = None
    files: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)  # that answers cite, by question key

    @cached_property
    def answered(self) -> int:
        return sum(bool(answer.choice) for answer in self.answers.values())

    @property
    def answered_in_all(self) -> int:
        """How many questions of the bank are answered."""
        return self.answered + (self.elsewhere or 0)

    @property
    def total_in_all(self) -> int:
        return len(self.bank.questions)

    @property
    def next_key(self) -> str | None:
        """The key of the next pillar; None after the last."""
        following = self.bank.pillars[self.number : self.number + 1]
        return following[0].key if following else None


def pillar_page(
    submission: Submission, key: str, *, with_last: bool = True, with_all: bool = True
) -> QuestionnairePage | None:
    """The page of one pillar; None if the bank has no such pillar. Four queries, or five.

    For a colleague, both are False: the respondent's answers of the previous round and progress are not theirs to see.
    """
    bank = bank_for(submission)
    pillar = next((pillar for pillar in bank.pillars if pillar.key == key), None)
    if pillar is None:
        return None
    keys = {rows_of(submission)[question.key].pk: question.key for question in pillar.questions}
    answers = Answer.objects.filter(submission=submission, question__in=keys)
    others = Answer.objects.given().filter(submission=submission).exclude(question__in=keys)
    return QuestionnairePage(
        bank=bank,
        number=bank.pillars.index(pillar) + 1,
        pillar=pillar,
        answers={keys[answer.question_id]: answer for answer in answers},
        last_choices=_last_choices(submission, key) if with_last else {},
        elsewhere=others.count() if with_all else None,
        files=files_of(submission, keys),
    )


def files_of(submission: Submission, keys: Mapping[int, str]) -> dict[str, tuple[Evidence, ...]]:
    """What the answers to these questions (row id -> key) cite, by question key. One query."""
    files: dict[str, tuple[Evidence, ...]] = {}
    cited = Citation.objects.filter(submission=submission, question__in=keys).select_related("evidence")
    for each in cited.order_by("evidence__title", "pk"):
        key = keys[each.question_id]
        files[key] = (*files.get(key, ()), each.evidence)
    return files


def authors_of(answers: Mapping[str, Answer], reader: int | None) -> dict[str, str]:
    """Who gave the answers that `reader` (a user id) did not give, by question key. No query if there are none."""
    others = {key: a.answered_by_id for key, a in answers.items() if a.answered_by_id not in (None, reader)}
    people = User.objects.in_bulk(set(others.values())) if others else {}
    return {key: str(people[pk]) for key, pk in others.items() if pk in people}


def rows_of(submission: Submission) -> dict[str, Question]:
    """The question rows of a submission's bank, by key. No query once the version is cached."""
    return question_rows(submission.participant.assessment.bank_version)


def _last_choices(submission: Submission, pillar: str) -> dict[str, str]:
    """What the same person chose in the latest earlier round on the same bank, by question key. One query, or two."""
    participant, assessment = submission.participant, submission.participant.assessment
    earlier = Submission.objects.filter(
        state=Submission.State.SUBMITTED,
        participant__pseudonym=participant.pseudonym,
        participant__assessment__organisation=assessment.organisation_id,
        participant__assessment__bank_version__bank=assessment.bank_version.bank_id,
        participant__assessment__created_at__lt=assessment.created_at,
    )
    # As one query, PostgreSQL would plan the joins of seven tables, which takes longer than everything else of the page
    oldest_first = list(earlier.order_by("submitted_at").values_list("pk", flat=True))
    if not oldest_first:
        return {}
    given = Answer.objects.given().filter(submission__in=oldest_first, question__pillar__key=pillar)
    rows = given.values_list("submission", "question__key", "level", "other")
    return {
        key: Answer.choice_of(level, other)
        for _submission, key, level, other in sorted(rows, key=lambda row: oldest_first.index(row[0]))
    }


def question_for(submission: Submission, key: str) -> tuple[QuestionContent, Question]:
    """One question that the assessment asks, as content and as a row. Raises Http404 for another."""
    content = bank_for(submission).questions.get(key)
    if content is None:
        raise Http404
    return content, rows_of(submission)[key]


@dataclass(frozen=True)
class Turnout:
    """How many of the invited people have submitted; never who."""

    submitted: int
    invited: int


def turnout_of(assessment: Assessment) -> Turnout:
    """How many people were invited and how many have submitted. One query."""
    done = Q(submission__state=Submission.State.SUBMITTED)
    people = Participant.objects.filter(assessment=assessment)
    return Turnout(**people.aggregate(submitted=Count("pk", filter=done), invited=Count("pk")))

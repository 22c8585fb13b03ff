"""The bridge: rows -> Answers -> score() -> Result, and the frozen Result of a closed round back again.

Everything that shows a result (page, PDF, file, command) comes through `round_result`, which also says what
this reader may see of single questions.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .exchange.answers import load_answers
from .exchange.answers_text import dump_answers
from .exchange.result import dump_result, load_result
from .models import Answer, Assessment, BankVersion, Participant, Submission, User
from .models import Pillar as PillarRow
from .models import Question as QuestionRow
from .models import Result as ResultRow
from .scoring.answers import DONT_KNOW, NOT_APPLICABLE, Answers, Evidence, Respondent, Value
from .scoring.bank import LEVELS, Bank, Level, NextStep, Pillar, Question
from .scoring.result import Result, score

MEANS_FROM = 3  # people with a number, before a question's mean is shown
COUNTS_FROM = 5  # people with a number, before a question's distribution is shown
COMMENTS_FROM = 3  # people who answered, before a question's comments are shown


# A bank version as the instrument sees it


def bank_of(version: BankVersion) -> Bank:
    """The content of a version: five queries, or none for a published version read before."""
    if version.state == BankVersion.State.DRAFT:
        return _read_bank(version)
    if version.checksum not in _sealed_banks():
        _sealed_banks()[version.checksum] = _read_bank(version)
    return _sealed_banks()[version.checksum]


@lru_cache(maxsize=1)
def _sealed_banks() -> dict[str, Bank]:
    """Banks by checksum. A published version never changes, so a copy in memory is never wrong."""
    return {}


def _read_bank(version: BankVersion) -> Bank:
    pillars = version.pillars.prefetch_related("questions__anchors", "questions__next_steps")
    return Bank(
        key=version.bank.key,
        version=version.version,
        title=version.title,
        language=version.language,
        source=version.source or None,
        licence=version.licence or None,
        about=version.about or None,
        levels=tuple(Level(name=level.name, summary=level.summary) for level in version.levels.all()),
        pillars=tuple(_pillar(row) for row in pillars),
        retired=tuple(version.retired),
        checksum=version.checksum or None,
    )


def _pillar(row: PillarRow) -> Pillar:
    return Pillar(
        key=row.key,
        name=row.name,
        questions=tuple(_question(question) for question in row.questions.all()),
        weight=row.weight,
        group=row.group or None,
        summary=row.summary or None,
        short=row.short or None,
    )


def _question(row: QuestionRow) -> Question:
    anchors = {anchor.level: anchor.text for anchor in row.anchors.all()}
    return Question(
        key=row.key,
        text=row.text,
        anchors=tuple(anchors.get(level) for level in LEVELS),
        weight=row.weight,
        essential_at=row.essential_at,
        essential_reason=row.essential_reason or None,
        allows_na=row.allows_na,
        help=row.help or None,
        error=row.error or None,
        short=row.short or None,
        covers=tuple(row.covers),
        next_steps=tuple(
            NextStep(
                from_level=step.from_level,
                action=step.action,
                owner=step.owner or None,
                effort=step.effort,
                horizon=step.horizon or None,
                requires=tuple(step.requires),
            )
            for step in row.next_steps.all()
        ),
    )


# Submitted answers as the instrument sees them


def _value(answer: Answer) -> Value | None:
    if answer.level is not None:
        return answer.level
    if answer.other == Answer.Other.DONT_KNOW:
        return DONT_KNOW
    return NOT_APPLICABLE if answer.other == Answer.Other.NOT_APPLICABLE else None


def _respondent(participant: Participant, answers: Iterable[Answer]) -> Respondent:
    values: dict[str, Value] = {}
    evidence: dict[str, Evidence] = {}
    for answer in answers:
        value = _value(answer)
        if value is not None:
            values[answer.question.key] = value
        if answer.evidence_grade is not None:
            evidence[answer.question.key] = Evidence(grade=answer.evidence_grade)
    return Respondent(id=participant.pseudonym, role=participant.function, answers=values, evidence=evidence)


def answers_of(assessment: Assessment, submissions: Iterable[Submission]) -> Answers:
    """The numbers of these submissions under pseudonyms, in the order of the pseudonyms; no texts. Three queries."""
    rows: dict[object, list[Answer]] = {submission.pk: [] for submission in submissions}
    for answer in Answer.objects.filter(submission__in=list(rows)).select_related("question"):
        rows[answer.submission_id].append(answer)
    people = Participant.objects.filter(submission__in=list(rows)).select_related("submission").order_by("pseudonym")
    return Answers(
        id=str(assessment.pk),
        respondents=tuple(_respondent(person, rows[person.submission.pk]) for person in people),
        invited=assessment.participants.count(),
        targets={key: entry["target"] for key, entry in assessment.targets.items()},
    )


@dataclass(frozen=True)
class Scored:
    """A result on its way into the database: its text, the answers it came from, and a checksum over both."""

    result: Result
    result_text: str
    answers_text: str

    @property
    def checksum(self) -> str:
        return "sha256:" + hashlib.sha256((self.result_text + "\n" + self.answers_text).encode()).hexdigest()


def score_assessment(assessment: Assessment, submissions: Iterable[Submission]) -> Scored:
    """Score what was submitted; a fixed number of queries, however many answers."""
    answers = answers_of(assessment, submissions)
    result = score(bank_of(assessment.bank_version), answers)
    return Scored(result=result, result_text=dump_result(result), answers_text=dump_answers(answers))


# A closed round, for a reader


@dataclass(frozen=True)
class RoundResult:
    """A frozen result and what this reader may see of it: means, counts a level, and comments by question key."""

    assessment: Assessment
    frozen: ResultRow
    bank: Bank
    result: Result
    answers: Answers
    means: frozenset[str]
    counts: Mapping[str, tuple[int, int, int, int, int]]
    comments: Mapping[str, tuple[str, ...]]


def round_result(assessment: Assessment, *, reader: User | None, may_read_comments: bool) -> RoundResult:
    """The current result of a closed round as `reader` may see it (None: whoever runs the command line)."""
    frozen = assessment.results.order_by("-revision")[0]
    bank = bank_of(assessment.bank_version)
    answers = load_answers(frozen.answers, bank)
    unlimited = assessment.is_named or _is_the_only_one(assessment, reader)
    n = _people_with_a_number(answers)
    return RoundResult(
        assessment=assessment,
        frozen=frozen,
        bank=bank,
        result=load_result(frozen.result),
        answers=answers,
        means=frozenset(key for key in bank.questions if unlimited or n[key] >= MEANS_FROM),
        counts={key: _counts(answers, key) for key in bank.questions if unlimited or n[key] >= COUNTS_FROM},
        comments=_comments(assessment, answers, unlimited=unlimited) if may_read_comments else {},
    )


def _is_the_only_one(assessment: Assessment, reader: User | None) -> bool:
    """Whether the round has one participant, and it is the reader (or the command line, which shows that person's)."""
    people = list(assessment.participants.values_list("user", flat=True)[:2])
    return len(people) == 1 and (reader is None or people[0] == reader.pk)


def _people_with_a_number(answers: Answers) -> Counter[str]:
    return Counter(key for person in answers.respondents for key, value in person.answers.items() if value in LEVELS)


def _counts(answers: Answers, key: str) -> tuple[int, int, int, int, int]:
    values = Counter(person.answers.get(key) for person in answers.respondents)
    return (values[1], values[2], values[3], values[4], values[5])


def _comments(assessment: Assessment, answers: Answers, *, unlimited: bool) -> dict[str, tuple[str, ...]]:
    """Comments by question key, without names, in an order that tells nothing and stays the same."""
    answered = Counter(key for person in answers.respondents for key in person.answers)
    rows = (
        Answer.objects.filter(submission__participant__assessment=assessment, submission__state="submitted")
        .exclude(comment="")
        .values_list("question__key", "comment")
    )
    found: dict[str, list[str]] = {}
    for key, comment in rows:
        if unlimited or answered[key] >= COMMENTS_FROM:
            found.setdefault(key, []).append(comment)
    shuffle = random.Random(str(assessment.pk))  # noqa: S311 - an order, not a secret
    return {key: tuple(shuffle.sample(sorted(texts), len(texts))) for key, texts in found.items()}

"""A workshop as its screens show it: the list of questions, the current question, and never who voted what."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Max, Q

from assessments import reader_language
from assessments.models import AgreedAnswer, Asking, Assessment, Guest, Question as QuestionRow, Vote, Voter, Workshop
from assessments.results import agreed_in, bank_in
from assessments.scoring.bank import Bank, Question
from assessments.wording.remarks import answer_name, answer_number, answered, descriptor, median_answer, with_level


@dataclass(frozen=True)
class AgendaItem:
    """One question of the agenda by position. `state` is what the workshop has done with it."""

    number: int
    question: Question
    pillar: str
    state: str  # agreed, revealed, asked, or "" if untouched
    agreed: AgreedAnswer | None
    level: str | None  # the agreed answer in words


@dataclass(frozen=True)
class Agenda:
    """The questions in the order of discussion."""

    lines: tuple[AgendaItem, ...]

    @property
    def agreed(self) -> int:
        return sum(line.agreed is not None for line in self.lines)

    @property
    def next(self) -> AgendaItem | None:
        """The first question that the workshop has not touched."""
        return next((line for line in self.lines if not line.state), None)

    def line(self, key: str) -> AgendaItem | None:
        return next((line for line in self.lines if line.question.key == key), None)


@dataclass(frozen=True)
class LevelChoice:
    """An answer that the question offers: the level of an anchor with its text, or one of an answer set."""

    level: int
    number: str
    name: str
    text: str | None


@dataclass(frozen=True)
class CurrentQuestion:
    """The question being asked."""

    bank: Bank
    line: AgendaItem
    asking: Asking
    anchors: tuple[LevelChoice, ...]
    total: int

    @property
    def counts(self) -> tuple[int, ...]:
        """Votes by answer, lowest first; only meaningful once they are revealed."""
        return tuple(self.asking.counts)

    @property
    def median(self) -> str | None:
        """The median vote in words; None until the votes are revealed or if nobody chose an answer."""
        if not self.asking.is_revealed or not any(self.counts):
            return None
        return answered(self.bank, self.line.question, median_answer(self.counts))

    @property
    def voted(self) -> int:
        """The number of revealed votes, *don't know* included."""
        return sum(self.counts) + (self.asking.dont_know or 0)


@dataclass(frozen=True)
class WorkshopView:
    """An assessment's workshop with everything its screens show; without a workshop every field is None."""

    workshop: Workshop | None
    agenda: Agenda | None = None
    stage: CurrentQuestion | None = None

    @property
    def is_held(self) -> bool:
        return self.workshop is not None and self.workshop.is_running


def workshop_view(assessment: Assessment) -> WorkshopView:
    """What the screens of an assessment's workshop show. Three queries, however many questions and people, once the bank is cached."""
    workshop = workshop_of(assessment)
    if workshop is None:
        return WorkshopView(None)
    agenda = agenda_of(assessment, workshop)
    return WorkshopView(workshop, agenda, current_question_of(assessment, workshop, agenda))


def has_voted(asking: Asking, voter: Voter) -> bool:
    """Whether this person has voted. One query."""
    return asking.votes.filter(**Vote.owner(voter)).exists()


class Lateness(StrEnum):
    """What becomes of the vote of someone who was not in a distribution of the question that was shown before."""

    NOT = ""
    WITH_FOUR = "with four"  # it is shown if four others are new, too
    LEFT_OUT = "left out"  # guests cannot be told from people who were in it


def lateness(asking: Asking, voter: Voter) -> Lateness:
    """Whether the question was revealed before, and always without this person's vote. One query."""
    reveals = Asking.objects.filter(workshop=asking.workshop_id, question=asking.question_id).exclude(revealed_at=None)
    own = {f"votes__{column}": person for column, person in Vote.owner(voter).items()}
    counts = reveals.aggregate(times=Count("pk", distinct=True), guests=Max("guests"), own=Count("pk", filter=Q(**own)))
    if not counts["times"] or counts["own"]:
        return Lateness.NOT
    return Lateness.LEFT_OUT if counts["guests"] or isinstance(voter, Guest) else Lateness.WITH_FOUR


def bank_for(assessment: Assessment) -> Bank:
    """The assessment's bank in the reader's language."""
    return bank_in(assessment.bank_version, reader_language.language())


def workshop_of(assessment: Assessment) -> Workshop | None:
    """The assessment's workshop, running or ended, with its current question. One query."""
    return Workshop.objects.select_related("current__question").filter(pk=assessment.pk).first()


def agenda_of(assessment: Assessment, workshop: Workshop) -> Agenda:
    """The agenda of a workshop. Two queries once the bank is cached."""
    bank, agreed = bank_for(assessment), agreed_in(assessment)
    asked = _asked(workshop)
    order = [key for key in workshop.order if key in bank.questions]
    lines = (_line(bank, number, key, asked, agreed) for number, key in enumerate(order, start=1))
    return Agenda(tuple(lines))


def _asked(workshop: Workshop) -> Mapping[str, str]:
    """The state of each question that was asked, by key."""
    rows = workshop.askings.order_by("asked_at").values_list("question__key", "revealed_at")
    return {key: "asked" if revealed_at is None else "revealed" for key, revealed_at in rows}


def _line(
    bank: Bank, number: int, key: str, asked: Mapping[str, str], agreed: Mapping[str, AgreedAnswer]
) -> AgendaItem:
    answer = agreed.get(key)
    return AgendaItem(
        number=number,
        question=bank.questions[key],
        pillar=bank.pillar_of[key].name,
        state=asked.get(key, "") if answer is None else "agreed",
        agreed=answer,
        level=None if answer is None else with_level(bank, bank.questions[key], answer.level),
    )


def current_question_of(assessment: Assessment, workshop: Workshop, agenda: Agenda) -> CurrentQuestion | None:
    """The current question; None between two questions. No query."""
    asking = workshop.current
    line = None if asking is None else agenda.line(asking.question.key)
    if asking is None or line is None:
        return None
    bank = bank_for(assessment)
    return CurrentQuestion(bank, line, asking, anchors_of(bank, line.question), len(agenda.lines))


def anchors_of(bank: Bank, question: Question) -> tuple[LevelChoice, ...]:
    """The answers that a question offers, lowest first."""
    return tuple(
        LevelChoice(
            each,
            answer_number(bank, question, each),
            answer_name(bank, question, each),
            descriptor(bank, question, each),
        )
        for each in question.offered
    )


def question_of(assessment: Assessment, key: str) -> QuestionRow | None:
    """A question of the assessment's bank version. One query."""
    return QuestionRow.objects.filter(pillar__version=assessment.bank_version_id, key=key).first()


def agreed_on(assessment: Assessment, question: QuestionRow) -> AgreedAnswer | None:
    """The agreed answer to a question. One query."""
    return AgreedAnswer.objects.filter(assessment=assessment, question=question).first()


def asking_of(assessment: Assessment, pk: UUID | None) -> Asking | None:
    """One asking of the assessment's workshop. One query."""
    return None if pk is None else Asking.objects.filter(workshop=assessment.pk, pk=pk).first()

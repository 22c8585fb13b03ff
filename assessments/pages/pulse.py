"""The result of a pulse as its page shows it: each question then and now, and the change of each pillar."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.results import AssessmentResult, change_of
from assessments.scoring.change import Change
from assessments.scoring.pulse import PulseChange, QuestionChange
from assessments.wording import change as change_words, numbers, pulse as words


@dataclass(frozen=True)
class PulseRow:
    """One question: its mean when it was last answered, now, and the difference as printed; None where not shown."""

    question: str
    before: str | None
    after: str | None
    delta: str | None


@dataclass(frozen=True)
class PulsePillar:
    """A pillar with its questions; `delta`, `interval` and `verdict` are of these questions together."""

    name: str
    rows: tuple[PulseRow, ...]
    delta: str | None = None
    interval: str | None = None
    verdict: str | None = None
    is_real: bool = False


@dataclass(frozen=True)
class PulsePage:
    """Everything that the result page of a pulse shows."""

    title: str
    sentences: tuple[str, ...]
    asked: str
    answered: str
    before: str | None
    pillars: tuple[PulsePillar, ...]


def pulse_page(result: AssessmentResult) -> PulsePage:
    """The page of a pulse's result, as its reader may see it."""
    change = change_of(result)
    before = None if result.earlier is None else result.earlier.assessment.name
    said = (
        words.overall_sentence(change),
        change_words.people_sentence(change.overall),
        words.withheld_sentence(result.bank, change),
    )
    scored = result.result
    return PulsePage(
        title=words.title(change, before),
        sentences=tuple(sentence for sentence in said if sentence),
        asked=words.questions_asked(len(change.questions), len(result.bank.questions)),
        answered=numbers.answered_of(scored.answered, scored.invited),
        before=before,
        pillars=tuple(_pillars(result, change)),
    )


def _pillars(result: AssessmentResult, change: PulseChange) -> Iterable[PulsePillar]:
    questions = {row.key: row for row in change.questions}
    changes = {row.key: row for row in change.pillars}
    for pillar in result.bank.limited_to(result.assessment.subset).pillars:
        rows = tuple(_row(question.text, questions[question.key]) for question in pillar.questions)
        yield _pillar(pillar.name, rows, changes.get(pillar.key))


def _pillar(name: str, rows: tuple[PulseRow, ...], change: Change | None) -> PulsePillar:
    if change is None or change.delta is None:
        return PulsePillar(name, rows)
    return PulsePillar(
        name,
        rows,
        numbers.signed(change.delta),
        change_words.interval(change),
        change_words.verdict(change),
        bool(change.real),
    )


def _row(text: str, row: QuestionChange) -> PulseRow:
    then, now = (numbers.optional(numbers.score, mean) for mean in (row.before, row.after))
    shown = None if row.before is None or row.after is None else numbers.difference(row.before, row.after)
    return PulseRow(text, then, now, shown)

"""Everything about one question of an assessment, within what its reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts.answers import spread_of, spread_svg
from assessments.pages.result.next_steps import Move, move
from assessments.results import AssessmentResult, Comment, Evidence
from assessments.results.question_history import QuestionThen
from assessments.scoring.agreed import AgreedLevel
from assessments.scoring.bank import Bank, Question
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.remarks import answer_name, answer_number, answered, descriptor


@dataclass(frozen=True)
class AnchorRow:
    """One answer that the question offers, and how many gave it if that is shown."""

    number: str
    name: str
    text: str | None
    people: int | None


@dataclass(frozen=True)
class HistoryRow:
    """The mean of one assessment in words; None if it is not shown."""

    name: str
    mean: str | None


@dataclass(frozen=True)
class QuestionPage:
    """The sections of the page; what the reader may not see, or does not exist, is None or empty."""

    key: str
    pillar: str
    text: str
    anchors: tuple[AnchorRow, ...]
    spread: SafeString | None = None
    absent: str = ""  # why there is no spread
    mean: str | None = None
    comments: Sequence[Comment] = ()
    reasons: Sequence[Comment] = ()
    evidence: Sequence[Evidence] = ()
    agreed: AgreedLevel | None = None
    agreed_name: str = ""
    move: Move | None = None
    history: tuple[HistoryRow, ...] = ()


def question_page(bank: Bank, key: str) -> QuestionPage:
    """A question before its assessment has a result."""
    question = bank.questions[key]
    return QuestionPage(key, bank.pillar_of[key].name, question.text, _anchors(bank, question, None))


def question_result(result: AssessmentResult, key: str, history: Sequence[QuestionThen]) -> QuestionPage:
    """A question of a result, which is already limited to what the reader may see."""
    bank, view = result.bank, result.view
    question, counts, spread = bank.questions[key], result.counts.get(key), spread_of(view, key)
    mean = view.questions[key].mean if key in result.means else None
    agreed = result.agreed_levels.get(key)
    suggested = next((each for each in result.result.priorities if each.question == key), None)
    return QuestionPage(
        key=key,
        pillar=bank.pillar_of[key].name,
        text=question.text,
        anchors=_anchors(bank, question, counts),
        spread=None if spread is None else spread_svg(spread),
        absent="" if spread is not None else _absent(result),
        mean=None if mean is None else numbers.score(mean),
        comments=result.comments.get(key, ()),
        reasons=result.reasons.get(key, ()),
        evidence=result.evidence.get(key, ()),
        agreed=agreed,
        agreed_name=answered(bank, question, agreed.level) if agreed else "",
        move=None if suggested is None else move(view, suggested),
        history=tuple(_history(each) for each in history) if len(history) > 1 else (),
    )


def _anchors(bank: Bank, question: Question, counts: Sequence[int] | None) -> tuple[AnchorRow, ...]:
    return tuple(
        AnchorRow(
            number=answer_number(bank, question, answer),
            name=answer_name(bank, question, answer),
            text=descriptor(bank, question, answer),
            people=None if counts is None else counts[answer - 1],
        )
        for answer in question.offered
    )


def _absent(result: AssessmentResult) -> str:
    if result.confidential:
        return _("In a confidential assessment, how people answered is shown once five people have.")
    return _("Nobody has answered this question with a level.")


def _history(then: QuestionThen) -> HistoryRow:
    return HistoryRow(then.assessment.name, None if then.mean is None else numbers.score(then.mean))

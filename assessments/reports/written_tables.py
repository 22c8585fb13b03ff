"""What people wrote and, where that is open, what each answered, as tables."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.reports.blocks import Cell, Column, Table
from assessments.results import AssessmentResult
from assessments.scoring.answers import Value
from assessments.wording.remarks import EVIDENCE


def comments_table(shown: AssessmentResult) -> Table:
    """A row a comment; with a person in a named assessment."""
    rows = tuple(
        (*_question(shown, key), *_by(shown, comment.by), comment.text)
        for key in shown.bank.questions
        for comment in shown.comments.get(key, ())
    )
    columns = (*_about(shown), Column("comment", _("Comment"), 100))
    return Table("comments", _("Comments"), columns, rows, identity=len(columns) - 1)


def reasons_table(shown: AssessmentResult) -> Table:
    """A row for each reason why a question does not apply; with a person in a named assessment."""
    rows = tuple(
        (*_question(shown, key), *_by(shown, reason.by), reason.text)
        for key in shown.bank.questions
        for reason in shown.reasons.get(key, ())
    )
    columns = (*_about(shown), Column("reason", _("Why it does not apply"), 100))
    return Table("reasons", _("Not applicable"), columns, rows, identity=len(columns) - 1)


def commentary_table(shown: AssessmentResult) -> Table:
    """A row a text of a consultant or lead, as it was typed; the one about the whole assessment first."""
    names = {pillar.key: pillar.name for pillar in shown.bank.pillars}
    order = [None, *names]
    texts = sorted(
        (text for text in shown.commentary if text.pillar in order), key=lambda text: order.index(text.pillar)
    )
    columns = (
        Column("pillar", _("Pillar"), 18),
        Column("key", _("Key"), 24),
        Column("by", _("Written by"), 24),
        Column("is_stale", _("For an earlier result"), 14),
        Column("text", _("Commentary"), 100),
    )
    rows = tuple(
        (names.get(text.pillar or "", _("The whole assessment")), text.pillar, text.by, text.is_stale, text.text)
        for text in texts
    )
    return Table("commentary", _("Commentary"), columns, rows, identity=3)


def evidence_table(shown: AssessmentResult) -> Table:
    """A row for what each person names as evidence for an answer."""
    rows = tuple(
        (*_question(shown, key), *_by(shown, each.by), _grade(each.grade), each.text or None, each.link or None)
        for key in shown.bank.questions
        for each in shown.evidence.get(key, ())
    )
    columns = (*_about(shown), Column("grade", _("Grade"), 14))
    texts = (Column("text", _("Evidence"), 80), Column("link", _("Link"), 50))
    return Table("evidence", _("Evidence"), (*columns, *texts), rows, identity=len(columns) - 1)


def answers_table(shown: AssessmentResult) -> Table:
    """A row for each answer of each person."""
    columns = (
        Column("person", _("Person"), 16),
        Column("name", _("Name"), 24),
        Column("role", _("Function"), 16),
        Column("mode", _("How"), 14),
        Column("recorded_by", _("Recorded by"), 24),
        Column("confirmed", _("Confirmed"), 14),
        Column("key", _("Key"), 24),
        Column("question", _("Question"), 60),
        Column("answer", _("Answer"), 16),
        Column("evidence", _("Evidence"), 14),
    )
    rows = tuple(
        (person.id, shown.names.get(person.id), person.role, *_mode(shown, person.id), key, question.text, _value(person.answers[key]),
         _grade(getattr(person.evidence.get(key), "grade", None)))
        for person in shown.answers.respondents
        for key, question in shown.bank.questions.items()
        if key in person.answers
    )  # fmt: skip
    return Table("answers", _("Answers"), columns, rows, identity=8)


def _about(shown: AssessmentResult) -> tuple[Column, ...]:
    question = (Column("pillar", _("Pillar"), 18), Column("key", _("Key"), 24), Column("question", _("Question"), 50))
    return (*question, Column("person", _("Person"), 24)) if shown.names else question


def _question(shown: AssessmentResult, key: str) -> tuple[Cell, ...]:
    return shown.bank.pillar_of[key].name, key, shown.bank.questions[key].text


def _by(shown: AssessmentResult, name: str | None) -> tuple[Cell, ...]:
    return (name,) if shown.names else ()


def _mode(shown: AssessmentResult, person: str) -> tuple[Cell, Cell, Cell]:
    """Alone or in an interview; then who recorded it, and whether the person has confirmed that."""
    found = shown.recorded.get(person)
    if found is None:
        return _("Alone"), None, None
    by = found.by if shown.names else None
    return _("Interview"), by, _("confirmed") if found.is_confirmed else _("not confirmed")


def _value(value: Value) -> Cell:
    return {"dont_know": _("Don’t know"), "not_applicable": _("Not applicable")}.get(str(value), value)


def _grade(grade: int | None) -> str | None:
    return None if grade is None else str(EVIDENCE[grade])

"""Tables of comments, reasons, commentary, evidence and, if they may be shown, individual answers."""

from collections.abc import Mapping, Sequence

from assessments.reports.blocks import Cell, Column, Table
from assessments.results import AssessmentResult, Comment
from assessments.scoring.answers import Value
from assessments.sentences import gettext as _
from assessments.wording.remarks import EVIDENCE


def comments_table(result: AssessmentResult) -> Table:
    """One row per comment; with the person in a named assessment."""
    return _texts(result, result.comments, "comments", _("Comments"), Column("comment", _("Comment"), 100))


def reasons_table(result: AssessmentResult) -> Table:
    """One row per reason why a question does not apply; with the person in a named assessment."""
    column = Column("reason", _("Why it does not apply"), 100)
    return _texts(result, result.reasons, "reasons", _("Not applicable"), column)


def _texts(
    result: AssessmentResult, texts: Mapping[str, Sequence[Comment]], key: str, name: str, column: Column
) -> Table:
    """A table of texts by question key; `column` holds the text."""
    rows = tuple(
        (*_question(result, question), *_by(result, each.by), each.text)
        for question in result.bank.questions
        for each in texts.get(question, ())
    )
    columns = (*_about(result), column)
    return Table(key, name, columns, rows, identity=len(columns) - 1)


def commentary_table(result: AssessmentResult) -> Table:
    """One row per commentary of a consultant or lead, unformatted; the one on the whole assessment first."""
    names = {pillar.key: pillar.name for pillar in result.bank.pillars}
    order = [None, *names]
    texts = sorted(
        (text for text in result.commentary if text.pillar in order), key=lambda text: order.index(text.pillar)
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


def evidence_table(result: AssessmentResult) -> Table:
    """One row per piece of evidence."""
    rows = tuple(
        (*_question(result, key), *_by(result, each.by), _grade(each.grade), each.text or None, each.link or None)
        for key in result.bank.questions
        for each in result.evidence.get(key, ())
    )
    columns = (*_about(result), Column("grade", _("Grade"), 14))
    texts = (Column("text", _("Evidence"), 80), Column("link", _("Link"), 50))
    return Table("evidence", _("Evidence"), (*columns, *texts), rows, identity=len(columns) - 1)


def answers_table(result: AssessmentResult) -> Table:
    """One row per answer of each person."""
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
        (person.id, result.names.get(person.id), person.role, *_mode(result, person.id), key, question.text, _value(person.answers[key]),
         _grade(getattr(person.evidence.get(key), "grade", None)))
        for person in result.answers.respondents
        for key, question in result.bank.questions.items()
        if key in person.answers
    )  # fmt: skip
    return Table("answers", _("Answers"), columns, rows, identity=8)


def _about(result: AssessmentResult) -> tuple[Column, ...]:
    question = (Column("pillar", _("Pillar"), 18), Column("key", _("Key"), 24), Column("question", _("Question"), 50))
    return (*question, Column("person", _("Person"), 24)) if result.names else question


def _question(result: AssessmentResult, key: str) -> tuple[Cell, ...]:
    return result.bank.pillar_of[key].name, key, result.bank.questions[key].text


def _by(result: AssessmentResult, name: str | None) -> tuple[Cell, ...]:
    return (name,) if result.names else ()


def _mode(result: AssessmentResult, person: str) -> tuple[Cell, Cell, Cell]:
    """Whether the answer was given alone or in an interview; who recorded it, and whether the person has confirmed it."""
    recorded = result.recorded.get(person)
    if recorded is None:
        return _("Alone"), None, None
    by = recorded.by if result.names else None
    return _("Interview"), by, _("confirmed") if recorded.is_confirmed else _("not confirmed")


def _value(value: Value) -> Cell:
    return {"dont_know": _("Don’t know"), "not_applicable": _("Not applicable")}.get(str(value), value)


def _grade(grade: int | None) -> str | None:
    return None if grade is None else str(EVIDENCE[grade])

"""Reports made by hand: the invented organisation of the drawings, and what can go wrong with it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from assessments.models import Assessment, Organisation, Result as ResultRow
from assessments.reports.document import document
from assessments.reports.report import Report
from assessments.reports.sections.pillar import pillar_sections
from assessments.results import AssessmentResult, Comment
from assessments.scoring.answers import Answers, Evidence, Respondent
from tests.charts import northfield

COMMENTS = {
    "ethics-accountability": ("I assumed it was the CIO; the CIO assumed it was legal.",),
    "ethics-bias": ("We would stop a risky model, but nobody is told to look.",),
}


def said(comments):
    """Texts by question as comments without names."""
    return {key: tuple(Comment(text) for text in texts) for key, texts in comments.items()}


def report(comments=COMMENTS, *, result=None, told=None, **fields):
    seen = northfield.view(result, told=told).seen
    defaults = {
        "organisation": "Northfield",
        "assessment_name": "Q4 2026",
        "bank": northfield.bank(),
        "scored_on": date(2026, 11, 20),
        "checksum": "sha256:" + "cd" * 32,
        "comments": said(comments),
        "opened_on": date(2026, 11, 2),
        "closed_on": date(2026, 11, 20),
        "prepared_by": "Hart Advisory",
    }
    return Report(**{**defaults, **fields}, seen=seen)


def section(report, key):
    """What a report says about one subject; None where it leaves it out."""
    return next((section for section in document(report).sections if section.key == key), None)


def pillar(report, name="Ethics"):
    """The page of one pillar, with the comments that stand elsewhere."""
    return next(pillar for pillar in pillar_sections(report) if pillar.name == name)


def block(section, kind, place=0):
    """One of the blocks of a kind, in order."""
    return blocks(section, kind)[place]


def blocks(section, kind):
    return [block for block in section.blocks if block.kind == kind]


def quoted(pillar):
    """The comments on a pillar's page."""
    return tuple(quote for block in blocks(pillar.section, "quotes") for quote in block.items)


def note(pillar):
    """A consultant's words on a pillar's page or below it, and where."""
    return next(((block.note, block.place) for block in blocks(pillar.section, "commentary")), (None, None))


def moves(pillar):
    return [row for block in blocks(pillar.section, "table") if block.key == "moves" for row in block.rows]


def unanswered():
    """A report of an assessment in which nobody answered."""
    bank, base = northfield.bank(), northfield.result()
    rows = tuple(
        northfield.absent(pillar, status="insufficient", coverage=0.0, bounds=(1.0, 5.0)) for pillar in bank.pillars
    )
    nothing = replace(base.overall, index=None, index_100=None, level=None, interval=None, weight_range=None)
    result = northfield.result(pillars=rows, answered=0, priorities=(), overall=nothing)
    return report(result=result, comments={}, told=northfield.NOTHING)


def shown(*, named=False, comments=COMMENTS, **fields):
    """The same assessment as the tables read it, without a database."""
    bank = northfield.bank()
    assessment = Assessment(name="Q4 2026", organisation=Organisation(name="Northfield"))
    assessment.confidentiality = "named" if named else "confidential"
    people = tuple(
        Respondent(f"p{n}", {"ethics-bias": n, "vision-value": "dont_know"}, {"ethics-bias": Evidence(2)}, role="legal")
        for n in (1, 2, 3)
    )
    defaults = {
        "assessment": assessment,
        "frozen": ResultRow(checksum="sha256:" + "cd" * 32, frozen_at=datetime(2026, 11, 20, tzinfo=UTC)),
        "bank": bank,
        "seen": northfield.view().seen,
        "answers": Answers(respondents=people, invited=8),
        "comments": said(comments),
        "eligible": None if named else frozenset(person.id for person in people),
        "names": {"p1": "Ada", "p2": "Ben", "p3": "Cem"} if named else {},
    }
    return AssessmentResult(**{**defaults, **fields})

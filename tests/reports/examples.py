"""Reports made by hand: the invented organisation of the drawings, and what can go wrong with it."""

from dataclasses import replace
from datetime import date

from assessments.reports.report import Report
from tests.charts import northfield

COMMENTS = {
    "ethics-accountability": ("I assumed it was the CIO; the CIO assumed it was legal.",),
    "ethics-bias": ("We would stop a risky model, but nobody is told to look.",),
}


def report(**fields):
    defaults = {
        "organisation": "Northfield",
        "round_name": "Q4 2026",
        "bank": northfield.bank(),
        "result": northfield.result(),
        "scored_on": date(2026, 11, 20),
        "checksum": "sha256:" + "cd" * 32,
        "disclosure": northfield.everything(),
        "comments": COMMENTS,
        "opened_on": date(2026, 11, 2),
        "closed_on": date(2026, 11, 20),
        "prepared_by": "Hart Advisory",
    }
    return Report(**{**defaults, **fields})


def unanswered():
    """A report of a round in which nobody answered."""
    bank, base = northfield.bank(), northfield.result()
    rows = tuple(
        northfield.absent(pillar, status="insufficient", coverage=0.0, bounds=(1.0, 5.0)) for pillar in bank.pillars
    )
    nothing = replace(base.overall, index=None, index_100=None, level=None, interval=None, weight_range=None)
    result = northfield.result(pillars=rows, answered=0, priorities=(), overall=nothing)
    return report(result=result, comments={}, disclosure=northfield.Disclosure())

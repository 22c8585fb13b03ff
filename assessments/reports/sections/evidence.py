"""What documents do to the supported levels, as a section of a report."""

from assessments.pages.result.evidence import evidence_section as section_of
from assessments.reports.blocks import NOTE, SUB, Column, Section, Table, Text
from assessments.reports.report import Report
from assessments.sentences import gettext as _


def evidence_section(report: Report) -> Section | None:
    """A line a pillar; None if nothing may be said of documents."""
    found = section_of(report)
    if found is None:
        return None
    columns = (Column("pillar", _("Pillar"), 45), Column("documents", _("Documents"), 125))
    rows = tuple((row.pillar, " ".join(row.sentences)) for row in found.rows)
    sub = _("The level that answers with a valid document reach by themselves, on the day the assessment closed")
    blocks = (Text(sub, SUB), Table("documents", found.title, columns, rows))
    notes = (Text(found.note, NOTE),) if found.note else ()
    return Section("documents", _("Documents"), found.title, (*blocks, *notes))

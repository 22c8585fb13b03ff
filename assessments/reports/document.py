"""A report as a cover, a summary and sections, in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from assessments.charts.ladder import cover_svg, ladder
from assessments.reader_language import direction_of
from assessments.reports.blocks import ConsultantNote, Section
from assessments.reports.commentary import Note, note_of
from assessments.reports.page_fit import WIDTH, lines
from assessments.reports.report import Report
from assessments.reports.section_fit import late_height, method_height
from assessments.reports.sections.agreed import agreed_section_of
from assessments.reports.sections.agreement import agreement_section
from assessments.reports.sections.brief import back
from assessments.reports.sections.change import change_section, compared
from assessments.reports.sections.evidence import evidence_section
from assessments.reports.sections.method import Fact, method
from assessments.reports.sections.pillar import late_comments, pillar_sections
from assessments.reports.sections.profile import has_room as has_room_beside, profile
from assessments.reports.sections.roadmap import roadmap
from assessments.reports.sections.summary import Summary, has_room, summary
from assessments.reports.sections.threads import threads_section
from assessments.reports.sections.trend import trend_section
from assessments.reports.sections.units import units_section
from assessments.sentences import gettext as _, isolated, pgettext
from assessments.wording import numbers
from assessments.wording.credit import named
from assessments.wording.remarks import interviews


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The content of the cover and of the page headers."""

    language: str
    direction: str
    organisation: str
    has_long_name: bool  # more than two lines in the cover's type
    product: str
    assessment_name: str
    facts: tuple[tuple[str, str], ...]
    steps: SafeString


@dataclass(frozen=True)
class Document:
    """The whole report in reading order; `note` is the commentary below the decisions of the summary.

    `kicker` is the name of the summary.
    """

    cover: Cover
    kicker: str
    summary: Summary
    note: Note | None
    sections: tuple[Section, ...]


def document(report: Report, *, whole: bool = False, about_file: Sequence[Fact] = ()) -> Document:
    """A report in the active language. `whole`: no limit per page, so nothing moves to the end."""
    change = None if report.since is None else compared(report.since)
    note = note_of(report.commentary, None)
    first = summary(report, change, None if whole else note)
    is_beside = note is not None and (whole or has_room(first, note, report.paper))

    if report.is_brief:
        rest = back(report, None if is_beside else note)
        return Document(cover_of(report), _("Executive brief"), first, note if is_beside else None, (rest,))

    def sections() -> Iterator[Section | None]:
        own = None if is_beside else note
        if own is not None and not has_room_beside(report, own):
            yield Section("letter", _("Commentary"), own.title, (ConsultantNote(own, "page"),))
            own = None
        agreed = agreed_section_of(report)
        agreement = agreement_section(report, agreed, whole=whole)
        yield profile(report, first.dots, has_agreement=agreement is not None, note=own)
        yield agreement
        yield agreed
        yield units_section(report)
        pillars = pillar_sections(report, whole=whole)
        yield from (pillar.section for pillar in pillars)
        late, end = late_comments(pillars), method(report, about_file)
        yield roadmap(report, 0 if late is None else late_height(late), method_height(end))
        yield (
            None if report.since is None or change is None or change.is_empty else change_section(report.since, change)
        )
        yield trend_section(report)
        yield evidence_section(report)
        yield late
        yield threads_section(report)
        yield end

    parts = tuple(section for section in sections() if section is not None)
    return Document(cover_of(report), _("Summary"), first, note if is_beside else None, parts)


def cover_of(report: Report) -> Cover:
    """The facts of the first page, in the active language."""
    bank, result = report.bank, report.result
    method = {"bank": named(bank), "method": result.engine}
    facts = (
        (_("People"), numbers.answered_of(result.answered, result.invited)),
        (_("Interviews"), interviews(*report.interviews)),
        (_("Dates"), _dates(report.opened_on, report.closed_on)),
        *((pgettext("of a result", "Origin"), note) for note in report.origin),
        (_("Prepared by"), report.prepared_by),
        (_("Question bank"), _("%(bank)s, method %(method)s") % method),
        (_("Attribution"), bank.attribution),
    )
    return Cover(
        language=report.language,
        direction=direction_of(report.language),
        organisation=isolated(report.organisation),
        has_long_name=lines(report.organisation, WIDTH, 41) > 2,
        product=bank.title,
        assessment_name=isolated(report.assessment_name),
        facts=tuple((name, value) for name, value in facts if value),
        steps=cover_svg(ladder(report)),
    )


def _dates(opened: date | None, closed: date | None) -> str | None:
    """`2–20 November 2026`; month and year only once if both dates share them."""
    if opened is None or closed is None:
        return None if closed is None else date_format(closed, "DATE_FORMAT")
    if opened == closed:
        return date_format(closed, "DATE_FORMAT")
    if (opened.year, opened.month) == (closed.year, closed.month):
        return _("%(first)s–%(last)s") % {"first": opened.day, "last": date_format(closed, "DATE_FORMAT")}
    return _("%(first)s – %(last)s") % {
        "first": date_format(opened, "MONTH_DAY_FORMAT" if opened.year == closed.year else "DATE_FORMAT"),
        "last": date_format(closed, "DATE_FORMAT"),
    }

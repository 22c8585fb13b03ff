"""The report as an editable Word document: the same sentences and figures, with real headings and tables."""

from __future__ import annotations

from datetime import datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.text import Truncator

from assessments.reader_language import interface_in
from assessments.reports.blocks import Section
from assessments.reports.document import Cover, Document, document
from assessments.reports.report import Report
from assessments.reports.word_blocks import write_facts, write_note, write_section
from assessments.reports.word_styles import ABOUT, COVER
from assessments.reports.word_tables import write_rows, write_table
from assessments.reports.word_template import COVER_NAMES, fill, has_cover, has_running_lines
from assessments.reports.word_writer import Writer, clean
from assessments.results import LogoImage
from assessments.sentences import gettext as _, isolated, pgettext, shortened

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LOGO = (50.0, 18.0)  # mm


def report_docx(report: Report, *, template: WordDocument | None = None) -> bytes:
    """The report as DOCX in its language, in our own layout or in an open template. Drawings are pictures; table headers
    repeat on every page."""
    with translation.override(interface_in(report.language)):
        parts = document(report, whole=True)
        accent, rtl = report.brand.accent if report.brand else None, parts.cover.direction == "rtl"
        has_own_cover = template is not None and has_cover(template)
        if template is not None:
            fill(template, placeholders_of(parts.cover, report))
        writer = Writer(
            letter=report.paper == "Letter", language=report.language, rtl=rtl, accent=accent, template=template
        )
        _properties(writer, parts.cover, report)
        if not has_own_cover:
            _cover(writer, parts.cover, report)
        writer.contents(_("Contents"))
        _summary(writer, parts)
        for before, section in pairwise([None, *parts.sections]):
            if section:
                write_section(writer, section, new_page=not _follows(before, section, parts))
        writer.keep_end()
    return writer.save(datetime.combine(report.scored_on, time()))


def _follows(before: Section | None, section: Section, parts: Document) -> bool:
    """Whether a section starts below the one before, so that no page is left half empty: pillars, agreed answers, and the
    profile below a commentary."""
    if before is None:
        return section.key == "profile" and parts.note is not None
    return section.key == "agreed" or {before.key, section.key} == {"pillar"}


def _properties(writer: Writer, cover: Cover, report: Report) -> None:
    properties = writer.file.core_properties
    properties.title = clean(f"{report.organisation}: {cover.product}, {report.assessment_name}")[:255]
    properties.author = clean(report.prepared_by or report.organisation)[:255]
    properties.language = report.language
    claim = properties.comments = _("Self-assessment, not an audit")
    if has_running_lines(writer.file):
        return
    section, short = writer.file.sections[0], Truncator(report.organisation).chars(40)
    what = shortened(_("Self-assessment report, %(round)s") % {"round": report.assessment_name}, 44)
    writer.running(section.header, f"{isolated(short)} · {isolated(Truncator(cover.product).chars(48))}", what)
    of = pgettext("between page number and number of pages, with spaces", " of ")
    writer.running(section.footer, claim, "", pages=of)


def placeholders_of(cover: Cover, report: Report) -> dict[str, str]:
    """What replaces the names of `COVER_NAMES` in a template."""
    period = dict(cover.facts).get(_("Dates"), "")
    values = (cover.organisation, cover.assessment_name, cover.product, period, report.prepared_by or "")
    return dict(zip(COVER_NAMES, values, strict=True))


def _cover(writer: Writer, cover: Cover, report: Report) -> None:
    """With logos above the client's name."""
    if report.brand and report.brand.logo:
        _logo(writer, report.brand.logo, at_end=True)
    writer.paragraph(isolated(cover.product), COVER)
    if report.client_logo:
        _logo(writer, report.client_logo, at_end=False)
    writer.heading(cover.organisation, 0)
    writer.paragraph(_("Self-assessment report, %(round)s") % {"round": cover.assessment_name}, "Subtitle")
    write_rows(writer, cover.facts, (40, 90))
    writer.picture(cover.steps, width=170, below=12 if cover.has_long_name else 60)


def _logo(writer: Writer, mark: LogoImage, *, at_end: bool) -> None:
    width, height = LOGO
    writer.logo(mark.png, mark.alt, width=min(width, height * mark.width / mark.height), at_end=at_end)


def _summary(writer: Writer, parts: Document) -> None:
    page = parts.summary
    writer.opening(parts.kicker, page.finding)
    writer.paragraph(page.lead)
    write_facts(writer, page.facts)
    writer.heading(page.dots.title, 2)
    writer.paragraph(f"{page.about_dots}. {page.legend.words}", ABOUT)
    write_table(writer, page.table)
    for heading, points in page.columns:
        writer.heading(heading, 2)
        for point in points:
            writer.paragraph(point.text, "List Bullet", bold=point.head)
    if page.decisions:
        writer.heading(_("Decisions needed"), 2)
    for decision in page.decisions:
        writer.paragraph(decision, "List Number")
    if parts.note is not None:
        write_note(writer, parts.note)

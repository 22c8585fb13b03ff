"""The report as a Word document, for those who edit it: the same sentences and figures, real headings and tables."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.charts.dots import Dots, scale_svg
from assessments.pages.result.figures import Figures
from assessments.pages.result.page import Verdict
from assessments.reader_language import interface_in
from assessments.reports.blocks import DASH
from assessments.reports.document import Document, document
from assessments.reports.pillar import pillar_section
from assessments.reports.report import Report
from assessments.reports.word_brand import write_heads, write_note, write_small_print
from assessments.reports.word_parts import Text, Writer, clean
from assessments.reports.word_section import write_section
from assessments.reports.word_styles import NOTE
from assessments.wording import numbers


def report_docx(report: Report) -> bytes:
    """The report as DOCX in its language. Drawings are pictures; every table has a head that repeats."""
    with translation.override(interface_in(report.language)):
        pages = document(report)
        accent = pages.brand.accent if pages.brand else None
        rtl = pages.direction == "rtl"
        writer = Writer(letter=report.paper == "Letter", language=pages.language, rtl=rtl, accent=accent or None)
        _properties(writer, pages, report)
        _cover(writer, pages)
        writer.contents(_("Contents"))
        _summary(writer, pages)
        _profile(writer, pages)
        _agreement(writer, pages)
        write_section(writer, pages.agreed)
        for pillar in pages.pillars:
            write_section(writer, pillar_section(pillar, pages.levels, whole=True))
        write_section(writer, pages.roadmap)
        write_section(writer, pages.change)
        _origin(writer, pages)
    return writer.save()


def _properties(writer: Writer, pages: Document, report: Report) -> None:
    properties = writer.file.core_properties
    properties.title = clean(f"{pages.organisation}: {pages.product}, {pages.assessment_name}")[:255]
    properties.author = clean(pages.prepared_by or pages.organisation)[:255]
    properties.language = pages.language
    properties.created = properties.modified = datetime.combine(report.scored_on, time())
    claim = properties.comments = _("Self-assessment, not an audit")
    section, short = writer.file.sections[0], Truncator(pages.organisation).chars(40)
    what = Truncator(_("Self-assessment report, %(round)s") % {"round": pages.assessment_name}).chars(44)
    writer.running(section.header, f"{short} · {Truncator(pages.product).chars(48)}", what)
    of = pgettext("between page number and number of pages, with spaces", " of ")
    writer.running(section.footer, claim, "", pages=of)


def _cover(writer: Writer, pages: Document) -> None:
    write_heads(writer, pages)
    writer.heading(pages.organisation, 0)
    writer.paragraph(_("Self-assessment report, %(round)s") % {"round": pages.assessment_name}, "Subtitle")
    facts = [
        (_("People"), pages.answered),
        (_("Interviews"), pages.interviews),
        (_("Dates"), pages.dates),
        *((pgettext("of a result", "Origin"), note) for note in pages.origin),
        (_("Prepared by"), pages.prepared_by),
        (_("Question bank"), _("%(bank)s, method %(method)s") % {"bank": pages.bank, "method": pages.method}),
    ]
    writer.table(None, [fact for fact in facts if fact[1]], (40, 90))
    writer.picture(pages.cover, width=170, below=12 if pages.has_long_name else 60)


def _summary(writer: Writer, pages: Document) -> None:
    page, verdict = pages.summary, pages.summary.verdict
    writer.opening(_("Summary"), page.finding)
    writer.paragraph(page.lead)
    level = DASH if verdict.level is None else f"{verdict.level}, {verdict.level_name}"
    if verdict.self_declared:
        level = f"{level}, {_('self-declared')}"
    rows = [
        (_("Level"), level, verdict.held_back or verdict.level_reason),
        (_("Index"), verdict.index or DASH, _uncertainty(verdict) or verdict.index_reason),
        *([(_("Change"), page.moved.change, page.moved.verdict)] if page.moved else []),
        (_("People"), page.people, page.answered),
    ]
    writer.table(None, rows, (30, 50, 90))
    _dots(writer, pages)
    lists = ((_("Highest scores"), page.strengths), (page.gaps_heading, page.gaps), (_("First moves"), page.moves))
    for title, points in lists:
        if points:
            writer.heading(title, 2)
        for point in points:
            writer.paragraph(point.text, "List Bullet", bold=point.head)
    if page.decisions:
        writer.heading(_("Decisions needed"), 2)
    for decision in page.decisions:
        writer.paragraph(decision, "List Number")
    write_note(writer, pages.commentary or pages.commentary_page)


def _uncertainty(verdict: Verdict) -> str:
    found = (
        verdict.interval and _("90%% interval %(interval)s") % {"interval": verdict.interval},
        verdict.weights and _("weights ±25%%: %(weights)s") % {"weights": verdict.weights},
    )
    return "; ".join(part for part in found if part)


def _dots(writer: Writer, pages: Document) -> None:
    dots = pages.summary.dots
    writer.heading(dots.title, 2)
    about = (_("Score by pillar, 1 to 5, highest first"), dots.note, marks(dots))
    writer.paragraph(". ".join(part for part in about if part), NOTE)
    rows: list[tuple[Text, ...]] = []
    for row in dots.rows:
        if row.strip:
            interval = (row.interval or DASH,) if dots.has_interval else ()
            rows.append((row.name, row.strip, row.score, *interval, row.remark))
        else:
            rows.append((row.name, row.absent))
    head, widths = [_("Pillar"), _("Score by pillar, 1 to 5"), _("Score")], [32.0, 72.0, 14.0]
    if dots.has_interval:
        head, widths = [*head, _("Interval")], [32.0, 60.0, 14.0, 24.0]
    writer.table([*head, dots.gap_heading], rows, [*widths, 170 - sum(widths)], below={1: scale_svg()})


def marks(dots: Dots) -> str:
    """What each mark of a drawing means."""
    found = (
        _("dot: score"),
        _("hollow dot: provisional") if dots.has_provisional else "",
        _("shaded: 90%% interval") % {} if dots.has_interval else "",
        _("black line: target") if dots.has_target else "",
        _("square: previous round") if dots.has_previous else "",
    )
    return numbers.capitalised("; ".join(part for part in found if part))


def _profile(writer: Writer, pages: Document) -> None:
    writer.opening(_("Profile"), pages.profile_title)
    about = (
        _("Score by pillar with 90%% interval, 1 to 5, in the order of the questions") % {}
        if pages.figures.has_interval
        else _("Score by pillar, 1 to 5, in the order of the questions"),
        None if pages.figures.has_interval else pages.summary.dots.note,
        marks(pages.summary.dots),
    )
    writer.paragraph(". ".join(part for part in about if part), NOTE)
    writer.picture(pages.radar, width=112)
    writer.heading(_("All figures"), 2)
    _figures(writer, pages.figures)
    writer.paragraph(
        _(
            "Bounds: the score if every missing answer were the lowest or the highest. Coverage: share of questions "
            "answered. Evidence: share backed by a document or a second person."
        ),
        NOTE,
    )
    writer.paragraph(pages.peers, NOTE)


def _figures(writer: Writer, figures: Figures) -> None:
    """The interval only where there is one."""
    head = [_("Pillar"), _("Level"), _("Score"), _("Bounds"), _("Target"), _("Coverage")]
    head += [_("Don’t know"), _("n/a"), _("Evidence")]
    widths = [40, 13, 14, 20, 17, 20, 15, 14, 17]
    if figures.has_interval:
        head.insert(3, _("90%% interval") % {})
        widths = [32, 11, 12, 20, 18, 15, 18, 14, 14, 16]
    rows: list[tuple[Text, ...]] = []
    for row in (*figures.rows, figures.total):
        interval = (row.interval,) if figures.has_interval else ()
        scores = (row.level, row.score, *interval, row.bounds, row.target, row.coverage)
        counts = (row.dont_know, row.not_applicable, row.evidence)
        told = (row.absent,) if row.absent else tuple(figure or DASH for figure in scores)
        name = row.name or _("Organisation")
        name = name if row.number is None else f"{row.number} {name}"
        rows.append((name, *told, *(count or DASH for count in counts)))
    writer.table(head, rows, widths, figures=range(1, len(head)), total=True)


def _agreement(writer: Writer, pages: Document) -> None:
    writer.opening(_("Agreement"), pages.agreement.title)
    writer.paragraph(pages.agreement.note, NOTE)
    if pages.agreement.rows:
        rows = [(row.name, row.strip, row.value, row.band) for row in pages.agreement.rows]
        writer.table((_("Pillar"), _("weak to strong"), "r*wg", _("Agreement")), rows, (40, 74, 18, 38))
    if pages.differences:
        writer.heading(_("Questions on which views differ"), 2)
        found = [
            (f"{row.question}\n{row.pillar}", row.columns or _("Not shown: fewer than five answers"))
            for row in pages.differences
        ]
        head = (_("Question"), _("People at each level"))
        writer.table(head, found, (143, 27), figures=(1,), below={1: pages.levels})
        writer.paragraph(pages.more_differences, NOTE)


def _origin(writer: Writer, pages: Document) -> None:
    writer.opening(_("Method and limits"), _("A self-assessment, not an audit"))
    writer.paragraph(
        _(
            "These figures show how the people who answered see their organisation. No one has checked "
            "them unless the evidence says so."
        )
    )
    writer.heading(_("How to read the figures"), 2)
    writer.table(None, pages.glossary, (38, 132))
    writer.heading(_("The five levels"), 2)
    writer.table(None, [(f"{number} {name}", text) for number, name, text in pages.ladder], (38, 132))
    writer.heading(_("Limits"), 2)
    writer.paragraph(pages.limits)
    writer.heading(_("What this report is based on"), 2)
    facts = [
        (_("Answers"), _("%(answered)s, scored on %(day)s") % {"answered": pages.answered, "day": pages.scored_on}),
        *([(_("Interviews"), pages.interviews)] if pages.interviews else []),
        (_("Question bank"), pages.bank),
        (_("Method"), pages.method),
        (_("Checksum of the bank"), pages.bank_checksum or DASH),
        (_("Checksum of the result"), pages.checksum),
    ]
    writer.table(None, facts, (38, 132))
    write_small_print(writer, pages.brand)

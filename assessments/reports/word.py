"""The report as a Word document, for those who edit it: the same sentences and figures, real headings and tables."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.reading import interface_in
from assessments.reports.document import Document, document
from assessments.reports.pillar import PillarPage
from assessments.reports.report import Report
from assessments.reports.word_brand import write_heads, write_note, write_small_print
from assessments.reports.word_parts import Writer, clean

DASH = "–"


def report_docx(report: Report) -> bytes:
    """The report as DOCX in its language. Drawings are pictures; every table has a head that repeats."""
    with translation.override(interface_in(report.language)):
        pages = document(report)
        writer = Writer(letter=report.paper == "Letter", rtl=pages.direction == "rtl")
        _properties(writer, pages, report)
        _cover(writer, pages)
        _summary(writer, pages)
        _profile(writer, pages)
        _agreement(writer, pages)
        _agreed(writer, pages)
        for pillar in pages.pillars:
            _pillar(writer, pillar)
        _roadmap(writer, pages)
        _change(writer, pages)
        _origin(writer, pages)
    return writer.save()


def _properties(writer: Writer, pages: Document, report: Report) -> None:
    properties = writer.file.core_properties
    properties.title = clean(f"{pages.organisation}: {pages.product}, {pages.round_name}")[:255]
    properties.author = clean(pages.prepared_by or pages.organisation)[:255]
    properties.language = pages.language
    properties.created = properties.modified = datetime.combine(report.scored_on, time())
    properties.comments = _("Self-assessment, not an audit")
    section = writer.file.sections[0]
    section.header.paragraphs[0].text = clean(f"{pages.organisation} · {pages.product}, {pages.round_name}")
    section.footer.paragraphs[0].text = _("Self-assessment, not an audit")


def _cover(writer: Writer, pages: Document) -> None:
    write_heads(writer, pages)
    writer.heading(pages.organisation, 0)
    writer.paragraph(_("Self-assessment report, %(round)s") % {"round": pages.round_name}, "Subtitle")
    facts = [
        (_("People"), pages.answered),
        (_("Interviews"), pages.interviews),
        (_("Dates"), pages.dates),
        (_("Prepared by"), pages.prepared_by),
        (_("Question bank"), _("%(bank)s, method %(method)s") % {"bank": pages.bank, "method": pages.method}),
    ]
    writer.table((_("About"), ""), [fact for fact in facts if fact[1]], (40, 130))
    writer.picture(pages.cover, width=170)


def _summary(writer: Writer, pages: Document) -> None:
    page, verdict = pages.summary, pages.summary.verdict
    writer.heading(page.finding, 1, new_page=True)
    writer.paragraph(page.lead)
    level = DASH if verdict.level is None else f"{verdict.level}, {verdict.level_name}"
    rows = [
        (_("Level"), level, verdict.held_back or verdict.level_reason),
        (_("Index"), verdict.index, verdict.interval or verdict.index_reason),
        (_("People"), page.people, page.answered),
    ]
    writer.table((_("Result"), "", ""), rows, (30, 40, 100))
    writer.heading(page.dots.title, 2)
    writer.paragraph(page.dots.note)
    dots = [
        (r.name, r.strip, r.score, r.interval, r.remark) if r.strip else _absent(r.name, r.absent)
        for r in page.dots.rows
    ]
    head = (_("Pillar"), _("Score by pillar, 1 to 5"), _("Score"), _("Interval"), page.dots.gap_heading)
    writer.table(head, dots, (32, 62, 16, 22, 38))
    lists = ((_("Highest scores"), page.strengths), (page.gaps_heading, page.gaps), (_("First moves"), page.moves))
    for title, points in lists:
        if points:
            writer.heading(title, 2)
        for point in points:
            writer.paragraph(point.text, "List Bullet", bold=point.head)
    if page.decisions:
        writer.heading(_("Decisions wanted"), 2)
    for decision in page.decisions:
        writer.paragraph(decision, "List Number")
    write_note(writer, pages.commentary or pages.commentary_page)


def _absent(name: str, reason: str | None) -> tuple[str, None, str, None, str | None]:
    return (name, None, DASH, None, reason)


def _profile(writer: Writer, pages: Document) -> None:
    writer.heading(pages.profile_title, 1, new_page=True)
    if pages.radar:
        writer.picture(pages.radar, width=120)
    writer.heading(_("All figures"), 2)
    head = (_("Pillar"), _("Level"), _("Score"), _("90%% interval") % {}, _("Bounds"), _("Target"), _("Coverage"))
    more = (_("Don’t know"), _("n/a"), _("Evidence"))
    rows = []
    for row in (*pages.figures.rows, pages.figures.total):
        figures = (row.level, row.score or row.absent, row.interval, row.bounds, row.target, row.coverage)
        counts = (row.dont_know, row.not_applicable, row.evidence)
        rows.append((row.name or _("Organisation"), *(figure or DASH for figure in (*figures, *counts))))
    writer.table((*head, *more), rows, (30, 14, 16, 20, 18, 14, 18, 14, 11, 15))
    writer.paragraph(pages.peers)


def _agreement(writer: Writer, pages: Document) -> None:
    writer.heading(pages.agreement.title, 1)
    writer.paragraph(pages.agreement.note)
    if pages.agreement.rows:
        rows = [(row.name, row.strip, row.value, row.band) for row in pages.agreement.rows]
        writer.table((_("Pillar"), _("weak to strong"), "r*wg", _("Agreement")), rows, (40, 80, 20, 30))
    if pages.differences:
        writer.heading(_("Questions that people see differently"), 2)
        found = [
            (row.question, row.pillar, row.columns or _("Not shown: fewer than five answers"))
            for row in pages.differences
        ]
        writer.table((_("Question"), _("Pillar"), _("People at level 1 to 5")), found, (100, 34, 36))
        writer.paragraph(pages.more_differences)


def _agreed(writer: Writer, pages: Document) -> None:
    page = pages.agreed
    if page is None:
        return
    writer.heading(page.section.title, 1, new_page=True)
    writer.paragraph(page.section.note)
    head = (
        _("Pillar"),
        _("Agreed on"),
        _("Score, individual"),
        _("Score, agreed"),
        _("Level, individual"),
        _("Level, agreed"),
    )
    rows = []
    for row in (*page.section.rows, page.section.total):
        figures = (row.score, row.agreed_score, row.level, row.agreed_level)
        rows.append((row.name or _("Organisation"), row.share, *(figure or DASH for figure in figures)))
    writer.table(head, rows, (50, 24, 24, 24, 24, 24))
    writer.paragraph(page.section.withheld)
    writer.heading(_("What was agreed on"), 2)
    for quote in page.quotes:
        writer.paragraph("\n".join(quote.lines), "Quote", bold=quote.question)


def _pillar(writer: Writer, page: PillarPage) -> None:
    place = _("Pillar %(number)s of %(of)s: %(name)s") % {"number": page.number, "of": page.of, "name": page.name}
    writer.heading(page.title, 1, new_page=True)
    writer.paragraph(place)
    level = DASH if page.level is None else f"{page.level}, {page.level_name}"
    facts = (level, page.score or page.absent, page.interval, page.target, page.gap, page.agreement)
    head = (_("Level"), _("Score"), _("90%% interval") % {}, _("Target"), _("To target"), _("Agreement"))
    writer.table(head, [[fact or DASH for fact in facts]], (32, 30, 28, 22, 32, 26))
    for name, stage in ((_("Where you are"), page.here), (_("The next level"), page.next)):
        if stage is not None:
            writer.heading(f"{name}: {stage.number} {stage.name}", 2)
            writer.paragraph(stage.text, bold=stage.question)
    writer.heading(page.answers_title, 2)
    writer.paragraph(page.answers_note)
    rows = [
        (f"{r.text}\n{r.remark}".strip(), r.absent or r.mean, r.dont_know, r.evidence or DASH, r.columns or DASH)
        for r in page.rows
    ]
    answers = (_("Question"), _("Mean"), _("Don’t know"), _("Evidence"), _("People at level 1 to 5"))
    writer.table(answers, rows, (82, 16, 16, 22, 34))
    _moves_and_words(writer, page)


def _moves_and_words(writer: Writer, page: PillarPage) -> None:
    if page.moves:
        writer.heading(_("What to do"), 2)
        rows = [[move.action, move.gain or DASH, move.months or DASH, move.horizon or DASH] for move in page.moves]
        writer.table((_("Move"), _("Gain"), _("Person-months"), _("Within")), rows, (95, 20, 30, 25))
    write_note(writer, page.commentary or page.later_commentary)
    if page.comments or page.later:
        writer.heading(_("In their words"), 2)
    for quote in (*page.comments, *page.later):
        writer.paragraph("\n".join(quote.lines), "Quote", bold=quote.question)


# Suggestions, and what was decided: headings, cells of a line, widths in millimetres
ROADMAP = {
    False: (
        (gettext_lazy("Move"), gettext_lazy("Pillar"), gettext_lazy("Proposed owner"), gettext_lazy("Person-months")),
        ("action", "pillar", "owner", "months"),
        (75, 32, 38, 25),
    ),
    True: (
        (
            *(gettext_lazy("Action"), gettext_lazy("Owner"), gettext_lazy("Due on"), gettext_lazy("State")),
            gettext_lazy("Person-months"),
        ),
        ("action", "owner", "due", "state", "months"),
        (64, 34, 30, 18, 24),
    ),
}


def _roadmap(writer: Writer, pages: Document) -> None:
    if not pages.roadmap.stretches:
        return
    writer.heading(pages.roadmap.title, 1, new_page=True)
    writer.paragraph(pages.roadmap.sub)
    head, cells, widths = ROADMAP[pages.roadmap.is_decided]
    for stretch in pages.roadmap.stretches:
        writer.heading(stretch.name, 2)
        rows = [[getattr(line, cell) or DASH for cell in cells] for line in stretch.moves]
        writer.table([str(each) for each in head], rows, widths)
        writer.paragraph(stretch.more)
        if stretch.effort:
            writer.paragraph(_("All moves of this stretch: %(effort)s.") % {"effort": stretch.effort})


def _change(writer: Writer, pages: Document) -> None:
    page = pages.change
    if page is None:
        return
    writer.heading(page.title, 1, new_page=True)
    for banner in page.banners:
        writer.paragraph(banner)
    if page.slope:
        writer.picture(page.slope, width=100)
    writer.heading(_("Like for like"), 2)
    head = (_("Pillar"), _("Shared questions"), *page.rounds, _("Change"), _("90%% interval") % {}, _("Verdict"))
    rows = [
        (
            row.name,
            row.common,
            *(cell or DASH for cell in (row.before, row.after, row.change, row.interval)),
            row.verdict,
        )
        for row in (*page.rows, page.total)
    ]
    writer.table(head, rows, (30, 20, 20, 20, 18, 28, 34))
    for note in page.notes:
        writer.paragraph(note)


def _origin(writer: Writer, pages: Document) -> None:
    writer.heading(_("A self-assessment, not an audit"), 1, new_page=True)
    writer.paragraph(
        _(
            "These figures say how the people who answered see their organisation. Nobody has checked them unless "
            "the evidence says so. The thresholds are reasoned defaults, not validated norms."
        )
    )
    writer.heading(_("The five levels"), 2)
    rows = [(f"{number} {name}", text) for number, name, text in pages.ladder]
    writer.table((_("Level"), _("What it means")), rows, (40, 130))
    writer.heading(_("What this report was made from"), 2)
    facts = [
        (_("Answers"), _("%(answered)s, scored on %(day)s") % {"answered": pages.answered, "day": pages.scored_on}),
        *([(_("Interviews"), pages.interviews)] if pages.interviews else []),
        (_("Question bank"), pages.bank),
        (_("Method"), pages.method),
        (_("Checksum of the bank"), pages.bank_checksum or DASH),
        (_("Checksum of the result"), pages.checksum),
    ]
    writer.table((_("About"), ""), facts, (50, 120))
    write_small_print(writer, pages.brand)

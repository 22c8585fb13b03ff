"""The whole deck in its order, in the language of the report."""

from datetime import datetime, time

from django.utils import translation
from django.utils.text import Truncator

from assessments.pages.result.next_steps import moves
from assessments.reader_language import direction_of, interface_in
from assessments.reports.commentary import note_of
from assessments.reports.document import cover_of
from assessments.reports.packed import same_bytes
from assessments.reports.report import Report
from assessments.reports.sections.change import compared
from assessments.reports.sections.summary import summary
from assessments.reports.slides import agreement, figures, opening, roadmap, trend, units, words
from assessments.reports.slides.base import Base, Shape, our_base, saved
from assessments.reports.slides.writer import Deck
from assessments.reports.word_writer import clean
from assessments.wording.credit import credits


def report_pptx(report: Report, *, shape: Shape = "16:9", base: Base | None = None) -> bytes:
    """The report as PPTX in its language, in our own layout or on `base`. The same report gives the same bytes."""
    with translation.override(interface_in(report.language)):
        accent = report.brand.accent if report.brand else None
        used = base or our_base(shape, accent)
        foot = f"{Truncator(report.organisation).chars(50)} · {Truncator(report.bank.title).chars(50)}"
        deck = Deck(used, report.language, direction_of(report.language) == "rtl", foot)
        _slides(deck, report)
        _properties(deck, report)
    return same_bytes(saved(used.file))


def _slides(deck: Deck, report: Report) -> None:
    change = None if report.since is None else compared(report.since)
    first, cover = summary(report, change), cover_of(report)
    opening.opening_slide(deck, report, cover)
    opening.finding_slide(deck, report, first)
    figures.pillars_slide(deck, report, first, _remarks(report))
    figures.profile_slide(deck, report, first)
    units.units_slide(deck, report)
    words.blockers_slide(deck, report)
    agreement.agreement_slide(deck, report)
    if report.since is not None and change is not None:
        figures.change_slide(deck, report.since, change)
    trend.trend_slide(deck, report)
    words.moves_slide(deck, moves(report))
    roadmap.roadmap_slide(deck, report)
    words.decisions_slide(deck, first.decisions, note_of(report.commentary, None))
    words.method_slide(deck, report, (*cover.facts, *credits(report.bank)))


def _remarks(report: Report) -> list[str]:
    """The commentary on single pillars, for the notes."""
    found = ((pillar.name, note_of(report.commentary, pillar.key, pillar.name)) for pillar in report.bank.pillars)
    return [text for _name, note in found if note is not None for text in words.said(note, note.full_title)]


def _properties(deck: Deck, report: Report) -> None:
    properties = deck.base.file.core_properties
    properties.title = clean(f"{report.organisation}: {report.bank.title}, {report.assessment_name}")[:255]
    properties.author = properties.last_modified_by = clean(report.prepared_by or report.organisation)[:255]
    properties.subject = properties.keywords = ""
    properties.language, properties.revision = report.language, 1
    properties.created = properties.modified = datetime.combine(report.scored_on, time())

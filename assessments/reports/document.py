"""A report as pages that the templates only show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.charts.agreement import AgreementSection, agreement
from assessments.charts.answers import columns_svg, levels_svg
from assessments.charts.ladder import cover_svg, ladder
from assessments.charts.radar import PAPER, profile_svg
from assessments.charts.strips import SHEET
from assessments.markdown import direction_of as beginning_of
from assessments.pages.result.figures import Figures, figures, peers_sentence
from assessments.reader_language import direction_of
from assessments.reports.agreed import agreed_page
from assessments.reports.blocks import SUB, Block, Heading, Quotes, Section, Text
from assessments.reports.change import change_page, change_section
from assessments.reports.commentary import Note, note_of
from assessments.reports.glossary import glossary, limits
from assessments.reports.page_fit import WIDTH, lines, note_fits_summary
from assessments.reports.pillar import PillarPage, pillar_pages, pillar_section
from assessments.reports.report import Report
from assessments.reports.roadmap import roadmap
from assessments.reports.summary import Summary, summary
from assessments.results import Brand, Mark
from assessments.scoring.disclosure import Counts
from assessments.wording import numbers
from assessments.wording.phrases import interviews
from assessments.wording.titles import profile_title

DIFFERENCES = 10  # what the page on agreement holds


@dataclass(frozen=True)
class Difference:
    """A question on which views differ."""

    pillar: str
    question: str
    columns: SafeString | None


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What stands on the cover, and at the top of every page."""

    language: str
    direction: str
    organisation: str
    has_long_name: bool  # of more than two lines in the cover's type
    product: str
    assessment_name: str
    answered: str
    dates: str | None
    prepared_by: str | None
    interviews: str | None
    bank: str
    method: str
    source: str | None
    origin: tuple[str, ...]
    cover: SafeString
    brand: Brand | None
    client_logo: Mark | None


@dataclass(frozen=True, kw_only=True)
class Pages:
    """What the assessment came to, in reading order."""

    summary: Summary
    profile_title: str
    radar: SafeString  # or bars
    peers: str | None  # the index beside its peers, as a sentence
    has_open: bool  # a pillar without a score leaves the outline open
    figures: Figures
    agreement: AgreementSection
    differences: tuple[Difference, ...]
    more_differences: str | None
    levels: SafeString
    pillars: tuple[PillarPage, ...]
    pillar_sections: tuple[Section, ...]
    roadmap: Section | None
    change: Section | None
    agreed: Section | None
    words: Section | None  # comments that did not fit beside their pillars
    commentary: Note | None  # where it fits on the summary
    commentary_page: Note | None  # where it does not


@dataclass(frozen=True, kw_only=True)
class SmallPrint:
    """What the last page says of levels, sender and files."""

    glossary: tuple[tuple[str, str], ...]  # of the figures
    limits: str
    ladder: tuple[tuple[int, str, str], ...]
    imprint_direction: str
    disclaimer_direction: str
    scored_on: str
    bank_checksum: str | None
    checksum: str


@dataclass(frozen=True, kw_only=True)
class Document(Cover, Pages, SmallPrint):
    """Everything on paper."""


def document(report: Report) -> Document:
    """The pages of a report in the active language."""
    parts = (_cover(report), _pages(report), _small_print(report))
    return Document(**{name: value for part in parts for name, value in vars(part).items()})


def _cover(report: Report) -> Cover:
    bank, result = report.bank, report.result
    steps = ladder(report)
    return Cover(
        language=report.language,
        direction=direction_of(report.language),
        organisation=report.organisation,
        has_long_name=lines(report.organisation, WIDTH, 41) > 2,
        product=bank.title,
        assessment_name=report.assessment_name,
        answered=numbers.answered_of(result.answered, result.invited),
        dates=_dates(report.opened_on, report.closed_on),
        prepared_by=report.prepared_by,
        interviews=interviews(*report.interviews),
        bank=f"{bank.title} {bank.version}",
        method=result.engine,
        source=bank.source,
        origin=report.origin,
        cover=cover_svg(steps),
        brand=report.brand,
        client_logo=report.client_logo,
    )


def _pages(report: Report) -> Pages:
    result = report.result
    pages, flagged = pillar_pages(report), _flagged(report)
    change = None if report.since is None else change_page(report.since)
    first, note = summary(report, change), note_of(report.commentary, None)
    fits = note is not None and note_fits_summary(first, note, report.paper)
    return Pages(
        summary=first,
        profile_title=profile_title(report),
        radar=profile_svg(report, PAPER),
        peers=None if report.peers is None else peers_sentence(report.result, report.peers),
        has_open=any(pillar.score is None for pillar in result.pillars),
        figures=figures(report),
        agreement=agreement(report, height=SHEET),
        differences=tuple(_difference(report, key) for key in flagged[:DIFFERENCES]),
        more_differences=_more(len(flagged) - DIFFERENCES),
        levels=levels_svg(),
        pillars=pages,
        pillar_sections=tuple(pillar_section(page, levels_svg()) for page in pages),
        roadmap=roadmap(report),
        change=None if change is None else change_section(change),
        agreed=agreed_page(report),
        words=_words(pages),
        commentary=note if fits else None,
        commentary_page=None if fits else note,
    )


def _words(pages: Sequence[PillarPage]) -> Section | None:
    later = [page for page in pages if page.later]
    if not later:
        return None
    blocks: list[Block] = [Text(_("In the order of the questions, each as it was written"), SUB)]
    for page in later:
        blocks += [Heading(page.name), Quotes(page.later)]
    return Section(_("In their words"), _("More comments"), tuple(blocks), "words")


def _small_print(report: Report) -> SmallPrint:
    bank, result = report.bank, report.result
    return SmallPrint(
        glossary=glossary(),
        limits=limits(),
        ladder=tuple((number, level.name, level.summary) for number, level in enumerate(bank.levels, start=1)),
        imprint_direction=beginning_of(report.brand.imprint if report.brand else ""),
        disclaimer_direction=beginning_of(report.brand.disclaimer if report.brand else ""),
        scored_on=date_format(report.scored_on, "DATE_FORMAT"),
        bank_checksum=result.bank_checksum,
        checksum=report.checksum,
    )


def _dates(opened: date | None, closed: date | None) -> str | None:
    """`2–20 November 2026`; the month and the year once where both days share them."""
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


def _flagged(report: Report) -> list[str]:
    """The questions flagged for disagreement whose figures may be shown: in bank order, or widest first if many."""
    flagged = [key for pillar in report.result.pillars for key in pillar.agreement.flagged]
    shown = [key for key in flagged if key in report.counts]
    if len(shown) <= DIFFERENCES:
        return shown
    return sorted(shown, key=lambda key: -_spread(report.counts.get(key)))


def _spread(counts: Counts | None) -> float:
    """The variance of the answers; 0 where it may not be told."""
    if counts is None or not sum(counts):
        return 0.0
    mean = sum(level * count for level, count in enumerate(counts)) / sum(counts)
    return sum(count * (level - mean) ** 2 for level, count in enumerate(counts)) / sum(counts)


def _more(hidden: int) -> str | None:
    if hidden <= 0:
        return None
    text = ngettext(
        "The widest differences are shown. %(count)s more question is marked ◆ on its pillar’s page.",
        "The widest differences are shown. %(count)s more questions are marked ◆ on their pillars’ pages.",
        hidden,
    )
    return text % {"count": hidden}


def _difference(report: Report, key: str) -> Difference:
    question, counts = report.bank.questions[key], report.counts.get(key)
    return Difference(
        pillar=report.bank.pillar_of[key].name,
        question=question.text,
        columns=None if counts is None else columns_svg(counts, question.short or question.text, levels=False),
    )

"""Slides of words: what holds the next level, the moves, the decisions with the commentary, and the method."""

from collections.abc import Iterator, Sequence

from assessments.markdown import Block as Prose
from assessments.pages.result.next_steps import BlockerRow, Move, Moves, blockers
from assessments.reports.blocks import DASH
from assessments.reports.commentary import Note
from assessments.reports.report import Report
from assessments.reports.sections.method import glossary, limits
from assessments.reports.slides.agreement import spread_chart
from assessments.reports.slides.base import Box
from assessments.reports.slides.table import write_table
from assessments.reports.slides.writer import MUTED, Deck, Para
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.titles import agreement_note, rated

SHOWN = 5  # questions that hold the next level
EXPLAINED = 5  # entries of the glossary on the slide; all are in its notes


def blockers_slide(deck: Deck, report: Report) -> None:
    """The questions that hold the next level, and by which rule; without a level, the pillars that lack one. Nothing if
    too few people answered to show either, which the slide of the finding says."""
    found = blockers(report)
    if not (found.rows or found.more or found.lacking):
        return
    page, area = deck.page(found.title, _("What blocks the next level"), found.note), deck.area
    shown = (*found.rows, *found.more)[:SHOWN]
    if shown:
        heads, rows = [_("Pillar"), _("Question"), _("Reason")], [_blocker(row) for row in shown]
        top = Box(area.x, area.y, area.width, area.height * (0.5 if len(shown) < SHOWN else 0.62))
        used = sum(write_table(page, top, heads, rows, [25, 37, 38], name=found.title)) + 28
        keys = [row.key for row in shown if row.key in report.counts]
        spread_chart(page, report, keys, Box(area.x, area.y + used, area.width, area.height - used))
    elif found.lacking:
        lacking = [[Para(row.pillar, size=15, bold=True), Para(row.why, size=15)] for row in found.lacking]
        write_table(page, area, [_("Pillar"), _("Reason")], lacking, [35, 65], name=found.title)
    rest = (f"{row.pillar}: {row.question} {row.reason}." for row in (*found.rows, *found.more))
    page.notes((f"{found.title}.", found.note, *rest))


def _blocker(row: BlockerRow) -> list[Para]:
    reason = f"{row.reason}. {_('Views differ')}" if row.views_differ else row.reason
    return [Para(row.pillar, size=13), Para(row.question, size=13, bold=True), Para(reason, size=13)]


def moves_slide(deck: Deck, found: Moves) -> None:
    """Five moves with effect, effort, owner and period."""
    page = deck.page(found.title, _("First moves"))
    if found.rows:
        heads = ["", _("Move"), _("Effect"), _("Proposed owner"), _("Effort"), _("Within")]
        rows, shares = [_move(place, row) for place, row in enumerate(found.rows, 1)], [4, 34, 21, 16, 15, 10]
        filled = [column for column in range(len(heads)) if any(row[column].text != DASH for row in rows)]
        heads, shares = [heads[column] for column in filled], [shares[column] for column in filled]
        area = Box(deck.area.x, deck.area.y - 14, deck.area.width, deck.area.height + 14)
        write_table(page, area, heads, [[row[column] for column in filled] for row in rows], shares, name=found.title)
    page.notes((f"{found.title}.", found.note, *(_told(place, row) for place, row in enumerate(found.rows, 1))))


def _move(place: int, row: Move) -> list[Para]:
    return [
        Para(str(place), size=16, bold=True, colour="accent1"),
        Para(row.action, size=14, bold=True),
        *(Para(text or DASH, size=13) for text in (row.effect or row.pillar, row.owner, row.effort, row.horizon)),
    ]


def _told(place: int, row: Move) -> str:
    gain = row.gain and f"{_('Gain')} {row.gain}"
    parts = numbers.listed([part for part in (row.effect, gain, row.effort) if part])
    return f"{place}. {row.action} {row.why}. {parts}".strip()


def decisions_slide(deck: Deck, decisions: Sequence[str], note: Note | None) -> None:
    """What is asked of the board, beside the consultant's commentary; one without an author's update is marked."""
    if not decisions and note is None:
        return
    title, area = _title(len(decisions)) if decisions else note.title if note else "", deck.area
    page = deck.page(title, _("Decisions needed") if decisions else _("Commentary"))
    half = (area.width - 40) / 2 if decisions and note else area.width
    if decisions:
        asked = [Para(text, f"{place}.", size=20, after=16) for place, text in enumerate(decisions, 1)]
        page.text(Box(area.x, area.y - 8, half, area.height), asked)
    if note:
        start = area.x + half + 40 if decisions else area.x
        page.text(
            Box(start, area.y - 8, area.width - start + area.x, area.height),
            list(_commentary(note, named=bool(decisions))),
        )
    page.notes((f"{title}.", *decisions, *(said(note) if note else ())))


def _title(count: int) -> str:
    text = ngettext("%(count)s decision is needed", "%(count)s decisions are needed", count)
    return numbers.capitalised(text % {"count": numbers.in_words(count)})


def _commentary(note: Note, *, named: bool) -> Iterator[Para]:
    if named:
        yield Para(note.title, size=15, bold=True)
    if note.stale:
        yield Para(note.stale, size=13, bold=True)
    for text, is_heading in prose(note.blocks):
        yield Para(text, size=14, bold=is_heading, after=6)
    yield Para(note.about, size=12, colour=MUTED)


def said(note: Note, title: str = "") -> Iterator[str]:
    """The commentary for the notes; a stale one with the question that its reader has to settle."""
    if note.stale:
        yield _("Before you show it: ask its author whether this commentary still holds.")
        yield note.stale
    yield f"{title or note.title}: {' '.join(text for text, _heading in prose(note.blocks))}"


def prose(blocks: Sequence[Prose], mark: str = "") -> Iterator[tuple[str, bool]]:
    """Each paragraph and list item of a commentary, and whether it is a heading."""
    for block in blocks:
        if block.kind == "list":
            for own, item in block.marked:
                yield from prose(item, own)
        else:
            yield f"{mark} {block.text}".strip(), block.kind == "heading"
        mark = ""


def _unshown(report: Report) -> list[Para]:
    """Why there is no slide on agreement."""
    return [] if rated(report) else [Para(agreement_note(report.result), size=14, after=8)]


def method_slide(deck: Deck, report: Report, facts: Sequence[tuple[str, str]]) -> None:
    """What the figures mean, what limits them, and what the deck is based on."""
    page, area = deck.page(_("A self-assessment, not an audit"), _("Method and limits")), deck.area
    half, entries = (area.width - 40) / 2, glossary(report.bank)
    meanings = [Para(text, f"{name}.", size=14, after=8) for name, text in entries[:EXPLAINED]]
    top = area.y - 8
    page.text(Box(area.x, top, half, area.height + 8), meanings)
    based = [Para(value, f"{name}:", size=13, after=3) for name, value in facts]
    limit = [Para(_("Limits"), size=14, bold=True), Para(limits(report.bank), size=14, after=8), *_unshown(report)]
    base = [
        Para(_("What this report is based on"), size=14, bold=True),
        *based,
        Para(report.checksum, size=10, colour=MUTED),
    ]
    page.text(Box(area.x + half + 40, top, half, area.height + 8), [*limit, *base])
    brand = report.brand
    small = () if brand is None else (brand.disclaimer, brand.imprint)
    page.notes(
        (
            *(f"{name}: {text}" for name, text in entries),
            limits(report.bank),
            *(f"{name}: {value}" for name, value in facts),
            *small,
        )
    )

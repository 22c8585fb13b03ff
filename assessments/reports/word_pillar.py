"""A pillar in a Word report, and what its drawings are read by."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.pages.result.dots import Dots
from assessments.reports.pillar import PillarPage
from assessments.reports.word_brand import write_note
from assessments.reports.word_parts import Text, Writer
from assessments.reports.word_styles import NOTE
from assessments.wording import numbers

DASH = "–"


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


def write_pillar(writer: Writer, page: PillarPage, levels: SafeString) -> None:
    """Where it stands, the answers, the moves, and what people wrote. `levels`: the numbers above the columns."""
    place = _("Pillar %(number)s of %(of)s: %(name)s") % {"number": page.number, "of": page.of, "name": page.name}
    writer.opening(place, page.title)
    _verdict(writer, page)
    for name, stage in ((_("Where you are"), page.here), (_("The next level"), page.next)):
        if stage is not None:
            writer.heading(f"{name}: {stage.number} {stage.name}", 2)
            writer.paragraph(stage.text, bold=stage.question)
    writer.heading(page.answers_title, 2)
    writer.paragraph(page.answers_note, NOTE)
    _answers(writer, page, levels)
    if page.moves:
        _moves(writer, page)
    write_note(writer, page.commentary or page.later_commentary)
    if page.comments or page.later:
        writer.heading(_("In their words"), 2)
    for quote in (*page.comments, *page.later):
        writer.paragraph("\n".join(quote.lines), "Quote", bold=quote.question)


def _verdict(writer: Writer, page: PillarPage) -> None:
    level = _("No level") if page.level is None else f"{page.level}, {page.level_name}"
    if page.self_declared:
        level = f"{level}, {_('self-declared')}"
    agreement = page.agreement and f"{page.agreement}, {page.band}"
    facts = (level, page.score or _("No score"), page.interval, page.target, page.gap, agreement)
    head = (_("Level"), _("Score"), _("90%% interval") % {}, _("Target"), _("To target"), _("Agreement"))
    writer.table(head, [[fact or DASH for fact in facts]], (50, 18, 27, 18, 30, 27))
    writer.paragraph(page.absent and f"{page.absent}.")


def _answers(writer: Writer, page: PillarPage, levels: SafeString) -> None:
    rows: list[tuple[Text, ...]] = []
    for row in page.rows:
        question = f"{row.text}\n{row.remark}" if row.remark else row.text
        if row.absent:
            rows.append((question, row.absent))
            continue
        columns = (row.columns or _("Not shown"),) if page.draws_columns else ()
        rows.append((question, row.mean, row.dont_know, row.evidence or DASH, *columns))
    head = [_("Question"), _("Mean"), _("Don’t know"), _("Evidence")]
    if not page.draws_columns:
        writer.table(head, rows, (106, 20, 20, 24), figures=(1, 2, 3))
        return
    head.append(_("People at each level"))
    writer.table(head, rows, (87, 19, 15, 22, 27), figures=(1, 2, 3, 4), below={4: levels})


def _moves(writer: Writer, page: PillarPage) -> None:
    writer.heading(_("What to do"), 2)
    head, widths = [_("Move"), _("Person-months"), _("Within")], [115.0, 30.0, 25.0]
    rows = [[move.action, move.months or DASH, move.horizon or DASH] for move in page.moves]
    if page.shows_gains:
        head, widths = [head[0], _("Gain"), *head[1:]], [95.0, 20.0, 30.0, 25.0]
        rows = [[row[0], move.gain or DASH, *row[1:]] for row, move in zip(rows, page.moves, strict=True)]
    writer.table(head, rows, widths, figures=range(1, len(head)))

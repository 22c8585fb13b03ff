"""The first two slides: whose result it is, and what it says."""

from collections.abc import Sequence

from assessments.charts import palette
from assessments.charts.ladder import LadderStep, ladder
from assessments.reports.document import Cover
from assessments.reports.report import Report
from assessments.reports.sections.summary import Summary
from assessments.reports.slides.base import Box
from assessments.reports.slides.writer import ACCENT, MUTED, TEXT, Deck, Page, Para
from assessments.results import LogoImage
from assessments.sentences import gettext as _
from assessments.wording.certainty import certainty
from assessments.wording.explanations.organisation import whole

LOGO = (150.0, 46.0)  # points
ROOMY = 240.0  # points below the title that the facts and the staircase need
STEP_GAP, LOWEST = 4.0, 0.42  # between two steps; the height of the lowest as a share of the highest


def opening_slide(deck: Deck, report: Report, cover: Cover) -> None:
    """The client over the staircase, filled as far as it has climbed, if the template leaves room for it."""
    area, title = deck.area, deck.base.opening_title or deck.base.title
    page = deck.page(cover.organisation, opening=True)
    if deck.base.is_ours:
        page.rule()
        page.text(
            Box(title.x, title.y - 20, title.width - LOGO[0] - 20, 18), [Para(cover.product, size=14, colour=MUTED)]
        )
    top = title.bottom + 6
    page.text(Box(title.x, top, title.width, 26), [Para(cover.assessment_name, size=18)])
    facts = [Para(value, f"{name}:", size=13) for name, value in cover.facts]
    room = max(60.0, area.bottom - top - 36)
    share = 0.45 if room > ROOMY else 1.0
    page.text(Box(title.x, top + 38, title.width, room * share), facts)
    _logos(page, report)
    if room > ROOMY:
        draw_ladder(page, ladder(report), Box(area.x, top + 48 + room * 0.45, area.width, room * 0.55 - 12), named=True)
    page.notes((*certainty(report), _("Self-assessment, not an audit")))


def _logos(page: Page, report: Report) -> None:
    """The consultancy's at the top, at the end of the line; the client's below it."""
    marks = [logo for logo in (report.brand and report.brand.logo, report.client_logo) if logo]
    end, top = page.deck.area.x + page.deck.area.width, 14.0 if page.deck.base.is_ours else page.deck.area.y
    for logo in marks:
        width, height = _size(logo)
        page.picture(logo.png, logo.alt, Box(end - width, top, width, height))
        top += height + 12


def _size(logo: LogoImage) -> tuple[float, float]:
    scale = min(LOGO[0] / logo.width, LOGO[1] / logo.height)
    return logo.width * scale, logo.height * scale


def finding_slide(deck: Deck, report: Report, summary: Summary) -> None:
    """The sentence, the ladder, level and index with their uncertainty, and what follows."""
    page, area = deck.page(summary.finding, _("Summary")), deck.area
    draw_ladder(page, ladder(report), Box(area.x, area.y - 18, area.width, area.height * 0.42))
    top, wide = area.y + area.height * 0.42, area.width / max(1, len(summary.facts.items))
    for place, fact in enumerate(summary.facts.items):
        value = Para(f"{fact.value} {fact.unit}".strip() if fact.value else fact.absent, size=22, bold=True)
        words = [Para(fact.label, size=13, colour=MUTED, after=0), value, Para(fact.note, size=12, colour=MUTED)]
        page.text(Box(area.x + wide * place, top, wide - 16, area.height * 0.33), words)
    if summary.lead:
        page.text(Box(area.x, top + area.height * 0.35, area.width, area.height * 0.22), [Para(summary.lead, size=17)])
    arithmetic = (f"{figure.name}: {'; '.join(figure.lines)}" for figure in whole(report).figures if figure.lines)
    page.notes((f"{summary.finding}.", summary.lead or "", *certainty(report), *arithmetic))


def draw_ladder(page: Page, steps: Sequence[LadderStep], box: Box, *, named: bool = False) -> None:
    """The levels as steps with number and name; `named` leaves out what holds the next one back."""
    if not steps:
        return
    width = (box.width - STEP_GAP * (len(steps) - 1)) / len(steps)
    words = 0.0 if named else 40.0
    for place, step in enumerate(steps):
        share = 1.0 if len(steps) == 1 else LOWEST + (1 - LOWEST) * place / (len(steps) - 1)
        height = (box.height - words) * share
        x, y = box.x + (width + STEP_GAP) * place, box.bottom - words - height
        _step(page, step, Box(x, y, width, height), step.tone)
        if step.note and not named:
            page.text(Box(x, box.bottom - words + 4, width, words - 4), [Para(step.note, size=12, bold=step.current)])


def _step(page: Page, step: LadderStep, box: Box, tone: str) -> None:
    line = {"line": TEXT, "width": 3.0} if step.current else {"line": MUTED, "width": 1.5 if step.next else 0.75}
    fill = palette.FILL[tone] if step.reached else None
    shape = page.rect(box, fill=fill, dashed=step.next, **line)  # type: ignore[arg-type]
    colour = palette.ON_FILL[palette.FILL[tone]] if step.reached else MUTED
    frame_width = box.width - 16
    words = [
        Para(str(step.number), size=18, bold=True, colour=colour, after=0),
        Para(step.name, size=13, bold=step.current, colour=colour, after=0),
    ]
    from assessments.reports.slides.writer import fitted

    kept, scale = fitted(words, frame_width, box.height - 12, left_out=page.deck.shortened)
    page.fill(shape, kept, scale)
    inset = str(8 * 12_700)
    shape.text_frame._txBody.bodyPr.attrib.update(
        {"lIns": inset, "rIns": inset, "tIns": str(6 * 12_700), "bIns": str(4 * 12_700)}
    )
    shape.name = step.name[:60] or ACCENT

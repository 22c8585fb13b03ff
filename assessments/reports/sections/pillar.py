"""A pillar's own pages: where it stands, what the next level asks, the answers, the moves, and what people wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.charts.answers import columns_svg, levels_svg
from assessments.pages.result.next_steps import Move, move
from assessments.reports.blocks import (
    FIGURE,
    SUB,
    Block,
    Cell,
    Column,
    ConsultantNote,
    Fact,
    Facts,
    Heading,
    Quote,
    Quotes,
    Section,
    Stage,
    Stages,
    Styled,
    Table,
    Text,
)
from assessments.reports.commentary import Note, note_of
from assessments.reports.page_fit import comments_that_fit, moves_beside, moves_beside_note
from assessments.reports.report import Paper, Report
from assessments.reports.sections.quotes import later_note, quotes
from assessments.scoring.bank import Bank, Pillar, Question
from assessments.scoring.figures import PillarResult, QuestionResult
from assessments.wording import numbers
from assessments.wording.pillars import answers_note, answers_title, pillar_titles, question_note
from assessments.wording.remarks import BANDS, EVIDENCE, absence, gap, quoted

MOVES = 3


@dataclass(frozen=True)
class AnswerRow:
    """One question: its figures, or the phrase that stands in their place."""

    text: str
    note: str
    views_differ: bool
    absent: str | None
    mean: str | None
    dont_know: str | None
    evidence: str | None
    columns: SafeString | None

    @property
    def remark(self) -> str:
        return ". ".join(part for part in (self.note, "◆ " + _("Views differ") if self.views_differ else "") if part)


@dataclass(frozen=True)
class PillarPage:
    """Everything about one pillar."""

    number: int
    of: int
    name: str
    title: str
    level: int | None
    level_name: str | None
    self_declared: bool
    score: str | None
    interval: str | None
    absent: str | None
    target: str | None
    gap: str
    agreement: str | None
    band: str | None
    here: Stage | None
    next: Stage | None
    answers_title: str
    answers_note: str
    rows: tuple[AnswerRow, ...]
    draws_columns: bool
    moves: tuple[Move, ...]
    shows_gains: bool
    commentary: Note | None = None  # where it fits before the comments
    later_commentary: Note | None = None  # where it begins a second page, with the comments below it
    comments: tuple[Quote, ...] = ()  # those that fit on the page
    later: tuple[Quote, ...] = ()  # the others, which stand at the end of the report
    later_note: str | None = None


def pillar_pages(report: Report) -> tuple[PillarPage, ...]:
    """A page for each pillar in bank order."""
    figures, titles = report.rows, pillar_titles(report)
    return tuple(
        _page(report, pillar, figures[pillar.key], number, titles[pillar.key])
        for number, pillar in enumerate(report.bank.pillars, start=1)
        if pillar.key in figures
    )


def _page(report: Report, pillar: Pillar, row: PillarResult, number: int, title: str) -> PillarPage:
    band = row.agreement.band
    agreement = row.agreement.r_wg_star
    moves = _moves(report, pillar)
    rows = tuple(_answers(report, row, question) for question in row.questions)
    page = PillarPage(
        number=number,
        of=len(report.bank.pillars),
        name=pillar.name,
        title=title,
        level=row.level,
        level_name=None if row.level is None else report.bank.levels[row.level - 1].name,
        self_declared=bool(row.self_declared),
        score=None if row.score is None else numbers.score(row.score),
        interval=None if row.interval is None else numbers.interval(row.interval),
        absent=absence(row) if row.score is None else None,
        target=None if row.target is None else numbers.score(row.target),
        gap=gap(row) if row.target is not None else "",
        agreement=None if agreement is None else numbers.agreement(agreement),
        band=None if band is None else str(BANDS[band]),
        here=_here(report, row),
        next=_next(report.bank, row),
        answers_title=answers_title(report, row),
        answers_note=answers_note(report, row),
        rows=rows,
        draws_columns=any(answer.columns is not None for answer in rows),
        moves=moves,
        shows_gains=any(move.gain for move in moves),
    )
    written = quotes(report, pillar)
    page = replace(page, moves=moves[: moves_beside(page, report.paper, has_comments=bool(written))])
    note = note_of(report.commentary, pillar.key, pillar.name)
    if note is not None:
        page = _with_commentary(page, note, report.paper, has_comments=bool(written))
    return _with_comments(page, written, report.paper)


def _with_commentary(page: PillarPage, note: Note, paper: Paper, *, has_comments: bool) -> PillarPage:
    """A consultant's words beside the figures that they are about, if need be in the place of the last moves."""
    count = moves_beside_note(page, note, paper, has_comments=has_comments)
    if count is None:
        return replace(page, later_commentary=note)
    return replace(page, moves=page.moves[:count], commentary=note)


def _here(report: Report, row: PillarResult) -> Stage | None:
    if row.level is None:
        return None
    level = report.bank.levels[row.level - 1]
    question, median = _first(report.bank, row)
    anchor = question.anchors[median - 1] if question is not None and median is not None else None
    if question is None or anchor is None or question.key not in report.counts:
        return Stage(_("Where you are"), row.level, level.name, None, level.summary, f"l{row.level}")
    return Stage(_("Where you are"), row.level, level.name, quoted(question), anchor, f"l{row.level}")


def _first(bank: Bank, row: PillarResult) -> tuple[Question | None, int | None]:
    """The question that blocks first, and its median answer."""
    if not row.blocking:
        return None, None
    key = row.blocking[0].question
    return bank.questions[key], next(each.low_median for each in row.questions if each.key == key)


def _next(bank: Bank, row: PillarResult) -> Stage | None:
    """The next level as the question describes it that blocks first."""
    question, _median = _first(bank, row)
    if row.level is None or question is None:
        return None
    number = row.level + 1
    text = question.anchors[question.asked(number) - 1] or ""
    return Stage(_("The next level"), number, bank.levels[number - 1].name, quoted(question), text, "to")


def _answers(report: Report, pillar: PillarResult, row: QuestionResult) -> AnswerRow:
    question, counts = report.bank.questions[row.key], report.counts.get(row.key)
    shown = row.key in report.means
    drawn = counts is not None and sum(counts) > 1
    return AnswerRow(
        text=question.text,
        note=question_note(report, pillar, row),
        views_differ=counts is not None and row.key in pillar.agreement.flagged,
        absent=_absent(row, shown=shown),
        mean=None if row.mean is None else numbers.score(row.mean),
        dont_know=str(row.dont_know),
        evidence=None if row.evidence is None else str(EVIDENCE[row.evidence]),
        columns=columns_svg(counts, question.short or question.text, levels=False) if drawn and counts else None,
    )


def _absent(row: QuestionResult, *, shown: bool) -> str | None:
    """The phrase over the whole row where there is no mean, or where it may not be shown."""
    if row.state == "not_applicable":
        return _("Not applicable")
    if row.n == 0:
        return _("No one could answer") if row.dont_know else _("No one answered")
    return None if shown else _("Not shown: too few people answered")


def _moves(report: Report, pillar: Pillar) -> tuple[Move, ...]:
    keys = {question.key for question in pillar.questions}
    found = [priority for priority in report.result.priorities if priority.question in keys][:MOVES]
    return tuple(move(report, priority) for priority in found)


def _with_comments(page: PillarPage, written: list[Quote], paper: Paper) -> PillarPage:
    """The comments that fit below their pillar, or the words about it, stay there: others would end alone on a page."""
    fit = comments_that_fit(page, written, paper)
    here, later = tuple(written[:fit]), tuple(written[fit:])
    return replace(page, comments=here, later=later, later_note=later_note(later, others=bool(fit)))


def late_comments(pages: Sequence[PillarPage]) -> Section | None:
    """The comments that did not fit beside their pillars."""
    late = [page for page in pages if page.later]
    if not late:
        return None
    blocks: list[Block] = [Text(_("In the order of the questions, each as it was written"), SUB)]
    for page in late:
        blocks += [Heading(page.name), Quotes(page.later)]
    return Section("words", _("In their words"), _("More comments"), tuple(blocks))


def pillar_section(page: PillarPage, *, whole: bool = False) -> Section:
    """The page in blocks. `whole`: with what stands elsewhere on paper."""
    kicker = _("Pillar %(number)s of %(of)s: %(name)s") % {"number": page.number, "of": page.of, "name": page.name}
    stages = tuple(stage for stage in (page.here, page.next) if stage is not None)
    blocks: list[Block] = [Facts(_facts(page))]
    blocks += [Text(f"{page.absent}.", "absence")] if page.absent else []
    blocks += [Stages(stages)] if stages else []
    blocks += [Heading(page.answers_title), Text(page.answers_note, SUB), _answer_table(page)]
    blocks += [Heading(_("What to do")), _move_table(page)] if page.moves else []
    return Section("pillar", kicker, page.title, (*blocks, *_written(page, whole=whole)))


def _facts(page: PillarPage) -> tuple[Fact, ...]:
    level = f"{page.level_name}, {_('self-declared')}" if page.self_declared else page.level_name or ""
    interval = (_("90%% interval %(interval)s") % {"interval": page.interval},) if page.interval else ()
    of = _("of 5")
    return (
        Fact(_("Level"), None if page.level is None else str(page.level), (level,), of, _("No level")),
        Fact(_("Score"), page.score, interval, of, _("No score")),
        Fact(_("Target"), page.target, (page.gap,) if page.gap else (), absent=_("None set")),
        Fact(_("Agreement"), page.agreement, (page.band,) if page.band else (), absent=_("Fewer than three people")),
    )


def _answer_table(page: PillarPage) -> Table:
    columns = [Column("question", _("Question"), 106), Column("mean", _("Mean"), 20, FIGURE)]
    columns += [Column("dont_know", _("Don’t know"), 20, FIGURE), Column("evidence", _("Evidence"), 24, FIGURE)]
    if page.draws_columns:
        widths = (87, 19, 15, 22)
        columns = [replace(column, width=width) for column, width in zip(columns, widths, strict=True)]
        columns.append(Column("people", _("People at each level"), 27, FIGURE, levels_svg()))
    rows = tuple(_answer(page, row) for row in page.rows)
    look = "q drawn" if page.draws_columns else "q"
    return Table("answers", page.answers_title, tuple(columns), rows, look=look)


def _answer(page: PillarPage, row: AnswerRow) -> tuple[Cell, ...]:
    question = Styled(row.text, remark=row.remark)
    if row.absent:
        return question, Styled(row.absent, "absent")
    columns = (row.columns or Styled(_("Not shown"), "muted"),) if page.draws_columns else ()
    return question, Styled(row.mean, "strong"), row.dont_know, row.evidence, *columns


def _move_table(page: PillarPage) -> Table:
    rest = (Column("months", _("Person-months"), 30, FIGURE), Column("horizon", _("Within"), 25, FIGURE))
    gains = page.shows_gains
    gain = (Column("gain", _("Gain"), 20, FIGURE),) if gains else ()
    columns = (Column("action", _("Move"), 95 if gains else 115), *gain, *rest)
    rows = tuple((each.action, *((each.gain,) if gains else ()), each.months, each.horizon) for each in page.moves)
    return Table("moves", _("What to do"), columns, rows, look="acts")


def _written(page: PillarPage, *, whole: bool) -> list[Block]:
    """What a consultant and the people wrote, and a line about comments that stand at the end."""
    later: list[Block] = [Text(page.later_note, "small muted later")] if page.later_note and not whole else []
    quotes = (*page.comments, *page.later) if whole else page.comments
    blocks: list[Block] = [ConsultantNote(page.commentary)] if page.commentary else []
    if page.later_commentary:
        blocks += [*([] if quotes else later), ConsultantNote(page.later_commentary, "beside" if whole else "away")]
    if quotes:
        return [*blocks, Heading(_("In their words")), Quotes(quotes), *later]
    return blocks if page.later_commentary else [*blocks, *later]

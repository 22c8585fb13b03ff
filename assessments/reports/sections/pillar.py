"""The page of a pillar: level, next level, answers, moves, commentary and comments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assessments.charts.palette import tone
from assessments.pages.result.next_steps import Move, move
from assessments.reports.blocks import (
    FIGURE,
    SUB,
    Block,
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
    Table,
    Text,
)
from assessments.reports.commentary import note_of
from assessments.reports.page_fit import BETWEEN, ROOM, beside, height, measured, more_space, top
from assessments.reports.report import Paper, Report
from assessments.reports.section_fit import in_columns
from assessments.reports.sections.pillar_answers import answer_table
from assessments.reports.sections.quotes import late_note, quotes
from assessments.scoring.bank import Bank, Pillar, Question
from assessments.scoring.figures import PillarResult
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.pillars import answers_note, answers_title, pillar_titles
from assessments.wording.remarks import (
    BANDS,
    absence,
    following,
    gap,
    level_shown,
    median_answer,
    quoted,
)

MAX_MOVES = 3
ACROSS = 170  # mm between the margins


@dataclass(frozen=True)
class PillarSection:
    """A pillar's page; comments that do not fit on it are `late` and appear at the end of the report."""

    name: str
    section: Section
    late: tuple[Quote, ...] = ()


def pillar_sections(report: Report, *, whole: bool = False) -> tuple[PillarSection, ...]:
    """One section per pillar in bank order. `whole`: no limit per page, so nothing is left out or moved."""
    figures, titles, count = report.rows, pillar_titles(report), len(report.bank.pillars)
    kicker = _("Pillar %(number)s of %(of)s: %(name)s")
    pages = [
        _section(
            report,
            pillar,
            Section(
                "pillar",
                kicker % {"number": number, "of": count, "name": pillar.name},
                titles[pillar.key],
                tuple(_figures(report, figures[pillar.key])),
            ),
            whole=whole,
        )
        for number, pillar in enumerate(report.bank.pillars, start=1)
        if pillar.key in figures
    ]
    return tuple(pages if whole else _spaced(pages, ROOM[report.paper]))


def _spaced(pages: Sequence[PillarSection], room: float) -> Iterator[PillarSection]:
    """Neighbours that fit on a page share it; the others get more space if each of them has room for it."""
    heights = [top(page.section.title) + height(page.section.blocks) for page in pages]
    pairs = [one + two + BETWEEN <= room for one, two in pairwise(heights)]
    short = [before or after for before, after in zip([False, *pairs], [*pairs, False], strict=True)]
    spacious = all(
        is_short or used + more_space(page.section.blocks) <= room
        for page, used, is_short in zip(pages, heights, short, strict=True)
    )
    looks = ["short" if is_short else "airy" * spacious for is_short in short]
    return (replace(page, section=replace(page.section, look=look)) for page, look in zip(pages, looks, strict=True))


def late_comments(pillars: Sequence[PillarSection]) -> Section | None:
    """The comments that do not fit on the pages of their pillars."""
    blocks: list[Block] = [Text(_("In the order of the questions, each as it was written"), SUB)]
    for pillar in pillars:
        blocks += [Heading(pillar.name), in_columns(Quotes(pillar.late))] if pillar.late else []
    return Section("words", _("In their words"), _("More comments"), tuple(blocks)) if len(blocks) > 1 else None


def _section(report: Report, pillar: Pillar, section: Section, *, whole: bool) -> PillarSection:
    moves, written = _moves(report, pillar), tuple(quotes(report, pillar))
    note = note_of(report.commentary, pillar.key, pillar.name)
    if whole:
        told = (*_move_blocks(moves, report.paper), *([ConsultantNote(note)] if note else []), *_words(written))
        return PillarSection(pillar.name, replace(section, blocks=(*section.blocks, *told)))
    page, used = ROOM[report.paper], top(section.title) + height(section.blocks)
    steps = [_move_blocks(moves[:count], report.paper) for count in range(len(moves), min(1, len(moves)) - 1, -1)]
    told, beside, room = _told(steps, ConsultantNote(note) if note else None, page - used, has_words=bool(written))
    if note and not beside:
        told, room = (*told, ConsultantNote(note, "away")), page - height([ConsultantNote(note)])
    count = _fitting(written, room)
    late, words = late_note(written[count:], others=bool(count)), _words(written[:count])
    last = (Text(late, LATE),) if late else ()
    if note and not beside and not count:  # the line about the comments stays on the first page
        told, last = (*told[:-1], *last, told[-1]), ()
    return PillarSection(pillar.name, replace(section, blocks=(*section.blocks, *told, *words, *last)), written[count:])


LATE = "later"


def _told(
    steps: Sequence[tuple[Block, ...]], note: ConsultantNote | None, room: float, *, has_words: bool
) -> tuple[tuple[Block, ...], bool, float]:
    """Return the first of the `steps` that fits, else the last, with the note if it fits; whether it does; and the
    remaining room. Comments need a heading and a line, or only the line that says where they are."""
    heading = () if note else (Heading(""), Quotes(()))
    line = height([*heading, Text("", LATE)]) if has_words else 0
    for moves in steps:
        blocks = (*moves, *([note] if note else []))
        if height(blocks) + line <= room:
            return blocks, True, room - height(blocks)
    if note is None:
        return steps[-1], False, room - height(steps[-1])
    blocks, _fits, room = _told(steps, None, room, has_words=has_words)
    return blocks, False, room


def _fitting(written: Sequence[Quote], room: float) -> int:
    """How many comments fit, with a line about the others if there are any."""
    if height(_words(written)) <= room:
        return len(written)
    line, counts = height([Text("", LATE)]), range(len(written) - 1, 0, -1)
    return next((count for count in counts if height(_words(written[:count])) + line <= room), 0)


def _words(written: Sequence[Quote]) -> tuple[Block, ...]:
    return (Heading(_("In their words")), Quotes(tuple(written))) if written else ()


def _figures(report: Report, row: PillarResult) -> list[Block]:
    stages = tuple(stage for stage in (_here(report, row), _next(report.bank, row)) if stage is not None)
    absent, title = absence(row) if row.score is None else None, answers_title(report, row)
    blocks: list[Block] = [Facts(_facts(report, row))]
    blocks += [Text(f"{absent}.", "absence")] if absent else []
    blocks += [Stages(stages)] if stages else []
    about = answers_note(report, row)
    answers = [beside(about, table) for table in answer_table(report, row, title)]
    return [*blocks, Heading(title), Text(about, SUB), *answers]


def _facts(report: Report, row: PillarResult) -> tuple[Fact, ...]:
    bank = report.bank
    of, out_of = (
        _("of %(highest)s") % {"highest": end}
        for end in (bank.level_number(len(bank.levels)), numbers.point(bank.scale.high))
    )
    name = "" if row.level is None else report.bank.levels[row.level - 1].name
    name = f"{name}, {_('self-declared')}" if row.self_declared else name
    interval = row.interval and _("90%% interval %(interval)s") % {"interval": numbers.interval(row.interval)}
    target = None if row.target is None else numbers.score(row.target)
    figures = (
        _fact(_("Level"), level_shown(report.bank, row), name, _("No level"), of),
        _fact(_("Score"), None if row.score is None else numbers.score(row.score), interval, _("No score"), out_of),
    )
    return (
        *(figures if bank.format == 1 else reversed(figures)),  # a model's own figure first
        _fact(_("Target"), target, gap(row) if target else None, _("None set")),
        *([_agreement(row)] if any(each.agreement.band for each in report.result.pillars) else []),
    )


def _agreement(row: PillarResult) -> Fact:
    band, agreement = row.agreement.band, row.agreement.r_wg_star
    value = None if agreement is None else numbers.agreement(agreement)
    return _fact(_("Agreement"), value, band and str(BANDS[band]), _("Fewer than three people"))


def _fact(label: str, value: str | None, note: str | None, absent: str, unit: str = "") -> Fact:
    return Fact(label, value, (note,) if note else (), unit, absent)


def _here(report: Report, row: PillarResult) -> Stage | None:
    if row.level is None:
        return None
    level = report.bank.levels[row.level - 1]
    question, look = _first(report.bank, row), f"l{tone(row.level, len(report.bank.levels))}"
    counts = None if question is None else report.counts.get(question.key)
    if question is None or counts is None or not any(counts):
        return Stage(
            _("Where you are"), report.bank.level_number(row.level), level.name, None, level.summary or "", look
        )
    answer = question.texts[median_answer(counts) - 1] or ""
    return Stage(_("Where you are"), report.bank.level_number(row.level), level.name, quoted(question), answer, look)


def _first(bank: Bank, row: PillarResult) -> Question | None:
    """The first blocking question."""
    return bank.questions[row.blocking[0].question] if row.blocking else None


def _next(bank: Bank, row: PillarResult) -> Stage | None:
    """The next level as described by the first blocking question."""
    question = _first(bank, row)
    if row.level is None or question is None:
        return None
    number = following(bank, row)
    text = question.texts[question.reaching(number) - 1] or ""
    return Stage(
        _("The next level"), bank.level_number(number), bank.levels[number - 1].name, quoted(question), text, "to"
    )


def _moves(report: Report, pillar: Pillar) -> tuple[Move, ...]:
    keys = {question.key for question in pillar.questions}
    first = [priority for priority in report.result.priorities if priority.question in keys][:MAX_MOVES]
    return tuple(move(report, priority) for priority in first)


def _move_blocks(moves: Sequence[Move], paper: Paper) -> tuple[Block, ...]:
    """The table of moves, without empty columns: a gain may be hidden, and a discussion takes no months."""
    if not moves:
        return ()
    figures = (
        (Column("gain", _("Index"), 20, FIGURE), [each.gain for each in moves]),
        (Column("months", _("Person-months"), 30, FIGURE), [each.months for each in moves]),
        (Column("horizon", _("Within"), 25, FIGURE), [each.horizon for each in moves]),
    )
    shown = [(column, cells) for column, cells in figures if any(cells)]
    columns = (
        Column("action", "", ACROSS - sum(column.width for column, _cells in shown)),
        *(column for column, _cells in shown),
    )
    rows = tuple(zip([each.action for each in moves], *(cells for _column, cells in shown), strict=True))
    name = _("What to do")
    return Heading(name), beside(name, measured(Table("moves", name, columns, rows, look="acts"), paper))

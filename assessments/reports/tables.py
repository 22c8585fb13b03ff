"""A result as plain tables for workbook, CSV and JSON, limited to what the reader may see.

Figures are unrounded unless that would reveal a hidden one; missing or hidden values are None.
"""

from collections.abc import Iterator
from dataclasses import replace

from assessments.pages.result.agreed import note
from assessments.reports.blocks import DAY, ONE, SHARE, TWO, WHOLE, Cell, Column, Table
from assessments.reports.precision import SHARES, ends, told
from assessments.reports.response_tables import (
    answers_table,
    commentary_table,
    comments_table,
    evidence_table,
    reasons_table,
)
from assessments.reports.sections.agreed import agreed_tables
from assessments.reports.sections.change import change_table
from assessments.reports.sections.pulse import pulse_change_tables
from assessments.reports.sections.trend import trend_table
from assessments.reports.sections.units import units_table
from assessments.results import AssessmentResult, notes_on_origin
from assessments.scoring.bank import LEVELS, Bank
from assessments.scoring.figures import PillarResult, QuestionResult
from assessments.sentences import gettext as _, pgettext
from assessments.wording import numbers
from assessments.wording.credit import credits, named
from assessments.wording.next_steps import views_differ
from assessments.wording.remarks import EVIDENCE, interviews

type Fact = tuple[str, Cell] | tuple[str, Cell, str]  # name, value, number format in a workbook


def tables(result: AssessmentResult) -> tuple[Table, ...]:
    """All tables of an assessment that this reader may see."""
    if result.assessment.is_pulse:
        return _pulse_tables(result)
    change, trend = change_table(result), trend_table(result.view)
    groups = [_groups(result)] if result.bank.groups else []
    sheets = [
        _about(result),
        _pillars(result),
        *groups,
        _questions(result),
        _moves(result),
        *((change,) if change else ()),
        *((trend,) if trend else ()),
        *((units_table(result.bank, result.units),) if result.units else ()),
    ]
    sheets += [*agreed_tables(result), comments_table(result), reasons_table(result), evidence_table(result)]
    sheets += [commentary_table(result)] if result.commentary else []
    return (*sheets, answers_table(result)) if is_open(result) else tuple(sheets)


def _pulse_tables(result: AssessmentResult) -> tuple[Table, ...]:
    """The same of a pulse: its questions, and how they changed since they were last answered."""
    asked, everything = result.bank.limited_to(result.assessment.subset).questions, _questions(result)
    questions = replace(everything, rows=tuple(row for row in everything.rows if row[1] in asked))
    texts = comments_table(result), reasons_table(result), evidence_table(result)
    answers = (answers_table(result),) if is_open(result) else ()
    return (_about(result), *pulse_change_tables(result), questions, *texts, *answers)


def is_open(result: AssessmentResult) -> bool:
    """Whether individual answers may be shown: of a named assessment to those who run it, or a single person's own."""
    alone = len(result.answers.respondents) == 1 and not result.confidential and not result.assessment.is_named
    return bool(result.names) or alone


def _about(result: AssessmentResult) -> Table:
    scored, assessment, overall = result.result, result.assessment, result.result.overall
    coarse = bool(result.seen.closed)
    index, weights = (ends(pair, coarse=coarse) for pair in (overall.interval, overall.weight_range))
    facts: list[Fact] = [
        (_("Organisation"), assessment.organisation.name),
        (_("Assessment"), assessment.name),
        (_("Question bank"), named(result.bank)),
        *credits(result.bank),
        (_("Method"), scored.engine),
        (_("People who answered"), scored.answered),
        (_("People invited"), scored.invited),
        *_interviews(result),
        (_("People who practised on examples"), result.frozen.calibrated),
        (_("People who rated last time again"), result.frozen.then_people),
        (_("Last time as seen now, difference"), result.frozen.then_shift, TWO),
        (_("Half of its 90%% interval") % {}, result.then_margin, TWO),
        (_("Level"), overall.level),
        (_("Index, %(scale)s") % {"scale": numbers.ends(result.bank.scale)}, told(overall.index, coarse=coarse), TWO),
        (_("Index, 90%% interval, from") % {}, index[0], TWO),
        (_("Index, 90%% interval, to") % {}, index[1], TWO),
        (_("Index with weights ±25%, from"), weights[0], TWO),
        (_("Index with weights ±25%, to"), weights[1], TWO),
        (_("Share of questions answered"), told(overall.coverage, coarse=coarse, places=SHARES), SHARE),
        (_("Why there is no index or level"), overall.reason),
        (_("Scored on"), result.frozen.frozen_at.astimezone(assessment.organisation.zone).date(), DAY),
        *((pgettext("of a result", "Origin"), note) for note in notes_on_origin(result.frozen)),
        (_("Checksum of the bank"), scored.bank_checksum),
        (_("Checksum of the result"), result.frozen.checksum),
        (_("What this is"), _("A self-assessment, not an audit: how the people who answered see their organisation.")),
        (_("What is shown"), _disclosed(result)),
        *_rounding(result),
        *([] if result.agreed is None else [(_("Individual and agreed"), note(len(result.agreed.answers)))]),
    ]
    columns = (Column("fact", _("About"), 34), Column("value", _("Value"), 60))
    styles = tuple(style[0] if style else WHOLE for _name, _value, *style in facts)
    return Table("about", _("About"), columns, tuple(fact[:2] for fact in facts), styles=styles)


def _interviews(result: AssessmentResult) -> list[Fact]:
    """Empty if everyone answered alone."""
    recorded = interviews(*result.interviews)
    return [] if recorded is None else [(_("Interviews"), recorded)]


def _disclosed(result: AssessmentResult) -> str:
    if is_open(result):
        return _("Every answer.")
    if result.assessment.is_named:
        return _(
            "Every figure. Individual answers, comments and evidence are only for the people who manage the assessment."
        )
    return _(
        "A question’s average is shown once three people have answered it, the number of people at each level once "
        "five have; comments and evidence, without names, once three have. Individual answers are confidential."
    )


def _rounding(result: AssessmentResult) -> list[Fact]:
    """Which figures are rounded, and why; empty if none are."""
    hidden = result.seen.closed
    if not hidden:
        return []
    names = numbers.joined([pillar.name for pillar in result.bank.pillars if pillar.key in hidden])
    text = _(
        "The figures of %(pillars)s and of the index are rounded as on the page, and some are left out: too few people "
        "answered one of the questions, and exact figures would tell how. All other figures are exact."
    )
    return [(_("Rounding"), text % {"pillars": names})]


def _pillars(result: AssessmentResult) -> Table:
    columns = (
        Column("pillar", _("Pillar"), 18),
        Column("weight", _("Weight"), 8),
        Column("status", _("Status"), 14),
        Column("level", _("Level"), 8),
        Column("self_declared", _("Self-declared"), 12),
        Column("score", _("Score"), 8, TWO),
        Column("interval_low", _("90%% interval, from") % {}, 16, TWO),
        Column("interval_high", _("90%% interval, to") % {}, 16, TWO),
        Column("bound_low", _("Bounds, from"), 12, TWO),
        Column("bound_high", _("Bounds, to"), 12, TWO),
        Column("target", _("Target"), 8, ONE),
        Column("gap", _("Below target"), 12, TWO),
        Column("gap_within_error", _("No clear gap"), 12),
        Column("coverage", _("Coverage"), 10, SHARE),
        Column("dont_know", _("Don’t know"), 11),
        Column("not_applicable", _("Not applicable"), 13),
        Column("evidence", _("Backed by evidence"), 17, SHARE),
        Column("agreement", _("Agreement (r*wg)"), 16, TWO),
        Column("respondents", _("People"), 8),
    )
    rows, hidden = {row.key: row for row in result.result.pillars}, result.seen.closed
    scored = [(pillar, rows[pillar.key]) for pillar in result.bank.pillars if pillar.key in rows]
    lines = tuple(_pillar(p.name, p.weight, row, coarse=p.key in hidden) for p, row in scored)
    return Table("pillars", _("Pillars"), columns, lines)


def _pillar(name: str, weight: float, row: PillarResult, *, coarse: bool) -> tuple[Cell, ...]:
    return (
        name,
        weight,
        row.status,
        row.level,
        row.self_declared,
        told(row.score, coarse=coarse),
        *ends(row.interval, coarse=coarse),
        *ends(row.bounds, coarse=coarse),
        row.target,
        told(row.gap, coarse=coarse),
        row.gap_within_error,
        told(row.coverage, coarse=coarse, places=SHARES),
        sum(question.dont_know for question in row.questions),
        sum(question.not_applicable for question in row.questions),
        told(row.evidence_coverage, coarse=coarse, places=SHARES),
        row.agreement.r_wg_star,
        row.respondents,
    )


def _groups(result: AssessmentResult) -> Table:
    columns = (
        Column("group", _("Group"), 24),
        Column("weight", _("Weight"), 8),
        Column("score", _("Score"), 8, TWO),
        Column("coverage", _("Coverage"), 10, SHARE),
    )
    rows, hidden = {row.key: row for row in result.result.groups}, result.seen.closed
    coarse = {pillar.group for pillar in result.bank.pillars if pillar.key in hidden}
    lines = tuple(
        (
            group.name,
            group.weight,
            told(rows[group.key].score, coarse=group.key in coarse),
            told(rows[group.key].coverage, coarse=group.key in coarse, places=SHARES),
        )
        for group in result.bank.groups
        if group.key in rows
    )
    return Table("groups", _("Groups"), columns, lines)


def _answer_columns(bank: Bank) -> tuple[Column, ...]:
    """How many people gave each answer: by level in format 1, by the number of the answer in format 2."""
    if bank.format == 1:
        return tuple(Column(f"level_{n}", _("Level %(n)d") % {"n": n}, 8) for n in LEVELS)
    most = max(len(question.texts) for question in bank.questions.values())
    return tuple(Column(f"answer_{n}", _("Answer %(n)d") % {"n": n}, 8) for n in range(1, most + 1))


def _questions(result: AssessmentResult) -> Table:
    answers = _answer_columns(result.bank)
    columns = (
        Column("pillar", _("Pillar"), 18),
        Column("key", _("Key"), 24),
        Column("question", _("Question"), 60),
        Column("essential_at", _("Essential at level"), 16),
        Column("state", _("State"), 14),
        Column("n", _("Answers"), 9),
        Column("mean", _("Mean"), 8, TWO),
        Column("middle", _("Median answer"), 13),
        *answers,
        Column("dont_know", _("Don’t know"), 11),
        Column("not_applicable", _("Not applicable"), 13),
        Column("evidence", _("Evidence"), 14),
        Column("views_differ", _("Views differ"), 12),
        Column("blocks", _("Blocks the next level"), 18),
    )
    rows = tuple(
        _question(result, pillar, row, len(answers)) for pillar in result.result.pillars for row in pillar.questions
    )
    return Table("questions", _("Questions"), columns, rows, identity=3)


def _question(result: AssessmentResult, pillar: PillarResult, row: QuestionResult, answers: int) -> tuple[Cell, ...]:
    question, name = result.bank.questions[row.key], result.bank.pillar_of[row.key].name
    blocks = row.key in {blocker.question for blocker in pillar.blocking} if _shows_blockers(result, pillar) else None
    head: tuple[Cell, ...] = (name, row.key, question.text, question.essential_at)
    if row.key not in result.means:
        return (*head, _("Not shown"), *(None,) * (7 + answers), blocks)
    evidence = None if row.evidence is None else str(EVIDENCE[row.evidence])
    differ = row.key in pillar.agreement.flagged if row.key in result.counts else None
    given: tuple[Cell, ...] = result.counts.get(row.key, ())
    counts = (*given, *(None,) * (answers - len(given)))
    figures: tuple[Cell, ...] = (row.state, row.n, row.mean, row.low_median, *counts)
    return (*head, *figures, row.dont_know, row.not_applicable, evidence, differ, blocks)


def _shows_blockers(result: AssessmentResult, pillar: PillarResult) -> bool:
    """Whether the blocking questions of the pillar may be shown."""
    extent = result.seen.extents.get(pillar.key)
    return extent is None or extent.blockers


def _moves(result: AssessmentResult) -> Table:
    columns = (
        Column("rank", _("Rank"), 6),
        Column("pillar", _("Pillar"), 18),
        Column("key", _("Key"), 24),
        Column("question", _("Question"), 50),
        Column("action", _("Move"), 60),
        Column("why", _("Why"), 20),
        Column("gain", _("Gain, points of 100"), 18, TWO),
        Column("effort", _("Person-months"), 14, ONE),
        Column("horizon", _("Within"), 10),
        Column("owner", _("Proposed owner"), 24),
    )
    return Table("moves", _("Moves"), columns, tuple(_ranked(result)), identity=4)


def _ranked(result: AssessmentResult) -> Iterator[tuple[Cell, ...]]:
    for rank, move in enumerate(result.result.priorities, start=1):
        question, pillar = result.bank.questions[move.question], result.bank.pillar_of[move.question]
        gain = move.gain if move.question in result.means else None
        head = (rank, pillar.name, move.question, question.text)
        unknown = move.why == "agree_on_the_facts" and not views_differ(result.view, move)
        yield (
            *head,
            move.action,
            "find_out_first" if unknown else move.why,
            gain,
            move.effort,
            move.horizon,
            move.owner,
        )

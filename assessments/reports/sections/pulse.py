"""What changed in a pulse, as tables."""

from assessments.reports.blocks import TWO, Cell, Column, Table
from assessments.results import AssessmentResult, change_of
from assessments.scoring.pulse import PulseChange
from assessments.sentences import gettext as _


def pulse_change_tables(result: AssessmentResult) -> tuple[Table, Table]:
    """The change of each pillar and of each question since they were last answered; None where it may not be shown."""
    change = change_of(result)
    return _pillars(result, change), _questions(result, change)


def _pillars(result: AssessmentResult, change: PulseChange) -> Table:
    columns = (
        Column("pillar", _("Pillar"), 18),
        Column("key", _("Key"), 18),
        Column("change", _("Change"), 10, TWO),
        Column("interval_low", _("90%% interval, from") % {}, 16, TWO),
        Column("interval_high", _("90%% interval, to") % {}, 16, TWO),
        Column("clear", _("Clear change"), 12),
    )
    names = {pillar.key: pillar.name for pillar in result.bank.pillars}
    rows = [(names[row.key or ""], row.key, row) for row in change.pillars] + [(_("Together"), None, change.overall)]
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (name, key, row.delta, *(row.interval or (None, None)), row.real) for name, key, row in rows
    )
    return Table("pulse_pillars", _("Change by pillar"), columns, cells)


def _questions(result: AssessmentResult, change: PulseChange) -> Table:
    columns = (
        Column("pillar", _("Pillar"), 18),
        Column("key", _("Key"), 24),
        Column("question", _("Question"), 60),
        Column("before", _("Mean last time"), 14, TWO),
        Column("after", _("Mean now"), 12, TWO),
        Column("change", _("Change"), 10, TWO),
    )
    bank = result.bank
    rows = tuple(
        (bank.pillar_of[row.key].name, row.key, bank.questions[row.key].text, row.before, row.after, row.delta)
        for row in change.questions
    )
    return Table("pulse_questions", _("Change by question"), columns, rows, identity=3)

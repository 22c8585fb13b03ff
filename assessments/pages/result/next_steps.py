"""What keeps the organisation from the next level, and the moves that matter most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from django.utils.safestring import SafeString

from assessments.charts.answers import columns_svg
from assessments.scoring.effects import Effect, effects
from assessments.scoring.figures import Blocker, PillarResult, Priority
from assessments.scoring.organisation import applicable, gate_of_pillars
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.effects import effect_sentence
from assessments.wording.findings import is_at_the_top
from assessments.wording.needs import level_needs
from assessments.wording.next_steps import Limit, action, blocker_reason, limit_of, moves_note, moves_title, why
from assessments.wording.numbers import optional
from assessments.wording.pillars import pillar_titles
from assessments.wording.remarks import remark

SHOWN, LISTED, MOVES = 3, 12, 5  # blockers shown at once, and in all with those behind a disclosure; moves


@dataclass(frozen=True)
class BlockerRow:
    """One question, why it blocks, and its answers if they may be shown."""

    key: str
    pillar: str
    question: str
    reason: str
    views_differ: bool
    columns: SafeString | None


@dataclass(frozen=True)
class Lacking:
    """A pillar without a level, and the reason."""

    pillar: str
    why: str


@dataclass(frozen=True)
class Blockers:
    """The first rows, and the others behind a disclosure; with `several` pillars each row names its own.

    Without a level there are no rows, only the pillars that lack one.
    """

    title: str
    note: str
    rows: tuple[BlockerRow, ...]
    more: tuple[BlockerRow, ...]
    more_label: str
    several: bool
    lacking: tuple[Lacking, ...] = ()


def blockers(view: ResultView) -> Blockers:
    """The blockers of the pillars that limit the level, the first of each pillar before the second of any."""
    limit, result = limit_of(view), view.result
    pillars = [pillar for pillar in result.pillars if limit is not None and pillar.key in limit.pillars]
    in_turn = _in_turn([(pillar, pillar.blocking) for pillar in pillars])
    rows = [blocker_row(view, pillar, blocker) for pillar, blocker in in_turn[:LISTED]]
    drawn = any(row.columns is not None for row in rows[:SHOWN])
    return Blockers(
        title=_title(view, limit),
        note=_note(view, limit, drawn=drawn, named=bool(rows)),
        rows=tuple(rows[:SHOWN]),
        more=tuple(rows[SHOWN:LISTED]),
        more_label=_more(len(in_turn)),
        several=len(pillars) > 1,
        lacking=tuple(_lacking(view)),
    )


def _in_turn(blocking: Sequence[tuple[PillarResult, Sequence[Blocker]]]) -> list[tuple[PillarResult, Blocker]]:
    columns = [[(pillar, blocker) for blocker in blockers_] for pillar, blockers_ in blocking]
    return [pair for pair in chain.from_iterable(zip_longest(*columns)) if pair is not None]


def blocker_row(view: ResultView, pillar: PillarResult, blocker: Blocker) -> BlockerRow:
    """One blocker in words and columns."""
    question, counts = view.bank.questions[blocker.question], view.counts.get(blocker.question)
    return BlockerRow(
        key=question.key,
        pillar=view.bank.pillar_of[question.key].name,
        question=question.text,
        reason=blocker_reason(view, pillar, blocker),
        views_differ=question.key in pillar.agreement.flagged and counts is not None,
        columns=None if counts is None or sum(counts) < 2 else columns_svg(view.bank, question, counts),
    )


def _title(view: ResultView, limit: Limit | None) -> str:
    if limit is None:
        if view.result.overall.level is None:
            return _("What a level still needs")
        if is_at_the_top(view.bank, view.result):
            return _("Nothing blocks a higher level: there is none")
        return _("Too few people answered to show what blocks the next level")
    if len(limit.pillars) == 1:
        return pillar_titles(view)[limit.pillars[0]]
    params = {"next": numbers.level(view.bank, limit.level + 1), "organisation": view.organisation}
    return _("What keeps %(organisation)s from %(next)s") % params


def _note(view: ResultView, limit: Limit | None, *, drawn: bool, named: bool) -> str:
    if limit is None:
        return level_needs() if view.result.overall.level is None else ""
    spread = gate_of_pillars(view.bank).spread
    if limit.counted == 1:
        rule = ""
    elif limit.rule == "lowest" and spread is not None:
        text = ngettext(
            "An organisation is at most %(count)s level above its lowest pillar.",
            "An organisation is at most %(count)s levels above its lowest pillar.",
            spread,
        )
        rule = text % {"count": numbers.in_words(spread)}
    else:
        rule = _("The level of an organisation follows from how many of its pillars have reached it, by weight.")
    if not named:
        return (_("%(rule)s Too few people answered to name the questions that block.") % {"rule": rule}).strip()
    return (_("%(rule)s Number of people by answer") % {"rule": rule}).strip() if drawn else rule


def _lacking(view: ResultView) -> Iterator[Lacking]:
    """Each pillar without a level; empty if nobody answered, because the reason would be the same for each."""
    if view.result.overall.level is not None or view.result.answered == 0:
        return
    for pillar, row in applicable(view.bank, view.result.pillars):
        if row.level is None:
            unscored = _("%(share)s answered: no score") % {"share": numbers.coverage(row.coverage or 0)}
            yield Lacking(pillar.name, unscored if row.score is None else remark(view.bank, row, few_people=True))


def _more(everything: int) -> str:
    count = min(everything, LISTED) - SHOWN
    if count < 1:
        return ""
    if everything > LISTED:
        return _("The next %(count)s of %(all)s questions") % {"count": numbers.in_words(count), "all": everything}
    text = ngettext("%(count)s more question", "%(count)s more questions", count)
    return numbers.capitalised(text % {"count": numbers.in_words(count)})


@dataclass(frozen=True)
class Move:
    """One move as text; None for what the bank does not have or what may not be shown."""

    question: str  # its key
    pillar: str
    action: str
    why: str
    effect: str | None
    gain: str | None  # in points of the index
    effort: str | None
    months: str | None
    owner: str | None
    horizon: str | None

    @property
    def with_effect(self) -> str:
        """The action, and what it changes."""
        return self.action if self.effect is None else _("%(action)s. %(effect)s") % vars(self)


@dataclass(frozen=True)
class Moves:
    """The first moves, five by default."""

    title: str
    note: str
    rows: tuple[Move, ...]


def moves(view: ResultView, *, shown: int = MOVES) -> Moves:
    """The first `shown` priorities of the organisation."""
    first = view.result.priorities[:shown]
    found = effects(view.bank, view.seen, [priority.question for priority in first])
    rows = tuple(move(view, priority, found.get(priority.question)) for priority in first)
    return Moves(
        title=moves_title(view.bank, first),
        note=moves_note(view, first, effects=any(row.effect or row.gain for row in rows)),
        rows=rows,
    )


def move(view: ResultView, priority: Priority, effect: Effect | None = None) -> Move:
    """One priority in words; its gain only if the question's mean may be shown."""
    key, pillar = priority.question, view.bank.pillar_of[priority.question]
    answered, open_mean = view.questions[key].n > 0, key in view.means
    return Move(
        question=key,
        pillar=pillar.name,
        action=action(view.bank, priority, answered=answered, hidden=answered and not open_mean),
        why=why(view, view.rows[pillar.key], priority),
        effect=effect_sentence(view, priority, effect),
        gain=numbers.gain(priority.gain, view.bank.scale) if open_mean and priority.gain is not None else None,
        effort=optional(numbers.effort, priority.effort),
        months=optional(numbers.months, priority.effort),
        owner=priority.owner,
        horizon=optional(numbers.horizon, priority.horizon),
    )

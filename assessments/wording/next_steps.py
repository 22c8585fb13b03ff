"""What keeps an organisation or a pillar from its next level, what to do about it, and the reason for its rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.scoring.bank import Bank, Gate, Pillar, Question
from assessments.scoring.figures import Blocker, PillarResult, Priority, QuestionResult
from assessments.scoring.level import failed_share
from assessments.scoring.minimum_respondents import LevelCounts
from assessments.scoring.organisation import (
    applicable,
    failed_share as failed_by_pillars,
    gate_of_pillars,
    lowest,
    share,
    share_level,
)
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.remarks import answered, following, median_answer, quoted


@dataclass(frozen=True)
class Limit:
    """Why an organisation is not a level higher.

    `lowest`: some pillars are so low that they alone limit it. `share`: too many pillars are below `failed`.
    """

    rule: Literal["lowest", "share"]
    level: int
    pillars: tuple[str, ...]  # keys of the limiting pillars, bank order
    failed: int  # the level that these pillars must reach
    others: int  # the level that the other pillars would reach alone; the same level under `share`
    suffices: bool  # whether the organisation moves up once they have reached `failed`
    there: int  # pillars at `failed` or above
    counted: int  # all applicable pillars
    share: float  # of the pillar weight at `failed` or above, 0-1
    equal_weights: bool


def limit_of(view: ResultView) -> Limit | None:
    """What keeps the organisation from the next level; None without a level, at the highest level, or if a pillar's is hidden."""
    level, counted = view.result.overall.level, applicable(view.bank, view.result.pillars)
    rated = [(pillar, figures.level) for pillar, figures in counted if figures.level is not None]
    if level is None or level >= view.bank.highest or not rated or len(rated) < len(counted):
        return None
    parts = [(pillar.weight, reached) for pillar, reached in rated]
    bottom, gate = lowest(parts), gate_of_pillars(view.bank)
    above = [(weight, reached) for weight, reached in parts if reached > bottom]
    if gate.spread is not None and level == bottom + gate.spread and above and share_level(above, gate) > level:
        return _limit(gate, level, bottom + 1, share_level(above, gate), rated)
    return _limit(gate, level, failed_by_pillars(parts, level + 1, gate) or level + 1, level, rated)


def _limit(gate: Gate, level: int, failed: int, others: int, rated: Sequence[tuple[Pillar, int]]) -> Limit:
    """The lowest pillars limit it where the others alone would reach more."""
    below = tuple(pillar.key for pillar, reached in rated if reached < failed)
    lifted = share_level([(pillar.weight, max(reached, failed)) for pillar, reached in rated], gate)
    return Limit(
        rule="lowest" if others > level else "share",
        level=level,
        pillars=below,
        failed=failed,
        others=others,
        suffices=lifted > level,
        there=len(rated) - len(below),
        counted=len(rated),
        share=share([(pillar.weight, reached) for pillar, reached in rated], failed),
        equal_weights=len({pillar.weight for pillar, _reached in rated}) == 1,
    )


def blocker_reason(view: ResultView, pillar: PillarResult, blocker: Blocker) -> str:
    """One sentence without a full stop; with median answers and counts only if they may be shown."""
    question, figures = view.bank.questions[blocker.question], view.questions[blocker.question]
    next_level, gate = following(view.bank, pillar), view.bank.gate
    if blocker.because is None:
        return _("Too few people answered in this pillar to say why")
    if blocker.because == "essential":
        return _essential(view.bank, question, figures, next_level, view.counts)
    if figures.n == 0:
        return _unanswered(figures)
    if blocker.because == "cap":
        return _cap(view.bank, question, figures, view.counts)
    if gate.by == "stages":
        return _below(view.bank, question, figures, question.offered[-1], view.counts)
    failed = failed_share(pillar.attained, next_level, gate) or next_level
    return _below(view.bank, question, figures, question.reaching(failed), view.counts)


def _essential(
    bank: Bank, question: Question, figures: QuestionResult, next_level: int, known: Mapping[str, LevelCounts]
) -> str:
    since = question.essential_at or next_level
    params = {
        "essential": numbers.level(bank, since),
        "next": numbers.level(bank, next_level),
        "unanswered": _unanswered(figures, lower=True),
    }
    text = _("Required for %(essential)s") if since == next_level else _("Required from %(essential)s on")
    opening = text % params
    if figures.n == 0:
        return _("%(opening)s; %(unanswered)s") % {**params, "opening": opening}
    if figures.key not in known:
        return _("%(opening)s; not met") % {"opening": opening}
    return _("%(opening)s; %(median)s") % {
        "opening": opening,
        "median": _middle(bank, question, figures, known[figures.key]),
    }


def _middle(bank: Bank, question: Question, figures: QuestionResult, counts: LevelCounts) -> str:
    params = {"level": answered(bank, question, median_answer(counts))}
    if figures.n == 1:
        return _("the answer is %(level)s") % params
    return _("the median answer is %(level)s") % params


def _unanswered(figures: QuestionResult, *, lower: bool = False) -> str:
    text = _("no one could answer it") if figures.dont_know else _("no one answered it")
    return text if lower else numbers.capitalised(text)


def _cap(bank: Bank, question: Question, figures: QuestionResult, known: Mapping[str, LevelCounts]) -> str:
    counts, cap = known.get(figures.key), bank.gate.cap or 0
    rule = ngettext(
        "a pillar is at most %(count)s level above its lowest answer",
        "a pillar is at most %(count)s levels above its lowest answer",
        cap,
    ) % {"count": numbers.in_words(cap)}
    if counts is None:
        return numbers.capitalised(rule)
    return numbers.capitalised(
        _("%(middle)s, and %(rule)s") % {"middle": _middle(bank, question, figures, counts), "rule": rule}
    )


def _below(
    bank: Bank, question: Question, figures: QuestionResult, answer: int, known: Mapping[str, LevelCounts]
) -> str:
    counts = known.get(question.key)
    if counts is None:
        return _("Too few answers at %(level)s") % {"level": _or_above(bank, question, answer)}
    if figures.n == 1:
        return numbers.capitalised(_middle(bank, question, figures, counts))
    return people_at(bank, question, counts, answer)


def _or_above(bank: Bank, question: Question, answer: int) -> str:
    """`level 2 or above`; the highest answer has none above it."""
    found = answered(bank, question, answer)
    return found if answer == question.offered[-1] else _("%(level)s or above") % {"level": found}


def people_at(bank: Bank, question: Question, counts: LevelCounts, answer: int) -> str:
    """`1 of 6 people is at level 2 or above`, `No one is at level 5`."""
    there, everybody = sum(counts[answer - 1 :]), sum(counts)
    params = {"there": there, "people": everybody, "level": _or_above(bank, question, answer)}
    if question.choices is not None:
        text = ngettext(
            "%(there)s of %(people)s people answered %(level)s",
            "%(there)s of %(people)s people answered %(level)s",
            there,
        )
        return (text if there else _("No one answered %(level)s")) % params
    if there == 0:
        return _("No one is at %(level)s") % params
    text = ngettext(
        "%(there)s of %(people)s people is at %(level)s", "%(there)s of %(people)s people are at %(level)s", there
    )
    return text % params


def action(bank: Bank, priority: Priority, *, answered: bool, hidden: bool = False) -> str:
    """The bank's next step; a generic one if the bank has none or the answers are `hidden`."""
    if priority.action is not None:
        return priority.action
    question = {"question": quoted(bank.questions[priority.question])}
    if hidden:
        return _("Discuss %(question)s") % question
    return _("Improve %(question)s") % question if answered else _("Establish the facts on %(question)s") % question


def why(view: ResultView, pillar: PillarResult, priority: Priority) -> str:
    """`Ethics. Views differ (answers from level 1 to level 4): align on the facts first`."""
    name = view.bank.pillar_of[priority.question].name
    return _("%(pillar)s. %(reason)s") % {"pillar": name, "reason": _reason(view, pillar, priority)}


def _reason(view: ResultView, pillar: PillarResult, priority: Priority) -> str:
    if priority.why == "agree_on_the_facts":
        return _first_of_all(view, priority)
    if priority.why == "blocks_next_level" and pillar.level is not None:
        if priority.question not in view.counts and _answered(view, priority):
            return _("Keeps the pillar from its next level")
        return _("Keeps the pillar from %(level)s") % {"level": numbers.level(view.bank, following(view.bank, pillar))}
    if priority.question not in view.means and _answered(view, priority):
        return _("Too few answers to show them, and the pillar is below its target")
    return _("Below target") if pillar.target is not None else _("Raises the score")


def _answered(view: ResultView, priority: Priority) -> bool:
    return view.questions[priority.question].n > 0


def _first_of_all(view: ResultView, priority: Priority) -> str:
    """Where people are seen to differ, that they do; otherwise what somebody could not answer."""
    key, figures = priority.question, view.questions[priority.question]
    if views_differ(view, priority):
        detail = _range(view.bank, view.bank.questions[key], view.counts[key])
        return _("Views differ (%(detail)s): align on the facts first") % {"detail": detail}
    if not figures.dont_know:
        return _("Look at this together first")
    if figures.n and key not in view.means:
        return _("Find out first: somebody could not answer")
    text = ngettext(
        "Find out first: %(count)s person could not answer",
        "Find out first: %(count)s people could not answer",
        figures.dont_know,
    )
    return text % {"count": numbers.in_words(figures.dont_know)}


def views_differ(view: ResultView, priority: Priority) -> bool:
    """Whether people differ on the question of a move, and their answers may be shown."""
    key = priority.question
    return key in view.counts and key in view.rows[view.bank.pillar_of[key].key].agreement.flagged


def _range(bank: Bank, question: Question, counts: LevelCounts) -> str:
    given = [answer for answer, people in enumerate(counts, start=1) if people]
    return _("answers from %(low)s to %(high)s") % {
        "low": answered(bank, question, given[0]),
        "high": answered(bank, question, given[-1]),
    }


def moves_note(view: ResultView, shown: Sequence[Priority], *, effects: bool) -> str:
    """Why the moves `shown` are in this order, and what their effects and points are."""
    first = [priority for priority in shown if priority.why == "agree_on_the_facts"]
    if any(views_differ(view, priority) for priority in first):
        order = _("First where people differ, then what blocks the next level, then the largest gain for the effort.")
    elif first:
        order = _(
            "First what somebody could not answer, then what blocks the next level, "
            "then the largest gain for the effort."
        )
    else:
        order = _("First what blocks the next level, then the largest gain for the effort.")
    if not effects:
        return order
    text = _("Each effect counts the moves above it; the index is on its scale from %(scale)s.")
    return f"{order} {text % {'scale': numbers.ends(view.bank.scale)}}"


def moves_title(bank: Bank, priorities: Sequence[Priority]) -> str:
    """`Five moves that matter most; the first three are in Ethics`: a claim that the list below it proves."""
    pillars = [bank.pillar_of[priority.question].name for priority in priorities]
    if not pillars:
        return _("No moves left: no question is below its target")
    run = next((place for place, name in enumerate(pillars) if name != pillars[0]), len(pillars))
    params = {
        "count": numbers.capitalised(numbers.in_words(len(pillars))),
        "run": numbers.in_words(run),
        "pillar": pillars[0],
        "pillars": numbers.in_words(len(set(pillars))),
    }
    if len(pillars) == 1:
        return _("One move matters most, in %(pillar)s") % params
    if run == len(pillars):
        return _("%(count)s moves that matter most, all in %(pillar)s") % params
    if run > 1:
        return _("%(count)s moves that matter most; the first %(run)s are in %(pillar)s") % params
    return _("%(count)s moves that matter most, in %(pillars)s pillars") % params

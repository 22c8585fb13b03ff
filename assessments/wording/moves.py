"""What to do, and why it comes where it comes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.scoring.bank import Bank
from assessments.scoring.disclosure import Counts
from assessments.scoring.figures import PillarResult, Priority
from assessments.scoring.view import ResultView
from assessments.wording import numbers
from assessments.wording.phrases import quoted


def action(bank: Bank, priority: Priority, *, answered: bool, hidden: bool = False) -> str:
    """The bank's next step, or what to do about a question for which it names none, or whose answers are `hidden`."""
    if priority.action is not None:
        return priority.action
    question = {"question": quoted(bank.questions[priority.question])}
    if hidden:
        return _("Discuss %(question)s") % question
    return _("Improve %(question)s") % question if answered else _("Establish the facts on %(question)s") % question


def why(view: ResultView, pillar: PillarResult, priority: Priority) -> str:
    """`Ethics. Agree on the facts first: answers range from level 1 to level 4`."""
    name = view.bank.pillar_of[priority.question].name
    return _("%(pillar)s. %(reason)s") % {"pillar": name, "reason": _reason(view, pillar, priority)}


def _reason(view: ResultView, pillar: PillarResult, priority: Priority) -> str:
    if priority.why == "agree_on_the_facts":
        detail = _facts(view, pillar, priority)
        return (
            _("Views differ (%(detail)s): align on the facts first") % {"detail": detail}
            if detail
            else _("Align on the facts first")
        )
    if priority.why == "blocks_next_level" and pillar.level is not None:
        if priority.question not in view.counts and _answered(view, priority):
            return _("Blocks the next level")
        return _("Blocks %(level)s") % {"level": numbers.level(pillar.level + 1)}
    if priority.question not in view.means and _answered(view, priority):
        return _("Too few answers to show them, and the pillar is below its target")
    return _("Below target") if pillar.target is not None else _("Raises the score")


def _answered(view: ResultView, priority: Priority) -> bool:
    return view.questions[priority.question].n > 0


def _facts(view: ResultView, pillar: PillarResult, priority: Priority) -> str:
    figures = view.questions[priority.question]
    counts = view.counts.get(priority.question)
    if counts is not None and priority.question in pillar.agreement.flagged:
        return _range(counts)
    if figures.dont_know and (priority.question in view.means or not figures.n):
        text = ngettext("%(count)s person does not know", "%(count)s people do not know", figures.dont_know)
        return text % {"count": figures.dont_know}
    return ""


def _range(counts: Counts) -> str:
    levels = [level for level, people in enumerate(counts, start=1) if people]
    return _("answers from %(low)s to %(high)s") % {
        "low": numbers.level(levels[0]),
        "high": numbers.level(levels[-1]),
    }


def moves_title(bank: Bank, priorities: Sequence[Priority]) -> str:
    """`Five moves that matter most; the first three are in Ethics`; what is claimed is the list below it."""
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

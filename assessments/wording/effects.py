"""What a move changes, in words: the levels that it leads to, else the score of its pillar."""

from assessments.scoring.bank import Bank
from assessments.scoring.effects import Effect, pillar_gain
from assessments.scoring.figures import Priority
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers


def effect_sentence(view: ResultView, priority: Priority, effect: Effect | None) -> str | None:
    """`Takes Ethics to level 2 and Northfield to level 3`, `Raises Culture by 0.1`; None if nothing may be shown."""
    name = view.bank.pillar_of[priority.question].name
    if effect is not None and effect.pillar is not None:
        return _levels(view.bank, name, view.organisation, effect.pillar, effect.organisation)
    if priority.gain is None or priority.question not in view.means:
        return None
    points = numbers.rounded(pillar_gain(view.bank, view.result.pillars, priority.question, priority.gain), 2)
    if points <= 0:
        return None
    shown = numbers.score(float(points)) if numbers.rounded(float(points)) else numbers.under(0.1)
    return _("Raises %(pillar)s by %(points)s") % {"pillar": name, "points": shown}


def _levels(bank: Bank, pillar: str, organisation: str, level: int, whole: int | None) -> str:
    params = {"pillar": pillar, "level": numbers.level(bank, level), "organisation": organisation}
    if whole is None:
        return _("Takes %(pillar)s to %(level)s") % params
    params["whole"] = numbers.level(bank, whole)
    return _("Takes %(pillar)s to %(level)s and %(organisation)s to %(whole)s") % params

"""A pulse in sentences: what changed since its questions were last answered."""

from assessments.scoring.bank import Bank
from assessments.scoring.pulse import PulseChange
from assessments.sentences import gettext as _, ngettext
from assessments.wording import change as words, numbers


def title(change: PulseChange, before: str | None) -> str:
    """What a pulse found, as a heading; `before` names the assessment that it is compared with."""
    if before is None:
        return _("These questions have not been answered before")
    overall = change.overall
    if overall.delta is None and change.withheld:
        return _("Too few people answered to show what has changed")
    if overall.delta is None:
        return _("None of these questions can be compared with %(before)s") % {"before": before}
    params = {"before": before, "by": numbers.signed(overall.delta)}
    if not overall.real:
        return _("No clear change since %(before)s") % params
    if overall.delta > 0:
        return _("These questions have risen since %(before)s: %(by)s on average") % params
    return _("These questions have fallen since %(before)s: %(by)s on average") % params


def overall_sentence(change: PulseChange) -> str | None:
    """The mean change with its interval; None without one."""
    overall = change.overall
    if overall.delta is None:
        return None
    params = {"delta": numbers.signed(overall.delta), "interval": words.interval(overall)}
    if overall.interval is None:
        text = _("On average the answers changed by %(delta)s. With fewer than five people there is no interval.")
    elif overall.real:
        text = _("On average the answers changed by %(delta)s (90%% interval %(interval)s): a clear change.")
    else:
        text = _("On average the answers changed by %(delta)s (90%% interval %(interval)s): not a clear change.")
    return text % params


def withheld_sentence(bank: Bank, change: PulseChange) -> str | None:
    """Name the pillars that are withheld to protect individuals; None if there are none."""
    names = [pillar.short or pillar.name for pillar in bank.pillars if pillar.key in change.withheld]
    if not names:
        return None
    text = _("Not shown, because it would tell what one or two people answered: the change of %(pillars)s.")
    return text % {"pillars": numbers.joined(names)}


def questions_asked(asked: int, everything: int) -> str:
    """`16 of the bank’s 56 questions`."""
    text = ngettext("%(asked)d of the bank’s %(all)d question", "%(asked)d of the bank’s %(all)d questions", everything)
    return text % {"asked": asked, "all": everything}

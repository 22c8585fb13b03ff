"""What an index or a level still needs, in sentences."""

from assessments.scoring.bank import Bank
from assessments.scoring.organisation import basis, pillars_needed
from assessments.scoring.pillar import RATED
from assessments.scoring.suppression import WITHHELD
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers


def level_needs() -> str:
    """What every level requires, as a sentence."""
    text = _("A level needs answers to at least %(share)s of the questions in every pillar that applies.")
    return text % {"share": numbers.percent(RATED)}


def needed(view: ResultView) -> str:
    """What an index or a level still needs; empty if that may not be said."""
    if any(pillar.status == WITHHELD for pillar in view.result.pillars):
        return ""
    if view.result.overall.index is not None:
        return level_needs()
    least, counted = pillars_needed(view.bank)
    scored = len(basis(view.bank, view.result.pillars).scores)
    if scored < least:
        return "" if counted == 1 else _needed_scores(view.bank, least, scored, counted)
    if view.result.overall.coverage is None:
        return ""
    text = _("An index needs answers to %(share)s of the questions; it has %(coverage)s.")
    return text % {"share": numbers.percent(RATED), "coverage": numbers.coverage(view.result.overall.coverage)}


def _needed_scores(bank: Bank, needed: int, scored: int, counted: int) -> str:
    params = {
        "needed": numbers.in_words(needed),
        "scored": numbers.in_words(scored),
        "all": numbers.in_words(counted),
    }
    if bank.index_of == "groups":
        return _("An index needs a score in %(needed)s groups; %(scored)s of %(all)s have one.") % params
    if scored == 0:
        return _("An index needs a score in %(needed)s pillars; none has one.") % params
    text = ngettext(
        "An index needs a score in %(needed)s pillars; %(scored)s of %(all)s has one.",
        "An index needs a score in %(needed)s pillars; %(scored)s of %(all)s have one.",
        scored,
    )
    return text % params

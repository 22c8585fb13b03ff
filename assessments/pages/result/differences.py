"""The questions on which people differ, largest difference first, as far as each may be shown."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts.answers import spread_of, spread_svg
from assessments.charts.catalogue import ANSWERS
from assessments.scoring.figures import QuestionResult
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.remarks import answered

DRAWN = 3
MIN_TO_NAME = 5  # with fewer people, one with uniform answers could be identified


@dataclass(frozen=True)
class FlaggedQuestion:
    """One flagged question; drawn only if its distribution may be shown."""

    key: str
    chart: str  # its name in the chart catalogue
    pillar: str
    question: str
    note: str
    svg: SafeString | None


@dataclass(frozen=True)
class Differences:
    """The first rows with their drawings, and the others as a list."""

    title: str
    note: str | None  # what the drawings show; None if there are none
    rows: tuple[FlaggedQuestion, ...]
    more: tuple[FlaggedQuestion, ...]
    more_label: str
    hidden: str | None
    careless: str | None


def differences(view: ResultView) -> Differences:
    """Every flagged question whose distribution may be shown, and the number of the others."""
    flagged = [row for pillar in view.result.pillars for row in pillar.questions if row.key in pillar.agreement.flagged]
    open_ones = [row for row in flagged if row.key in view.counts]
    ranked = sorted(open_ones, key=lambda row: -(row.disagreement or 0.0))
    rows = tuple(_difference(view, row, drawn=True) for row in ranked[:DRAWN])
    return Differences(
        title=_title(len(ranked)),
        note=_key() if any(row.svg is not None for row in rows) else None,
        rows=rows,
        more=tuple(_difference(view, row, drawn=False) for row in ranked[DRAWN:]),
        more_label=_more(len(ranked) - DRAWN),
        hidden=_hidden(len(flagged) - len(open_ones)),
        careless=_careless(view),
    )


def _title(count: int) -> str:
    if not count:
        return _("No question is flagged for disagreement")
    text = ngettext("On %(count)s question people differ widely", "On %(count)s questions people differ widely", count)
    return text % {"count": numbers.in_words(count)}


def _more(count: int) -> str:
    text = ngettext("%(count)s more question", "%(count)s more questions", count)
    return numbers.capitalised(text % {"count": numbers.in_words(max(0, count))})


def _key() -> str:
    return _(
        "People at each level. Below them, the mean as a dot within its mean deviation, and the "
        "median answer as a tick. Functions appear where each has three people."
    )


def _difference(view: ResultView, row: QuestionResult, *, drawn: bool) -> FlaggedQuestion:
    question = view.bank.questions[row.key]
    spread = spread_of(view, row.key) if drawn else None
    return FlaggedQuestion(
        key=row.key,
        chart=f"{ANSWERS}{row.key}",
        pillar=view.bank.pillar_of[row.key].name,
        question=question.text,
        note=_note(view, row),
        svg=None if spread is None else spread_svg(spread),
    )


def _note(view: ResultView, row: QuestionResult) -> str:
    """`Answers from level 1 to level 5, on average 1.2 from the mean of 2.8, 9 people`.

    For three or four people only the mean is given: together with the deviation it would reveal their answers.
    """
    counts = view.counts.get(row.key)
    figures = {"off": numbers.score(row.disagreement or 0.0), "mean": numbers.score(row.mean or 0.0)}
    if counts is None:
        return numbers.listed([_("Mean %(mean)s") % figures, numbers.people(row.n)])
    question = view.bank.questions[row.key]
    given = [answer for answer, people in enumerate(counts, start=1) if people]
    ends = {"low": answered(view.bank, question, given[0]), "high": answered(view.bank, question, given[-1])}
    text = _("on average %(off)s from the mean of %(mean)s")
    if view.bank.format > 1:
        text = _("on average %(off)s answers from the mean of %(mean)s")
    return numbers.listed(
        [
            _("Answers from %(low)s to %(high)s") % ends,
            text % figures,
            numbers.people(row.n),
        ]
    )


def _hidden(count: int) -> str | None:
    if not count:
        return None
    text = ngettext(
        "%(count)s more question is flagged, with too few answers to show which.",
        "%(count)s more questions are flagged, with too few answers to show which.",
        count,
    )
    return numbers.capitalised(text % {"count": numbers.in_words(count)})


def _careless(view: ResultView) -> str | None:
    if not view.careless or view.result.answered < MIN_TO_NAME:
        return None
    text = ngettext(
        "%(count)s person gave nearly the same answer throughout: a reason to talk, none to leave an answer out.",
        "%(count)s people gave nearly the same answer throughout: a reason to talk, none to leave an answer out.",
        view.careless,
    )
    return numbers.capitalised(text % {"count": numbers.in_words(view.careless)})

"""Why a question keeps its pillar from the next level, in the terms of the people who answered."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.scoring.bank import Question
from assessments.scoring.disclosure import Counts
from assessments.scoring.figures import Blocker, PillarResult, QuestionResult
from assessments.scoring.level import failed_share
from assessments.scoring.view import ResultView
from assessments.wording import numbers


def blocker_reason(view: ResultView, pillar: PillarResult, blocker: Blocker) -> str:
    """One sentence without a full stop; median answers and counts only as far as they may be told."""
    question, figures = view.bank.questions[blocker.question], view.questions[blocker.question]
    next_level = (pillar.level or 0) + 1
    if blocker.because is None:
        return _("Too few people answered in this pillar to say why")
    if blocker.because == "essential":
        return _essential(question, figures, next_level, view.counts)
    if figures.n == 0:
        return _unanswered(figures)
    if blocker.because == "cap":
        return _cap(figures, view.counts)
    failed = failed_share(pillar.attained, next_level) or next_level
    return _below(question, figures, failed, view.counts)


def _essential(question: Question, figures: QuestionResult, next_level: int, known: Mapping[str, Counts]) -> str:
    since = question.essential_at or next_level
    facts = {
        "essential": numbers.level(since),
        "next": numbers.level(next_level),
        "median": numbers.level(figures.low_median or 1),
        "unanswered": _unanswered(figures, lower=True),
    }
    text = _("Required for %(essential)s") if since == next_level else _("Required from %(essential)s on")
    opening = text % facts
    if figures.n == 0:
        return _("%(opening)s; %(unanswered)s") % {**facts, "opening": opening}
    if figures.key not in known:
        return _("%(opening)s; not met") % {"opening": opening}
    return _("%(opening)s; %(median)s") % {"opening": opening, "median": _middle(figures)}


def _middle(figures: QuestionResult) -> str:
    facts = {"level": numbers.level(figures.low_median or 1)}
    if figures.n == 1:
        return _("the answer is %(level)s") % facts
    return _("the median answer is %(level)s") % facts


def _unanswered(figures: QuestionResult, *, lower: bool = False) -> str:
    text = _("no one could answer it") if figures.dont_know else _("no one answered it")
    return text if lower else numbers.capitalised(text)


def _cap(figures: QuestionResult, known: Mapping[str, Counts]) -> str:
    rule = _("a pillar is at most two levels above its lowest answer")
    if figures.key not in known:
        return numbers.capitalised(rule)
    return numbers.capitalised(_("%(middle)s, and %(rule)s") % {"middle": _middle(figures), "rule": rule})


def _below(question: Question, figures: QuestionResult, failed: int, known: Mapping[str, Counts]) -> str:
    counts = known.get(figures.key)
    level = numbers.level(question.asked(failed))
    if figures.n == 1 and figures.key in known:
        return numbers.capitalised(_middle(figures))
    if counts is None:
        return _("Too few answers at %(level)s or above") % {"level": level}
    return people_at(counts, question.asked(failed))


def people_at(counts: Counts, level: int) -> str:
    """`1 of 6 people is at level 2 or above`, `Nobody is at level 2 or above`."""
    there, everybody = sum(counts[level - 1 :]), sum(counts)
    facts = {"there": there, "people": everybody, "level": numbers.level(level)}
    if there == 0:
        return _("No one is at %(level)s or above") % facts
    return (
        ngettext(
            "%(there)s of %(people)s people is at %(level)s or above",
            "%(there)s of %(people)s people are at %(level)s or above",
            there,
        )
        % facts
    )

"""The votes of a workshop on one question, drawn as the answers of a round are."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from assessments.charts.plane.answers import Spread, answers_figure
from assessments.charts.plane.svg import plane_svg
from assessments.scoring.bank import Question
from assessments.scoring.figures import QuestionResult


def votes_svg(question: Question, counts: Sequence[int], figures: QuestionResult | None) -> SafeString | None:
    """People at each level without names, their mean and the middle vote; None where nobody voted for a level."""
    if figures is None:
        return None
    n1, n2, n3, n4, n5 = counts
    spread = Spread(question.short or question.text, (n1, n2, n3, n4, n5), figures)
    return plane_svg(answers_figure(spread), "spread")

"""The votes of a workshop on one question, drawn as the answers of an assessment are."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from assessments.charts.columns import columns_svg
from assessments.scoring.bank import Question


def votes_svg(question: Question, counts: Sequence[int]) -> SafeString | None:
    """People at each level without names; None where nobody voted for a level, or before the votes are shown."""
    if not any(counts):
        return None
    n1, n2, n3, n4, n5 = counts
    return columns_svg((n1, n2, n3, n4, n5), question.short or question.text)

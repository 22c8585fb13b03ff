"""How people see last time today, on the page of a result."""

from assessments.results import AssessmentResult
from assessments.wording.then_test import then_sentence


def seen_now(result: AssessmentResult) -> str | None:
    """The sentence about it; None if they were not asked, or too few rated it."""
    row, shown = result.frozen, result.then_margin is not None
    return then_sentence(row.then_people, row.then_shift, row.then_margin, with_interval=shown)

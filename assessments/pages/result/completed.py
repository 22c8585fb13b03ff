"""What became of the questions on which actions were completed since the previous round.

Only a question whose median answer is shown in both assessments is said to have changed; of any other nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording.remarks import answered


@dataclass(frozen=True)
class CompletedAction:
    """One completed action, and the change of its question in words."""

    title: str
    question: str
    change: str


def completed_actions(view: ResultView, actions: Sequence[tuple[str, str]]) -> list[CompletedAction]:
    """The actions, each a key of a question and a title, on questions that the bank still asks."""
    questions = view.bank.questions
    return [
        CompletedAction(title, questions[key].short or questions[key].text, _change(view, key))
        for key, title in actions
        if key in questions
    ]


def _change(view: ResultView, key: str) -> str:
    earlier = view.earlier
    if earlier is None or key not in earlier.comparison.overall.changed or key not in view.counts:
        return _("No change is shown")
    before = {each.key: each.low_median for pillar in earlier.result.pillars for each in pillar.questions}.get(key)
    after, question = view.questions[key].low_median, view.bank.questions[key]
    if before is None or after is None:
        return _("No change is shown")
    levels = {"before": answered(view.bank, question, before), "after": answered(view.bank, question, after)}
    return _("The median answer went from %(before)s to %(after)s") % levels

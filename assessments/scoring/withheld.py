"""What a comparison may not show: a score on a part of the questions that says more than the score on all of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from .change import Change, Comparison
from .figures import PillarResult


def has_hidden(pillar: PillarResult, means: Collection[str]) -> bool:
    """Whether an answered question of this pillar is hidden, so that its exact score would tell how."""
    return any(question.state == "answered" and question.key not in means for question in pillar.questions)


def gives_away(pillar: PillarResult, common: Collection[str], means: Collection[str]) -> bool:
    """Whether this pillar's score on the common questions would tell an answer that is hidden.

    The pillar's own score is published. A second one, on a part of its questions that has a hidden question in it,
    narrows down what that one or two people said; on the same questions, or where nothing is hidden, it tells nothing.
    """
    answered = {question.key for question in pillar.questions if question.state == "answered"}
    part = answered & set(common)
    return part != answered and not part <= set(means)


def without(comparison: Comparison, hidden: Collection[str]) -> Comparison:
    """The same comparison with these pillars taken out, and with them the index that they are part of."""
    if not hidden:
        return comparison
    pillars = tuple(nothing(change.key) if change.key in hidden else change for change in comparison.pillars)
    return replace(comparison, overall=nothing(None), pillars=pillars, withheld=frozenset(hidden))


def of_questions(comparison: Comparison, means: Collection[str]) -> Comparison:
    """The same comparison, naming only those questions as changed whose figures may be shown."""
    overall, pillars = comparison.overall, comparison.pillars
    return replace(comparison, overall=_named(overall, means), pillars=tuple(_named(each, means) for each in pillars))


def _named(change: Change, means: Collection[str]) -> Change:
    return replace(change, changed=tuple(key for key in change.changed if key in means))


def nothing(key: str | None) -> Change:
    """No change that can be told, of a pillar or (None) of the index."""
    return Change(key, "none", None, None, None, None, None, None, None, None, ())

"""What changed since the previous round."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts.catalogue import chart
from assessments.scoring.view import ResultView
from assessments.wording import change as words


@dataclass(frozen=True)
class Changes:
    """The slope chart with the sentences that belong to it; without a shared pillar there is no chart."""

    title: str
    sentences: tuple[str, ...]
    svg: SafeString | None
    assessments: tuple[str, str]


def changes(view: ResultView) -> Changes | None:
    """None where there is no round to compare with."""
    earlier = view.earlier
    if earlier is None:
        return None
    drawn = chart("change", view)
    overall = earlier.comparison.overall
    sentences = (
        words.index_sentence(earlier.comparison),
        words.withheld_sentence(view.bank, earlier.comparison),
        words.people_sentence(overall),
        words.moved_questions(_moved(view)),
    )
    return Changes(
        title=words.change_title(view.bank, earlier.comparison),
        sentences=tuple(sentence for sentence in sentences if sentence),
        svg=None if drawn is None else drawn.svg(),
        assessments=earlier.names,
    )


def _moved(view: ResultView) -> list[str]:
    """Questions whose median answer differs, as far as their figures may be shown."""
    changed = view.earlier.comparison.overall.changed if view.earlier else ()
    questions = view.bank.questions
    return [questions[key].short or questions[key].text for key in changed if key in view.counts]

"""One pillar explained: the table of inputs, and each figure's arithmetic under its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.scoring.bank import Pillar
from assessments.scoring.figures import PillarResult
from assessments.scoring.view import ResultView
from assessments.wording import numbers
from assessments.wording.explanations.figures import bounds_lines, coverage_lines, interval_lines, score_lines
from assessments.wording.explanations.inputs import Inputs, inputs
from assessments.wording.explanations.known import known
from assessments.wording.explanations.level import blocker_lines, level_lines
from assessments.wording.remarks import short_absence


@dataclass(frozen=True)
class Figure:
    """A figure's name, the heading of the method that defines it, and its arithmetic line by line."""

    name: str
    anchor: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """A pillar's figures in a few words, and where they come from."""

    key: str
    name: str
    summary: str
    inputs: Inputs
    figures: tuple[Figure, ...]


def explanations(view: ResultView) -> tuple[Explanation, ...]:
    """Every pillar of the result in bank order."""
    return tuple(_explanation(view, pillar) for pillar in view.bank.pillars if pillar.key in view.rows)


def _explanation(view: ResultView, pillar: Pillar) -> Explanation:
    row, facts = view.rows[pillar.key], known(view, pillar)
    return Explanation(
        key=pillar.key,
        name=pillar.name,
        summary=_summary(row),
        inputs=inputs(facts),
        figures=(
            figure(_("Coverage"), "coverage-and-status", coverage_lines(facts)),
            figure(_("Score"), "score", score_lines(facts)),
            figure(_("Bounds"), "bounds", bounds_lines(facts)),
            figure(_("Level"), "level", level_lines(facts, view.supported.get(pillar.key))),
            *_blockers(row.level, blocker_lines(facts)),
            figure(_("90%% interval") % {}, "interval", interval_lines(facts, view.result.invited)),
        ),
    )


def figure(name: str, anchor: str, lines: Iterable[str]) -> Figure:
    return Figure(name, anchor, tuple(lines))


def _blockers(level: int | None, lines: Iterable[str]) -> Iterator[Figure]:
    found = tuple(lines)
    if level is not None and found:
        yield Figure(
            _("What blocks %(next)s") % {"next": numbers.level(level + 1)}, "what-blocks-the-next-level", found
        )


def _summary(row: PillarResult) -> str:
    """`score 2.9, level 2, interval 2.7–3.1`."""
    if row.score is None:
        return short_absence(row)
    parts = [_("score %(score)s") % {"score": numbers.score(row.score)}]
    parts.append(_("no level") if row.level is None else numbers.level(row.level))
    if row.interval is not None:
        parts.append(_("interval %(interval)s") % {"interval": numbers.interval(row.interval)})
    return numbers.listed(parts)

"""The climb to the organisation's level as lines: shares of pillar weight against their thresholds, and the lowest pillar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from assessments.scoring import organisation
from assessments.scoring.level import CLIMB, FULLY, LARGELY
from assessments.scoring.tolerance import above
from assessments.scoring.view import ResultView
from assessments.wording import numbers
from assessments.wording.explanations.figures import compared
from assessments.wording.explanations.inputs import plain

type Parts = Sequence[tuple[float, int]]  # (weight, level) of each pillar that counts


def level_lines(view: ResultView) -> Iterator[str]:
    """The shares, the climb from 2, the lowest pillar, and the smaller of both. Nothing without a level."""
    parts = organisation.levels(view.bank, view.result.pillars)
    if parts is None:
        return
    whole, climbed = sum(weight for weight, _level in parts), organisation.share_level(parts)
    for level in CLIMB:
        yield _("P(%(level)s) = weight of the pillars at level %(level)s or above / weight = %(sum)s / %(whole)s = %(share)s") % {
            "level": level,
            "sum": plain(sum(weight for weight, reached in parts if reached >= level)),
            "whole": plain(whole),
            "share": compared(organisation.share(parts, level), LARGELY, FULLY),
        }  # fmt: skip
    yield from (_step(parts, level) for level in CLIMB if level <= climbed + 1)
    yield _("The climb ends at %(level)s") % {"level": numbers.level(climbed)}
    yield _lowest(view, parts)


def _step(parts: Parts, level: int) -> str:
    """`Level 3: P(3) = 0.625 > 0.50, P(2) = 1.000 > 0.85: holds`."""
    tests = [(level, LARGELY), *((lower, FULLY) for lower in range(level - 1, 1, -1))]
    facts = {
        "level": numbers.capitalised(numbers.level(level)),
        "conditions": numbers.listed([_against(parts, lower, threshold) for lower, threshold in tests]),
        "verdict": _("holds") if organisation.failed_share(parts, level) is None else _("fails"),
    }
    return _("%(level)s: %(conditions)s: %(verdict)s") % facts


def _against(parts: Parts, level: int, threshold: float) -> str:
    share = organisation.share(parts, level)
    sign = ">" if above(share, threshold) else "≤"
    return f"P({level}) = {compared(share, LARGELY, FULLY)} {sign} {numbers.decimal(threshold, 2)}"


def _lowest(view: ResultView, parts: Parts) -> str:
    lowest = organisation.lowest(parts)
    named = [p.name for p, row in organisation.applicable(view.bank, view.result.pillars) if row.level == lowest]
    facts = {
        "pillars": numbers.joined(named) if len(named) < len(parts) else _("all pillars"),
        "lowest": numbers.level(lowest),
        "cap": lowest + 1,
        "level": numbers.level(view.result.overall.level or 1),
    }
    text = _("The lowest pillar is at %(lowest)s (%(pillars)s), so at most %(cap)s; the smaller of both is %(level)s")
    return text % facts

"""The shares of a pillar's stages as lines of arithmetic."""

from collections.abc import Iterator

from assessments.scoring.pillar import weight
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.explanations.figures import compared
from assessments.wording.explanations.inputs import PillarInputs, fixed, plain


def stage_lines(given: PillarInputs) -> Iterator[str]:
    """`a(2) = sum of weight × share of the scale over the questions of stage 2 = 1.5000 / 2 = 0.750` for each stage."""
    for level in given.levels:
        share = given.figures.attained[level]
        if share is None:
            continue
        of_stage = [tally for tally in given.sums.applicable if tally.question.stage == level]
        params = {
            "level": given.view.bank.level_number(level),
            "low": numbers.point(given.view.bank.scale.low),
            "span": numbers.point(given.view.bank.scale.high - given.view.bank.scale.low),
            "sum": fixed(share * weight(of_stage)),
            "weight": plain(weight(of_stage)),
            "share": compared(share, given.view.bank.gate.hold),
        }
        yield (
            _(
                "a(%(level)s) = sum of weight × (mean − %(low)s) / %(span)s over the questions of stage %(level)s / their "
                "weight = %(sum)s / %(weight)s = %(share)s"
            )
            % params
        )

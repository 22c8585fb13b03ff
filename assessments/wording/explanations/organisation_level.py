"""The organisation's level as lines of arithmetic."""

from collections.abc import Iterator, Sequence

from assessments.scoring import organisation
from assessments.scoring.bank import Bank
from assessments.scoring.tolerance import above
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.explanations.figures import compared
from assessments.wording.explanations.inputs import plain
from assessments.wording.explanations.pillar import limits
from assessments.wording.findings import level_reason


def level_lines(view: ResultView) -> Iterator[str]:
    """The shares and the climb, or why there is no level or why it cannot be recomputed."""
    if view.result.overall.level is None:
        yield level_reason(view)
    elif organisation.levels(view.bank, view.result.pillars) is None:
        yield _("A pillar’s level is not shown, to protect individual answers, so this level cannot be recomputed here")
    else:
        yield from _climb(view)


type Parts = Sequence[tuple[float, int]]  # (weight, level) of each pillar that counts


def _climb(view: ResultView) -> Iterator[str]:
    """The shares, the climb from level 2, the lowest pillar, and the smaller of both. Empty without a level."""
    parts = organisation.levels(view.bank, view.result.pillars)
    if parts is None:
        return
    rule = organisation.gate_of_pillars(view.bank)
    whole, climbed = sum(weight for weight, _level in parts), organisation.share_level(parts, rule)
    levels = [level for level in view.bank.climb if level <= view.bank.highest]
    for level in levels:
        yield _("P(%(level)s) = weight of the pillars at level %(level)s or above / weight = %(sum)s / %(whole)s = %(share)s") % {
            "level": view.bank.level_number(level),
            "sum": plain(sum(weight for weight, reached in parts if reached >= level)),
            "whole": plain(whole),
            "share": compared(organisation.share(parts, level), *limits(rule)),
        }  # fmt: skip
    yield from (_step(view.bank, parts, level) for level in levels if level <= climbed + 1)
    yield _("The climb ends at %(level)s") % {"level": numbers.level(view.bank, climbed)}
    if rule.spread is not None:
        yield _lowest(view, rule.spread, parts)


def _step(bank: Bank, parts: Parts, level: int) -> str:
    """`Level 3: P(3) = 0.625 > 0.50, P(2) = 1.000 > 0.85: holds`."""
    rule = organisation.gate_of_pillars(bank)
    tests = [(level, rule.reach), *((lower, rule.hold) for lower in range(level - 1, 1, -1))]
    params = {
        "level": numbers.capitalised(numbers.level(bank, level)),
        "conditions": numbers.listed([_against(bank, parts, lower, threshold) for lower, threshold in tests]),
        "verdict": _("holds") if organisation.failed_share(parts, level, rule) is None else _("fails"),
    }
    return _("%(level)s: %(conditions)s: %(verdict)s") % params


def _against(bank: Bank, parts: Parts, level: int, threshold: float) -> str:
    share = organisation.share(parts, level)
    sign = ">" if above(share, threshold) else "≤"
    return f"P({bank.level_number(level)}) = {compared(share, *limits(organisation.gate_of_pillars(bank)))} {sign} {numbers.decimal(threshold, 2)}"


def _lowest(view: ResultView, spread: int, parts: Parts) -> str:
    lowest = organisation.lowest(parts)
    named = [p.name for p, row in organisation.applicable(view.bank, view.result.pillars) if row.level == lowest]
    params = {
        "pillars": numbers.joined(named) if len(named) < len(parts) else _("all pillars"),
        "lowest": numbers.level(view.bank, lowest),
        "cap": view.bank.level_number(lowest + spread),
        "level": numbers.level(view.bank, view.result.overall.level or 1),
    }
    text = _("The lowest pillar is at %(lowest)s (%(pillars)s), so at most %(cap)s; the smaller of both is %(level)s")
    return text % params

"""One pillar explained: the table of inputs, the arithmetic of each figure, and the climb to its level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessments.scoring.bank import Pillar
from assessments.scoring.figures import PillarResult
from assessments.scoring.level import CLIMB, FULLY, LARGELY, essentials, failed_essentials, failed_share, gate, weakest
from assessments.scoring.pillar import HIGHEST_NA_SHARE
from assessments.scoring.question import Tally
from assessments.scoring.suppression import WITHHELD
from assessments.scoring.tolerance import above
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.explanations.figures import bounds_lines, compared, coverage_lines, interval_lines, score_lines
from assessments.wording.explanations.inputs import InputTable, PillarInputs, fixed, input_table, pillar_inputs, plain
from assessments.wording.next_steps import blocker_reason
from assessments.wording.remarks import quoted, short_absence


def level_lines(given: PillarInputs, supported: int | None = None) -> Iterator[str]:
    """The climb from level 2, the cap, the level, and the level that evidence supports; or why there is no level."""
    figures = given.figures
    if figures.level is None:
        yield _no_level(given)
        return
    if given.is_closed:
        yield _("Too few people answered some questions to show how far each level is reached")
        yield _result(given)
        return
    if given.shows_shares:
        yield from _shares(given)
    reached = gate(given.sums, figures.attained)
    yield from (_step(given, level) for level in CLIMB if level <= min(reached + 1, given.pillar.highest))
    yield _climb_ends(given, reached)
    yield _cap(given, reached)
    yield _result(given)
    if supported is not None:
        text = _("The same rules over answers with evidence of grade 2 or more alone, the others missing: %(level)s")
        yield text % {"level": numbers.level(supported)}


def _climb_ends(given: PillarInputs, reached: int) -> str:
    text = _("The climb ends at %(level)s")
    if reached == given.pillar.highest < CLIMB[-1]:
        text = _("The climb ends at %(level)s, the highest that a question here offers")
    return text % {"level": numbers.level(reached)}


def _no_level(given: PillarInputs) -> str:
    if given.figures.status == WITHHELD:
        return short_absence(given.figures)
    share = given.figures.na_share
    if share is not None and above(share, HIGHEST_NA_SHARE):
        params = {"share": compared(share, HIGHEST_NA_SHARE), "limit": numbers.decimal(HIGHEST_NA_SHARE, 2)}
        return _("%(share)s of the weight is not applicable, more than %(limit)s: no level") % params
    return _("A level needs a coverage of 0.80: no level")


def _shares(given: PillarInputs) -> Iterator[str]:
    """`a(2) = 6.6667 / 7 = 0.952` for each level."""
    weight = given.sums.applicable_weight
    for level in CLIMB:
        share = given.figures.attained[level]
        if share is not None and level <= given.pillar.highest:
            yield _("a(%(level)s) = sum of weight × q(%(level)s) / weight applicable = %(sum)s / %(weight)s = %(share)s") % {
                "level": level,
                "sum": fixed(share * weight),
                "weight": plain(weight),
                "share": compared(share, LARGELY, FULLY),
            }  # fmt: skip


def _step(given: PillarInputs, level: int) -> str:
    """`Level 3: a(3) = 0.714 > 0.50, a(2) = 0.952 > 0.85, no essential question: holds`."""
    failed = failed_share(given.figures.attained, level) is not None or failed_essentials(given.sums, level)
    conditions = [*_conditions(given, level), *_essentials(given, level)]
    params = {
        "level": numbers.capitalised(numbers.level(level)),
        "conditions": numbers.listed(conditions),
        "verdict": _("fails") if failed else _("holds"),
    }
    if not conditions:
        return _("%(level)s: %(verdict)s") % params
    return _("%(level)s: %(conditions)s: %(verdict)s") % params


def _conditions(given: PillarInputs, level: int) -> Iterator[str]:
    if given.shows_shares:
        yield _against(given.figures.attained[level] or 0.0, level, LARGELY)
        for lower in range(level - 1, 1, -1):
            yield _against(given.figures.attained[lower] or 0.0, lower, FULLY)


def _against(share: float, level: int, threshold: float) -> str:
    sign = ">" if above(share, threshold) else "≤"
    return f"a({level}) = {compared(share, LARGELY, FULLY)} {sign} {numbers.decimal(threshold, 2)}"


def _essentials(given: PillarInputs, level: int) -> Iterator[str]:
    for tally in essentials(given.sums, level):
        yield _essential(given, tally, level)


def _essential(given: PillarInputs, tally: Tally, level: int) -> str:
    params = {"question": quoted(tally.question), "median": tally.low_median, "needed": tally.question.asked(level)}
    if tally.low_median is None:
        return _("essential %(question)s is missing") % params
    met = tally.attains(level)
    if tally.question.key not in given.view.counts:
        return (_("essential %(question)s is met") if met else _("essential %(question)s is not met")) % params
    sign = "≥" if met else "<"
    return _("essential %(question)s: median answer %(median)s %(sign)s %(needed)s") % {**params, "sign": sign}


def _cap(given: PillarInputs, reached: int) -> str:
    lowest, cap = weakest(given.sums)
    params = {
        "questions": numbers.joined([quoted(tally.question) for tally in lowest]),
        "median": cap - 2,
        "cap": cap,
        "level": numbers.level(cap),
    }
    if given.shares == "all" and lowest:
        return (
            _("Cap: the smallest median answer is %(median)s (%(questions)s), so at most %(median)s + 2 = %(cap)s")
            % params
        )
    if cap < reached:
        return _("Cap: at most %(level)s, 2 above the smallest median answer") % params
    return _("Cap: 2 above the smallest median answer, which does not lower this level")


def _result(given: PillarInputs) -> str:
    params = {"level": numbers.capitalised(numbers.level(given.figures.level or 1))}
    if given.figures.self_declared:
        return _("%(level)s, self-declared: evidence of grade 2 or more is missing") % params
    return _("%(level)s, the smaller of climb and cap") % params


def blocker_lines(given: PillarInputs) -> Iterator[str]:
    """What blocks the next level, in the order of the blockers."""
    if given.figures.level is None:
        return
    for blocker in given.figures.blocking:
        question = given.view.bank.questions[blocker.question]
        yield _("%(question)s: %(reason)s") % {
            "question": quoted(question),
            "reason": blocker_reason(given.view, given.figures, blocker),
        }


@dataclass(frozen=True)
class ExplainedFigure:
    """A figure's name, the anchor of its definition in the method note, and its arithmetic line by line."""

    name: str
    anchor: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """A pillar's figures in a few words, and how they are computed."""

    key: str
    name: str
    summary: str
    inputs: InputTable
    figures: tuple[ExplainedFigure, ...]


def explanations(view: ResultView) -> tuple[Explanation, ...]:
    """Every pillar of the result in bank order."""
    return tuple(_explanation(view, pillar) for pillar in view.bank.pillars if pillar.key in view.rows)


def _explanation(view: ResultView, pillar: Pillar) -> Explanation:
    row, params = view.rows[pillar.key], pillar_inputs(view, pillar)
    return Explanation(
        key=pillar.key,
        name=pillar.name,
        summary=_summary(row),
        inputs=input_table(params),
        figures=(
            figure(_("Coverage"), "coverage-and-status", coverage_lines(params)),
            figure(_("Score"), "score", score_lines(params)),
            figure(_("Bounds"), "bounds", bounds_lines(params)),
            figure(_("Level"), "level", level_lines(params, view.supported.get(pillar.key))),
            *_blockers(row.level, blocker_lines(params)),
            figure(_("90%% interval") % {}, "interval", interval_lines(params, view.result.invited)),
        ),
    )


def figure(name: str, anchor: str, lines: Iterable[str]) -> ExplainedFigure:
    return ExplainedFigure(name, anchor, tuple(lines))


def _blockers(level: int | None, lines: Iterable[str]) -> Iterator[ExplainedFigure]:
    blocking = tuple(lines)
    if level is not None and blocking:
        yield ExplainedFigure(
            _("What blocks %(next)s") % {"next": numbers.level(level + 1)}, "what-blocks-the-next-level", blocking
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

"""One pillar explained: the table of inputs, the arithmetic of each figure, and the climb to its level."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assessments.scoring.bank import Bank, Gate, Pillar
from assessments.scoring.figures import PillarResult, ShapedPillarResult
from assessments.scoring.level import essentials, fails, gate, weakest
from assessments.scoring.pillar import HIGHEST_NA_SHARE
from assessments.scoring.question import Tally
from assessments.scoring.suppression import WITHHELD
from assessments.scoring.tolerance import above, at_least
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.explanations.figures import bounds_lines, compared, coverage_lines, interval_lines, score_lines
from assessments.wording.explanations.inputs import InputTable, PillarInputs, fixed, input_table, pillar_inputs, plain
from assessments.wording.explanations.stages import stage_lines
from assessments.wording.next_steps import blocker_reason
from assessments.wording.remarks import following, quoted, short_absence


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
        yield from stage_lines(given) if given.by_stages else _shares(given)
    reached = gate(given.sums, figures.attained)
    yield from (_step(given, level) for level in _tried(given, reached))
    yield _climb_ends(given, reached)
    if given.view.bank.gate.by == "answers" and given.view.bank.gate.cap is not None:
        yield _cap(given, given.view.bank.gate.cap, reached)
    yield _result(given)
    if isinstance(figures, ShapedPillarResult) and figures.above:
        yield _("A question of a higher stage is above its lowest answer: %(level)s, and more (+)") % {
            "level": numbers.level(given.view.bank, figures.level)
        }
    if supported is not None:
        text = _("The same rules over answers with evidence of grade 2 or more alone, the others missing: %(level)s")
        yield text % {"level": numbers.level(given.view.bank, supported)}


def _tried(given: PillarInputs, reached: int) -> list[int]:
    """The levels up to the one that failed. A stage without questions is passed."""
    last = reached + 1
    if given.by_stages:
        last = following(given.view.bank, replace(given.figures, level=reached))
    shares = given.figures.attained
    return [level for level in given.levels if level <= last and not (given.by_stages and shares[level] is None)]


def _climb_ends(given: PillarInputs, reached: int) -> str:
    text = _("The climb ends at %(level)s")
    if reached == given.pillar.highest < len(given.view.bank.levels):
        text = _("The climb ends at %(level)s, the highest that a question here offers")
    return text % {"level": numbers.level(given.view.bank, reached)}


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
    for level in given.levels:
        share = given.figures.attained[level]
        if share is not None:
            yield _("a(%(level)s) = sum of weight × q(%(level)s) / weight applicable = %(sum)s / %(weight)s = %(share)s") % {
                "level": given.view.bank.level_number(level),
                "sum": fixed(share * weight),
                "weight": plain(weight),
                "share": compared(share, *limits(given.view.bank.gate)),
            }  # fmt: skip


def _step(given: PillarInputs, level: int) -> str:
    """`Level 3: a(3) = 0.714 > 0.50, a(2) = 0.952 > 0.85, no essential question: holds`."""
    failed = fails(given.sums, given.figures.attained, level)
    conditions = [*_conditions(given, level), *_essentials(given, level)]
    params = {
        "level": numbers.capitalised(numbers.level(given.view.bank, level)),
        "conditions": numbers.listed(conditions),
        "verdict": _("fails") if failed else _("holds"),
    }
    if not conditions:
        return _("%(level)s: %(verdict)s") % params
    return _("%(level)s: %(conditions)s: %(verdict)s") % params


def _conditions(given: PillarInputs, level: int) -> Iterator[str]:
    rule = given.view.bank.gate
    if given.shows_shares and not given.by_stages:
        yield _against(given, level, rule.reach)
    if given.shows_shares:
        for lower in range(level if given.by_stages else level - 1, 1, -1):
            if given.figures.attained[lower] is not None or not given.by_stages:
                yield _against(given, lower, rule.hold)


def limits(rule: Gate) -> tuple[float, ...]:
    """The thresholds that a share is compared with."""
    return (rule.hold,) if rule.by == "stages" else (rule.reach, rule.hold)


def _against(given: PillarInputs, level: int, threshold: float) -> str:
    """`a(3) = 0.714 > 0.50`; a stage holds at the threshold itself."""
    rule, share = given.view.bank.gate, given.figures.attained[level] or 0.0
    sign = ">" if above(share, threshold) else "≤"
    if rule.by == "stages":
        sign = "≥" if at_least(share, threshold) else "<"
    return f"a({given.view.bank.level_number(level)}) = {compared(share, *limits(rule))} {sign} {numbers.decimal(threshold, 2)}"


def _essentials(given: PillarInputs, level: int) -> Iterator[str]:
    for tally in essentials(given.sums, level):
        yield _essential(given, tally, level)


def _essential(given: PillarInputs, tally: Tally, level: int) -> str:
    if tally.low_median is None:
        return _("essential %(question)s is missing") % {"question": quoted(tally.question)}
    median, needed = map(given.view.bank.level_number, (tally.low_median, tally.question.asked(level)))
    params = {"question": quoted(tally.question), "median": median, "needed": needed}
    met = tally.attains(level)
    if tally.question.key not in given.view.counts:
        return (_("essential %(question)s is met") if met else _("essential %(question)s is not met")) % params
    sign = "≥" if met else "<"
    return _("essential %(question)s: median answer %(median)s %(sign)s %(needed)s") % {**params, "sign": sign}


def _cap(given: PillarInputs, beyond: int, reached: int) -> str:
    lowest, cap = weakest(given.sums)
    params = {
        "questions": numbers.joined([quoted(tally.question) for tally in lowest]),
        "median": given.view.bank.level_number(cap - beyond),
        "beyond": beyond,
        "cap": given.view.bank.level_number(cap),
        "level": numbers.level(given.view.bank, cap),
    }
    if given.shares == "all" and lowest:
        return (
            _(
                "Cap: the smallest median answer is %(median)s (%(questions)s), so at most %(median)s + %(beyond)s = %(cap)s"
            )
            % params
        )
    if cap < reached:
        return _("Cap: at most %(level)s, %(beyond)s above the smallest median answer") % params
    return _("Cap: %(beyond)s above the smallest median answer, which does not lower this level") % params


def _result(given: PillarInputs) -> str:
    params = {"level": numbers.capitalised(numbers.level(given.view.bank, given.figures.level or 1))}
    if given.figures.self_declared:
        return _("%(level)s, self-declared: evidence of grade 2 or more is missing") % params
    rule = given.view.bank.gate
    if rule.by == "stages" or rule.cap is None:
        return _("%(level)s, where the climb ends") % params
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
        summary=_summary(view.bank, row),
        inputs=input_table(params),
        figures=(
            figure(_("Coverage"), "coverage-and-status", coverage_lines(params)),
            figure(_("Score"), "score", score_lines(params)),
            figure(_("Bounds"), "bounds", bounds_lines(params)),
            figure(_("Level"), "level", level_lines(params, view.supported.get(pillar.key))),
            *_blockers(params),
            figure(_("90%% interval") % {}, "interval", interval_lines(params, view.result.invited)),
        ),
    )


def figure(name: str, anchor: str, lines: Iterable[str]) -> ExplainedFigure:
    return ExplainedFigure(name, anchor, tuple(lines))


def _blockers(given: PillarInputs) -> Iterator[ExplainedFigure]:
    blocking, bank = tuple(blocker_lines(given)), given.view.bank
    if blocking:
        name = _("What blocks %(next)s") % {"next": numbers.level(bank, following(bank, given.figures))}
        yield ExplainedFigure(name, "what-blocks-the-next-level", blocking)


def _summary(bank: Bank, row: PillarResult) -> str:
    """`score 2.9, level 2, interval 2.7–3.1`."""
    if row.score is None:
        return short_absence(row)
    parts = [_("score %(score)s") % {"score": numbers.score(row.score)}]
    parts.append(_("no level") if row.level is None else numbers.level(bank, row.level))
    if row.interval is not None:
        parts.append(_("interval %(interval)s") % {"interval": numbers.interval(row.interval)})
    return numbers.listed(parts)

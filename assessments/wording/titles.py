"""The chart titles, each a claim that its figure proves, and the alternative text of the profile."""

from collections.abc import Sequence

from assessments.scoring.bank import Scale
from assessments.scoring.figures import PillarResult, Result
from assessments.scoring.view import Axis, ResultView
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.remarks import is_clear_gap, shown_gap

NEAR = 0.125  # of the scale: a title does not rank scores closer than this
MAX_EQUAL = 2  # equal gaps named in a title
MIN_FOR_AGREEMENT = 3


def gaps_title(view: ResultView) -> str:
    """The largest gap to a target beyond its error; without targets, the highest and the lowest score."""
    scored = [axis for axis in view.axes if axis[1].score is not None]
    if not scored:
        return _("No pillar has a score")
    targeted = [axis for axis in scored if axis[1].target is not None]
    if not targeted:
        return _spread(scored, only=len(view.axes) == 1)
    if all((pillar.gap or 0) <= 0 for _name, pillar in targeted):
        return _all_met(targeted, scored)
    clear = [axis for axis in targeted if is_clear_gap(axis[1])]
    if clear:
        return _largest_gaps(clear, view.bank.scale, only=len(view.axes) == 1)
    if all(pillar.gap_within_error is None for _name, pillar in targeted):
        return _largest_gaps(
            [axis for axis in targeted if (axis[1].gap or 0) > 0], view.bank.scale, only=len(view.axes) == 1
        )
    return _("No pillar is clearly below its target")


def _all_met(targeted: Sequence[Axis], scored: Sequence[Axis]) -> str:
    if len(targeted) == len(scored):
        return _("Every pillar with a score meets its target")
    return _("Every target that was set is met")


def _largest_gaps(axes: Sequence[Axis], scale: Scale, *, only: bool) -> str:
    ranked = sorted(((pillar.gap or 0.0, name, shown_gap(pillar)) for name, pillar in axes), key=lambda gap: -gap[0])
    gaps = [numbers.score(shown) for _gap, _name, shown in ranked]
    params = {"first": ranked[0][1], "gap": gaps[0]}
    if len(ranked) == 1:
        text = _("%(first)s is %(gap)s below its target; no other pillar clearly is")
        return (_("%(first)s is %(gap)s below its target") if only else text) % params
    params |= {"second": ranked[1][1], "next": gaps[1]}
    equal, seconds = gaps.count(gaps[0]), gaps.count(gaps[1])
    if equal > MAX_EQUAL:
        text = _("%(count)s pillars are furthest below target, each by %(gap)s")
        return numbers.capitalised(text % {**params, "count": numbers.in_words(equal)})
    if equal == MAX_EQUAL:
        return _("%(first)s and %(second)s are furthest below target, both by %(gap)s") % params
    if ranked[0][0] - ranked[1][0] >= NEAR * (scale.high - scale.low) and 2 * ranked[1][0] <= ranked[0][0]:
        return _("%(first)s is %(gap)s below its target; no other gap comes near") % params
    if seconds > 1:
        return _("%(first)s is furthest below target, by %(gap)s") % params
    return _("%(first)s and %(second)s are furthest below target, by %(gap)s and %(next)s") % params


def _spread(scored: Sequence[Axis], *, only: bool) -> str:
    ranked = sorted(((pillar.score or 0.0, name) for name, pillar in scored), key=lambda pair: -pair[0])
    (high, first), (low, last) = ranked[0], ranked[-1]
    params = {"first": first, "last": last, "high": numbers.score(high), "low": numbers.score(low)}
    if len(ranked) == 1:
        return (_("%(first)s scores %(high)s") if only else _("%(first)s scores %(high)s, the only score")) % params
    if params["high"] == params["low"]:
        return _("Every pillar with a score is at %(high)s") % params
    return _("%(first)s is highest at %(high)s, %(last)s lowest at %(low)s") % params


def profile_title(view: ResultView) -> str:
    """The shape: a narrow spread, or the highest and the lowest pillar; their distance is that of the printed scores."""
    scored = [axis for axis in view.axes if axis[1].score is not None]
    if len(scored) == len(view.axes) == 1:
        return _spread(scored, only=True)
    if len(scored) < 2:
        return _("The profile has too few scores for a shape")
    ranked = sorted(((pillar.score or 0.0, name) for name, pillar in scored), key=lambda pair: -pair[0])
    (high, first), (low, last) = ranked[0], ranked[-1]
    params = {
        "first": first,
        "last": last,
        "spread": numbers.score(numbers.apart(low, high)),
        "count": numbers.capitalised(numbers.in_words(len(scored))),
    }
    if params["spread"] == numbers.score(0):
        return _("Every pillar with a score is at %(score)s") % {"score": numbers.score(high)}
    if high - low < NEAR * (view.bank.scale.high - view.bank.scale.low):
        return _("%(count)s pillars lie within %(spread)s of one another") % params
    return _("%(first)s is %(spread)s ahead of %(last)s") % params


def rated(view: ResultView) -> list[tuple[float, str, PillarResult]]:
    """r*wg, name and figures of the pillars whose agreement may be shown, in bank order."""
    return [(row.agreement.r_wg_star, name, row) for name, row in view.axes if row.agreement.r_wg_star is not None]


def agreement_title(view: ResultView) -> str:
    """The pillars on which views differ, or that there are none."""
    rows = rated(view)
    if not rows:
        if view.result.answered >= MIN_FOR_AGREEMENT:
            return _("Too few people answered to show how far they agree")
        return _("Agreement needs at least three people")
    weak = [name for _value, name, pillar in rows if pillar.agreement.band == "weak"]
    lowest = min(rows, key=lambda row: row[0])[1]
    if 0 < len(weak) <= 2:
        return _("Views differ on %(pillars)s") % {"pillars": numbers.joined(weak)}
    if len(weak) == len(rows) == len(view.result.pillars):
        return _("Views differ on every pillar, most on %(lowest)s") % {"lowest": lowest}
    if weak:
        params = {"count": numbers.in_words(len(weak)), "lowest": lowest}
        return _("Views differ on %(count)s pillars, most on %(lowest)s") % params
    complete = all(pillar.agreement.r_wg_star is not None for pillar in view.result.pillars if pillar.score is not None)
    return _without_weak(lowest, [pillar for _value, _name, pillar in rows], complete=complete)


def _without_weak(lowest: str, pillars: Sequence[PillarResult], *, complete: bool) -> str:
    if all(pillar.agreement.band == "strong" for pillar in pillars):
        return (
            _("People agree on every pillar")
            if complete
            else _("People agree where enough of them answered to show it")
        )
    return _("People differ on no pillar strongly, and most on %(lowest)s") % {"lowest": lowest}


def agreement_note(result: Result) -> str:
    """Whose agreement it is, or why it cannot be shown."""
    if result.answered >= MIN_FOR_AGREEMENT:
        if all(pillar.agreement.r_wg_star is None for pillar in result.pillars):
            return _(
                "In a confidential assessment, agreement is shown once five people have answered each "
                "question of a pillar."
            )
        text = _("Agreement between %(count)s respondents, r*wg, 0 to 1")
        return text % {"count": numbers.in_words(result.answered)}
    if result.answered == 0:
        return _("Agreement needs at least three people; no one answered.")
    text = ngettext(
        "Agreement needs at least three people; %(count)s answered.",
        "Agreement needs at least three people; %(count)s answered.",
        result.answered,
    )
    return text % {"count": numbers.in_words(result.answered)}


def alternative(axes: Sequence[Axis], scale: Scale, *, radar: bool = True) -> str:
    """The profile as text: the chart type, every pillar's score in drawing order, and where to find the figures."""
    opening = _opening(len(axes), scale, radar=radar)
    scores = ", ".join(_axis(name, pillar) for name, pillar in axes)
    return _("%(opening)s %(scores)s. The table below gives every figure.") % {"opening": opening, "scores": scores}


def scenario_alternative(axes: Sequence[Axis], scale: Scale, moved: Sequence[tuple[str, float]]) -> str:
    """The same of a scenario; `moved` are the pillars with a new score."""
    if not moved:
        return alternative(axes, scale)
    scores = ", ".join(f"{name} {numbers.score(score)}" for name, score in moved)
    return _("%(now)s In the scenario: %(scores)s.") % {"now": alternative(axes, scale), "scores": scores}


def _opening(count: int, scale: Scale, *, radar: bool) -> str:
    text = ngettext(
        "%(count)s pillar on an axis from %(scale)s.", "%(count)s pillars on an axis from %(scale)s.", count
    )
    if radar:
        text = ngettext(
            "Radar of %(count)s pillar on an axis from %(scale)s.",
            "Radar of %(count)s pillars on an axis from %(scale)s.",
            count,
        )
    return numbers.capitalised(text % {"count": numbers.in_words(count), "scale": numbers.ends(scale)})


def _axis(name: str, pillar: PillarResult) -> str:
    if pillar.score is None:
        return _("%(pillar)s not scored") % {"pillar": name}
    return f"{name} {numbers.score(pillar.score)}"


def hover(name: str, pillar: PillarResult) -> str:
    """`Vision 3.8, 90% interval 3.6–4.0, 6 people`."""
    parts = [_axis(name, pillar)]
    if pillar.interval:
        parts.append(_("90%% interval %(interval)s") % {"interval": numbers.interval(pillar.interval)})
    parts.append(numbers.people(pillar.respondents))
    return ", ".join(parts)

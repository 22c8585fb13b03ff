"""The index and the organisation's level explained: the pillars that count, and the arithmetic of each figure.

A pillar whose exact score would reveal a hidden answer is shown with one decimal; then no exact sum is printed.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assessments.scoring import organisation
from assessments.scoring.bank import Bank, Group, Pillar, Scale
from assessments.scoring.figures import GroupResult, Interval, PillarResult, Result
from assessments.scoring.pillar import RATED
from assessments.scoring.suppression import TOO_FEW
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.explanations.figures import RESULT_PLACES, compared, ends_of, small
from assessments.wording.explanations.inputs import fixed, plain
from assessments.wording.explanations.organisation_level import level_lines
from assessments.wording.explanations.pillar import ExplainedFigure, figure
from assessments.wording.remarks import group_absence, hidden_because, level_shown, short_absence

TINY = 1e-9


@dataclass(frozen=True)
class PillarRow:
    """One pillar as it counts. Without a score, `absent` gives the reason; a cell that does not count is None."""

    name: str
    weight: str
    score: str | None
    product: str | None
    level: str | None
    coverage: str | None
    absent: str | None
    is_group: bool = False


@dataclass(frozen=True)
class Whole:
    """The pillars in bank order, their sums, and the arithmetic of each figure."""

    summary: str
    rows: tuple[PillarRow, ...]
    weight: str  # of the pillars that have a score
    total: str | None  # of weight x score
    hidden: str | None  # why there is no exact sum
    figures: tuple[ExplainedFigure, ...]


def whole(view: ResultView) -> Whole:
    """The organisation's figures, as far as they may be shown."""
    bank, result, seen = view.bank, view.result, view.seen
    coarse, parts = seen.rounded | seen.withheld, organisation.basis(bank, result.pillars).scores
    open_sums = not coarse and bool(parts)
    return Whole(
        summary=_summary(bank, result),
        rows=tuple(_rows(view, coarse)),
        weight=plain(sum(weight for weight, _score in parts)),
        total=fixed(sum(weight * score for weight, score in parts)) if open_sums else None,
        hidden=_hidden(bank, coarse),
        figures=(
            figure(_("Coverage"), "index", _coverage(view)),
            figure(_("Index"), "index", _index(view, exact=open_sums)),
            figure(_("Pillar weights ±25%"), "index", _weights(view, exact=open_sums)),
            figure(_("90%% interval") % {}, "interval", _interval(bank.scale, result, exact=not seen.closed)),
            figure(_("Level"), "organisation-level", level_lines(view)),
        ),
    )


def _summary(bank: Bank, result: Result) -> str:
    overall = result.overall
    index = _("no index") if overall.index is None else _("index %(index)s") % {"index": numbers.score(overall.index)}
    level = _("no level") if overall.level is None else numbers.level(bank, overall.level)
    return numbers.listed([index, level])


def _rows(view: ResultView, coarse: Collection[str]) -> Iterator[PillarRow]:
    """The pillars in bank order, each run of them after its group."""
    of_groups = {group.key: group for group in view.result.groups}
    for heading, pillars in view.bank.sections:
        if heading is not None:
            inside = {pillar.key for pillar in pillars}
            rows = [view.rows[key] for key in inside]
            yield _group_row(heading, of_groups[heading.key], rows, exact=not inside & set(coarse))
        yield from (_row(view.bank, pillar, view.rows[pillar.key], coarse) for pillar in pillars)


def _group_row(group: Group, row: GroupResult, inside: Sequence[PillarResult], *, exact: bool) -> PillarRow:
    return PillarRow(
        name=group.name,
        weight=plain(group.weight),
        score=None if row.score is None else fixed(row.score) if exact else numbers.score(row.score),
        product=fixed(group.weight * row.score) if exact and row.score is not None else None,
        level=None,
        coverage=None if row.coverage is None else fixed(row.coverage, RESULT_PLACES),
        absent=group_absence(inside) if row.score is None else None,
        is_group=True,
    )


def _row(bank: Bank, pillar: Pillar, row: PillarResult, coarse: Collection[str]) -> PillarRow:
    exact, score = row.key not in coarse, row.score
    return PillarRow(
        name=pillar.name,
        weight=plain(pillar.weight),
        score=None if score is None else fixed(score) if exact else numbers.score(score),
        product=fixed(pillar.weight * score) if exact and score is not None else None,
        level=level_shown(bank, row),
        coverage=None if row.coverage is None else fixed(row.coverage, RESULT_PLACES),
        absent=short_absence(row) if score is None else None,
    )


def _hidden(bank: Bank, coarse: Collection[str]) -> str | None:
    if not coarse:
        return None
    names = numbers.joined([pillar.name for pillar in bank.pillars if pillar.key in coarse])
    text = _(
        "Too few people answered a question of %(pillars)s. Exact figures would give answers away, so these scores have "
        "one decimal, exact sums are left out, and the index can be recomputed from this page to one decimal only."
    )
    return text % {"pillars": names}


def _coverage(view: ResultView) -> Iterator[str]:
    """What the index requires, and how much of it there is."""
    needed, count = organisation.pillars_needed(view.bank)
    scored, coverage = (
        len(organisation.basis(view.bank, view.result.pillars).scores),
        organisation.coverage(view.bank, view.result.pillars),
    )
    params = {"scored": scored, "count": count, "needed": needed}
    text = (
        _of_groups(count)
        if view.bank.index_of == "groups"
        else ngettext(
            "%(scored)s of %(count)s pillar has a score, %(needed)s needed",
            "%(scored)s of %(count)s pillars have a score, %(needed)s needed",
            count,
        )
    )
    yield text % params
    if coverage is not None:
        share = {"coverage": compared(coverage, RATED), "least": numbers.decimal(RATED, 2)}
        yield (
            _("Sum of weight × coverage / sum of weights of the pillars that apply = %(coverage)s, %(least)s needed")
            % share
        )


def _of_groups(count: int) -> str:
    return ngettext(
        "%(scored)s of %(count)s group has a score, %(needed)s needed",
        "%(scored)s of %(count)s groups have a score, %(needed)s needed",
        count,
    )


def _index(view: ResultView, *, exact: bool) -> Iterator[str]:
    parts, index = organisation.basis(view.bank, view.result.pillars).scores, view.result.overall.index
    if index is None:
        few = view.result.overall.reason == TOO_FEW
        yield hidden_because(view.result.answered) if few else _("No index: too few pillars have a score")
        return
    params = {
        "total": fixed(sum(weight * score for weight, score in parts)),
        "weight": plain(sum(weight for weight, _score in parts)),
        "index": fixed(index, RESULT_PLACES),
        "shown": numbers.score(index),
    }
    if exact:
        yield (
            _("Sum of weight × score / sum of weights = %(total)s / %(weight)s = %(index)s, shown as %(shown)s")
            % params
        )
    else:
        yield _("Sum of weight × score / sum of weights, shown as %(shown)s") % params


def _weights(view: ResultView, *, exact: bool) -> Iterator[str]:
    """The two corners of the weight range, where the index is lowest and highest."""
    bounds = view.result.overall.weight_range
    if bounds is None:
        return
    if exact:
        parts = sorted(_named(view), key=lambda part: part[1])
        yield _corner(parts, bounds[0], _("Lowest"))
        yield _corner(parts[::-1], bounds[1], _("Highest"))
    yield _("Shown as %(bounds)s") % {"bounds": numbers.span(bounds)}


def _named(view: ResultView) -> list[tuple[float, float, str]]:
    if view.bank.index_of == "groups":
        found = zip(view.bank.groups, organisation.groups(view.bank, view.result.pillars), strict=True)
        return [(g.weight, row.score, g.name) for g, row in found if row.score is not None and g.weight > 0]
    pillars = organisation.applicable(view.bank, view.result.pillars)
    return [(pillar.weight, row.score, pillar.short or pillar.name) for pillar, row in pillars if row.score is not None]


def _corner(parts: Sequence[tuple[float, float, str]], bound: float, name: str) -> str:
    """`Highest: the weights of Vision and Culture × 1.25, all others × 0.75: 21.1000 / 7.5 = 2.813`."""
    indexes = organisation.tilted([(weight, score) for weight, score, _name in parts])
    raised = min(range(len(indexes)), key=lambda count: abs(indexes[count] - bound))
    swing = [1 + organisation.WEIGHT_SWING * (1 if place < raised else -1) for place in range(len(parts))]
    params = {
        "end": name,
        "pillars": numbers.joined([label for _weight, _score, label in parts[:raised]]),
        "up": plain(1 + organisation.WEIGHT_SWING),
        "down": plain(1 - organisation.WEIGHT_SWING),
        "total": fixed(sum(by * weight * score for by, (weight, score, _name) in zip(swing, parts, strict=True))),
        "weight": plain(sum(by * weight for by, (weight, _score, _name) in zip(swing, parts, strict=True))),
        "bound": fixed(bound, RESULT_PLACES),
    }
    if not raised or raised == len(parts):
        return _("%(end)s: all weights alike: %(total)s / %(weight)s = %(bound)s") % params
    return (
        _("%(end)s: weights of %(pillars)s × %(up)s, all others × %(down)s: %(total)s / %(weight)s = %(bound)s")
        % params
    )


def _interval(scale: Scale, result: Result, *, exact: bool) -> Iterator[str]:
    index, interval = result.overall.index, result.overall.interval
    if index is None or interval is None:
        return
    yield _("As for a pillar, from the index without each person in turn")
    if exact:
        yield _reach(scale, index, interval)
    yield _("Shown as %(bounds)s") % {"bounds": numbers.interval(interval)}


def _reach(scale: Scale, index: float, interval: Interval) -> str:
    """`t × SE = 0.1243; 2.927 ± 0.1243 = 2.802 to 3.051`."""
    reach = max(index - interval[0], interval[1] - index)
    low, high = index - reach, index + reach
    params = {
        "index": fixed(index, RESULT_PLACES),
        "reach": small(reach),
        "low": fixed(low, RESULT_PLACES),
        "high": fixed(high, RESULT_PLACES),
        **ends_of(scale),
    }
    if low < interval[0] - TINY or high > interval[1] + TINY:
        return (
            _("t × SE = %(reach)s; %(index)s ± %(reach)s = %(low)s to %(high)s, cut to %(first)s and %(last)s") % params
        )
    return _("t × SE = %(reach)s; %(index)s ± %(reach)s = %(low)s to %(high)s") % params

"""A result as one reader may see it: what is hidden because few people are behind it, and what must be hidden with it.

Hiding a figure is not enough if another one reveals it (statistical offices call this primary and secondary
suppression). `minimum_respondents.py` has the minimum numbers. A pillar is *closed* to a reader if one of its questions has too
few numeric answers to show their distribution. A closed pillar shows no detail of single questions: no attainment, no
r*wg, no standard error, no rule by which a question blocks, no step; its score is rounded if one of its means is
hidden. `candidates.py` decides how much more is hidden.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .bank import Bank, Pillar, Scale
from .figures import (
    Agreement,
    Because,
    Blocker,
    GroupResult,
    Interval,
    Overall,
    PillarResult,
    Priority,
    QuestionResult,
    Result,
    ShapedPillarResult,
    Status,
)
from .marks import Marks
from .priorities import WHY, assumed
from .tolerance import below, rounded

TOO_FEW = "Too few people answered to show the index or the level."
WITHHELD: Status = "withheld"


@dataclass(frozen=True)
class Extent:
    """How much of a pillar is shown: which means and distributions, whether questions that block or need work are
    named, and whether its interval, level and score and the organisation's index are shown."""

    means: frozenset[str]
    distributions: frozenset[str]
    blockers: bool = True
    interval: bool = True
    level: bool = True
    score: bool = True
    index: bool = True

    def beside(self, known: "Extent") -> "Extent":
        """What is shown together with the means and distributions that are known already."""
        return replace(self, means=self.means | known.means, distributions=self.distributions | known.distributions)

    def hides_a_distribution(self, row: PillarResult) -> bool:
        """Whether the distribution of a question with a number is hidden."""
        return any(question.n and question.key not in self.distributions for question in row.questions)

    def must_round(self, row: PillarResult) -> bool:
        """Whether an answered question's mean is hidden, so that an exact score would reveal it."""
        return any(question.state == "answered" and question.key not in self.means for question in row.questions)


@dataclass(frozen=True)
class ReaderResult:
    """What one reader may see. `result` has None for hidden figures; `means` and `counts` (people per level) are by
    question key; the module docstring explains `closed` and `rounded` pillars; `withheld` ones have no level."""

    result: Result
    means: frozenset[str]
    counts: Mapping[str, tuple[int, ...]]
    closed: frozenset[str] = frozenset()
    rounded: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    extents: Mapping[str, Extent] = field(default_factory=dict)


class Seen:
    """A class whose `seen` is what a reader may see of a result."""

    seen: ReaderResult

    @property
    def result(self) -> Result:
        """The figures; None for those that may not be shown."""
        return self.seen.result

    @property
    def means(self) -> frozenset[str]:
        """The questions whose mean may be shown."""
        return self.seen.means

    @property
    def counts(self) -> Mapping[str, tuple[int, ...]]:
        """People per level, for the questions whose distribution may be shown."""
        return self.seen.counts


def suppress(
    bank: Bank,
    result: Result,
    counts: Mapping[str, tuple[int, ...]],
    extents: Mapping[str, Extent],
) -> ReaderResult:
    """Return `result` within its pillars' extents, by pillar key; a pillar without an extent is shown in full."""
    rows = {row.key: row for row in result.pillars}
    closed = frozenset(key for key, extent in extents.items() if extent.hides_a_distribution(rows[key]))
    coarse = frozenset(key for key in closed if extents[key].must_round(rows[key]))
    overall = overall_within(bank.scale, result.overall, extents.values(), closed=bool(closed), coarse=bool(coarse))
    pillars = tuple(
        pillar_within(bank.scale, row, extents[row.key]) if row.key in closed else row for row in result.pillars
    )
    groups = groups_within(bank, result.groups, extents, closed=closed, coarse=coarse)
    shown = replace(result, pillars=pillars, overall=overall, groups=groups)
    means = frozenset(
        question.key for row in result.pillars for question in row.questions
        if row.key not in extents or question.key in extents[row.key].means
    )  # fmt: skip
    seen = {key: per_level for key, per_level in counts.items() if _has_distribution(bank.pillar_of[key], key, extents)}
    return ReaderResult(
        result=replace(shown, priorities=priorities_within(bank, result, shown, extents)) if closed else shown,
        means=means,
        counts=seen,
        closed=closed,
        rounded=coarse,
        withheld=frozenset(key for key in closed if not extents[key].level),
        extents=extents,
    )


def _has_distribution(pillar: Pillar, key: str, extents: Mapping[str, Extent]) -> bool:
    return pillar.key not in extents or key in extents[pillar.key].distributions


def pillar_within(scale: Scale, row: PillarResult, extent: Extent) -> PillarResult:
    """A closed pillar, reduced to what `extent` shows."""
    coarse, told = extent.must_round(row), extent.score
    if isinstance(row, ShapedPillarResult) and not extent.level:
        row = replace(row, above=None)
    return replace(
        row,
        status=WITHHELD if not told or (row.level is not None and not extent.level) else row.status,
        score=_one(row.score, coarse) if told else None,
        score_100=_of_hundred(scale, row, coarse) if told else None,
        level=row.level if extent.level else None,
        self_declared=row.self_declared if extent.level else None,
        bounds=_both(row.bounds, coarse) if told else None,
        attained=dict.fromkeys(row.attained),
        blocking=_named(row) if extent.blockers else (),
        se=None,
        interval=_both(row.interval, True) if extent.interval else None,
        agreement=Agreement(
            r_wg_star=None,
            band=row.agreement.band if extent.blockers else None,
            flagged=tuple(key for key in row.agreement.flagged if key in extent.distributions),
        ),
        gap=_gap(row, coarse) if told else None,
        gap_within_error=row.gap_within_error if extent.interval else None,
        questions=tuple(question_within(question, extent) for question in row.questions),
    )


def groups_within(
    bank: Bank, found: Sequence[GroupResult], extents: Mapping[str, Extent], *,
    closed: Collection[str], coarse: Collection[str],
) -> tuple[GroupResult, ...]:  # fmt: skip
    """The groups without the score of one that has a pillar without one, and as printed where a pillar's is."""
    inside = {group.key: {p.key for p in bank.pillars if p.group == group.key} & set(closed) for group in bank.groups}
    shown = []
    for group in found:
        if not all(extents[key].score for key in inside[group.key]):
            shown.append(replace(group, score=None, score_100=None))
        elif inside[group.key] & set(coarse):
            score = _one(group.score, True)
            shown.append(replace(group, score=score, score_100=bank.scale.hundred(score)))
        else:
            shown.append(group)
    return tuple(shown)


def question_within(row: QuestionResult, extent: Extent) -> QuestionResult:
    """Hide the figures with too few people behind them. The number of *don't know* answers is always shown."""
    if row.key in extent.distributions or not row.n:
        return row
    if row.key in extent.means:
        return replace(row, low_median=None, disagreement=None)
    return replace(row, mean=None, low_median=None, disagreement=None, evidence=None)


def _named(row: PillarResult) -> tuple[Blocker, ...]:
    """The blockers in the order of the bank, without the rule by which each blocks: a rule names a level."""
    because: dict[str, Because | None] = {blocker.question: blocker.because for blocker in row.blocking}
    return tuple(
        Blocker(question.key, None if question.n else because[question.key])
        for question in row.questions
        if question.key in because
    )


def overall_within(scale: Scale, found: Overall, extents: Collection[Extent], *, closed: bool, coarse: bool) -> Overall:
    """The organisation's figures with closed pillars. No level if a pillar has no score: the level would reveal it."""
    if not closed:
        return found
    if not all(extent.index for extent in extents):
        return replace(found, index=None, index_100=None, level=None, weight_range=None, interval=None, reason=TOO_FEW)
    index = _one(found.index, coarse)
    return replace(
        found,
        index=index,
        index_100=scale.hundred(index) if coarse else found.index_100,
        level=found.level if all(extent.score for extent in extents) else None,
        reason=found.reason if all(extent.score for extent in extents) else found.reason or TOO_FEW,
        weight_range=_both(found.weight_range, coarse),
        interval=_both(found.interval, True),
    )


def priorities_within(bank: Bank, result: Result, shown: Result, extents: Mapping[str, Extent]) -> tuple[Priority, ...]:
    """The priorities of open pillars, and those of closed ones that follow from what is shown.

    Within a tier: by shown gain per shown effort, then lower effort; a hidden mean comes last, by its pillar's gap.
    """
    known = {priority.question: priority for priority in result.priorities}
    entries: list[tuple[tuple[float | str, ...], Priority]] = []
    for pillar, before, row in zip(bank.pillars, result.pillars, shown.pillars, strict=True):
        extent, target = extents.get(pillar.key), _target(before)
        for place, question in enumerate(row.questions):
            found = known.get(question.key)
            if extent is not None and extent.hides_a_distribution(before):
                found = _priority_within(bank.marks[question.key], found, row, extent, target)
            if found is not None:
                hidden = question.n > 0 and question.mean is None
                last = (-pillar.weight * (row.gap or 0.0), bank.questions[question.key].essential_at or 9, place)
                entries.append((_urgency(found, question.n == 0, last if hidden else (-9e9, 0, 0)), found))
    return tuple(priority for _key, priority in sorted(entries, key=lambda entry: entry[0]))


def _target(row: PillarResult) -> float | None:
    return None if row.score is None or row.gap is None else row.score + row.gap


def _priority_within(
    marks: Marks, found: Priority | None, row: PillarResult, extent: Extent, target: float | None
) -> Priority | None:
    """None if the list would reveal how somebody answered.

    If blockers are not named, every hidden question of a pillar below its target is listed, however it was answered.
    """
    asked = marks.question
    question = next(each for each in row.questions if each.key == asked.key)
    if not question.n:
        return found if extent.blockers or (asked.essential_at is not None and question.dont_know) else None
    if question.mean is not None:
        listed = target is not None and below(question.mean, min(target, marks.highest))
        listed = listed or (extent.blockers and found is not None)
    elif extent.blockers:
        listed = found is not None
    else:
        listed = question.state == "answered" and asked.weight > 0 and (row.gap or 0.0) > 0
    if not listed:
        return None
    tier, told = _tier(question, row, asked.essential_at is not None), question.key in extent.distributions
    return Priority(
        question=question.key,
        tier=tier,
        why=WHY[tier],
        gain=found.gain if found is not None and question.mean is not None else None,
        effort=found.effort if found is not None and told else None,
        action=found.action if found is not None and told else None,
        owner=found.owner if found is not None and told else None,
        horizon=found.horizon if found is not None and told else None,
    )


def _tier(question: QuestionResult, row: PillarResult, essential: bool) -> int:
    """The tier, from what is shown alone."""
    if essential and (question.dont_know or question.key in row.agreement.flagged):
        return 1
    return 2 if any(blocker.question == question.key for blocker in row.blocking) else 3


def _urgency(found: Priority, missing: bool, last: tuple[float, int, int]) -> tuple[float | str, ...]:
    effort = assumed(found.effort)
    return found.tier, missing, *last, -round((found.gain or 0.0) / effort, 9), effort, found.question


def _gap(row: PillarResult, coarse: bool) -> float | None:
    """The gap from the printed score, so that both add up to the target."""
    target, score = _target(row) if row.target is None else row.target, _one(row.score, coarse)
    return row.gap if target is None or score is None or not coarse else round(max(0.0, target - score), 9)


def _one(value: float | None, coarse: bool) -> float | None:
    return float(rounded(value)) if value is not None and coarse else value


def _both(pair: Interval | None, coarse: bool) -> Interval | None:
    return (float(rounded(pair[0])), float(rounded(pair[1]))) if pair is not None and coarse else pair


def _of_hundred(scale: Scale, row: PillarResult, coarse: bool) -> float | None:
    return scale.hundred(_one(row.score, coarse)) if coarse else row.score_100

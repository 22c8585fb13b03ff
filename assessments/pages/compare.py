"""The comparison page: assessments of one client, or several clients, on the questions that all of them share."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.charts.axis import axis_of
from assessments.charts.strips import VERSUS, SideMark, legend_sample, scale_strip, shapes, versus_svg
from assessments.scoring.bank import Scale
from assessments.scoring.change import Change, Comparison
from assessments.scoring.figures import Interval
from assessments.scoring.several import compare_several
from assessments.scoring.withheld import empty_change, hidden_in, restricted_comparison
from assessments.sentences import gettext as _
from assessments.wording import compare as words, numbers
from assessments.wording.change import PLACES, delta, interval
from assessments.wording.compare import ComparisonKind, ComparisonSide
from assessments.wording.credit import credit, named
from assessments.wording.numbers import optional

PRINTED = 1  # decimals of a score


@dataclass(frozen=True)
class ComparedSide:
    """One side at the top of the page, with its own published figures and its mark."""

    id: str
    name: str
    detail: str
    answered: str
    bank: str
    index: str | None
    figure: float | None  # the index, as exactly as it may be shown
    level: str | None
    mark: SafeString


@dataclass(frozen=True)
class ComparedCell:
    """One side compared with the first, in one row. `change` is unrounded; all texts are as shown."""

    change: Change
    score: str | None
    delta: str | None
    interval: str | None
    verdict: str
    is_real: bool


@dataclass(frozen=True)
class ComparedRow:
    """A pillar, or the index."""

    name: str
    common: int
    questions: int
    base: str | None
    cells: tuple[ComparedCell, ...]
    strip: SafeString
    withheld: bool
    has_hidden: bool = False  # a question of a side is hidden, so no figure may be shown exactly


@dataclass(frozen=True)
class ChangedAnswer:
    """A question whose median answer differs between the first side and another."""

    other: str
    pillar: str
    question: str
    before: int
    after: int


@dataclass(frozen=True)
class ComparePage:
    """Everything on the page, in reading order."""

    kind: ComparisonKind
    title: str
    heads: tuple[ComparedSide, ...]
    banners: tuple[str, ...]
    people: tuple[str, ...]
    people_changed: bool
    rows: tuple[ComparedRow, ...]
    total: ComparedRow
    common: int
    questions: int
    moved: tuple[ChangedAnswer, ...]
    scale: SafeString  # the numbers of the axis
    range: str  # of the scores: `1 to 5`
    credits: tuple[str, ...]  # one a bank

    @property
    def is_empty(self) -> bool:
        """Whether the banks share no question, as a banner then says in place of every figure."""
        return not self.common and bool(self.banners)

    @property
    def has_intervals(self) -> bool:
        """Whether an interval is drawn."""
        return any(cell.interval for row in (*self.rows, self.total) for cell in row.cells)


def compare_page(sides: Sequence[ComparisonSide], kind: ComparisonKind, *, height: float = VERSUS) -> ComparePage:
    """Compare each side with the first; assessments of one client are expected oldest first."""
    compared = compare_several([(side.bank, side.answers) for side in sides])
    first, *others = sides
    seen = [side.seen for side in sides]
    hidden, coarse = hidden_in(compared.common, *seen), frozenset(key for side in seen for key in side.rounded)
    pairs = tuple(restricted_comparison(pair, compared.common, *seen) for pair in compared.pairs)
    asked = (len(compared.common), len(sides[-1].bank.questions))
    return ComparePage(
        kind=kind,
        title=words.title(sides, pairs, kind),
        heads=tuple(_head(side, shape) for side, shape in zip(sides, shapes(len(sides)), strict=True)),
        banners=tuple(words.banners(sides, len(compared.common))),
        people=tuple(words.respondents(first, other) for other in others) if kind == "change" else (),
        people_changed=kind == "change" and not all(words.same_people(first, other) for other in others),
        rows=tuple(_rows(sides, pairs, compared.common, kind, height, hidden=hidden, coarse=coarse)),
        total=_row(
            _("Index"),
            sides,
            [pair.overall for pair in pairs],
            asked,
            kind,
            height=height,
            withheld=bool(hidden),
            has_hidden=bool(coarse),
        ),
        common=asked[0],
        questions=asked[1],
        moved=_moved(sides, pairs, hidden) if kind == "change" else (),
        scale=scale_strip(axis_of(sides[-1].bank)),
        range=numbers.ends(sides[-1].bank.scale),
        credits=(*dict.fromkeys(credit(side.bank) for side in sides),),
    )


def _rows(
    sides: Sequence[ComparisonSide], pairs: Sequence[Comparison], common: Sequence[str], kind: ComparisonKind, height: float, *,
    hidden: frozenset[str], coarse: frozenset[str],
) -> Iterator[ComparedRow]:  # fmt: skip
    """The pillars in the order of the last pair, each with its change on every side but the first."""
    names = {pillar.key: pillar.short or pillar.name for side in sides for pillar in side.bank.pillars}
    by_key = [{change.key: change for change in pair.pillars} for pair in pairs]
    for key in (change.key or "" for change in pairs[-1].pillars):
        changes, counts = [by_pillar.get(key, empty_change(key)) for by_pillar in by_key], _count(sides, key, common)
        limits = {"withheld": key in hidden, "has_hidden": key in coarse}
        yield _row(names[key], sides, changes, counts, kind, height=height, **limits)


def _head(side: ComparisonSide, shape: SideMark) -> ComparedSide:
    overall = side.result.overall
    return ComparedSide(
        id=side.id,
        name=side.name,
        detail=side.detail,
        answered=numbers.answered_of(side.result.answered, side.result.invited),
        bank=named(side.bank),
        index=optional(numbers.score, overall.index),
        figure=overall.index,
        level=optional(side.bank.level_text, overall.level),
        mark=legend_sample(shape, side.name),
    )


def _count(sides: Sequence[ComparisonSide], key: str, common: Sequence[str]) -> tuple[int, int]:
    """How many common questions a pillar has, and how many its latest version asks."""
    own = {question.key for pillar in sides[-1].bank.pillars if pillar.key == key for question in pillar.questions}
    return len(own & set(common)), len(own)


def _row(
    name: str,
    sides: Sequence[ComparisonSide],
    changes: Sequence[Change],
    counts: tuple[int, int],
    kind: ComparisonKind,
    *,
    height: float,
    withheld: bool,
    has_hidden: bool,
) -> ComparedRow:
    base = changes[-1].before
    scores = [base, *(change.after for change in changes)]
    real = None if kind == "difference" else changes[-1].real is True
    spoken = (_("no score") if score is None else numbers.score(score) for score in scores)
    title = ", ".join(f"{side.name} {words_}" for side, words_ in zip(sides, spoken, strict=True))
    return ComparedRow(
        name=name,
        common=counts[0],
        questions=counts[1],
        base=optional(numbers.score, base),
        cells=tuple(_cell(change, kind, withheld=withheld, coarse=has_hidden) for change in changes),
        strip=versus_svg(
            _drawn(scores, coarse=has_hidden),
            title,
            axis_of(sides[-1].bank),
            real=real,
            height=height,
            intervals=[_reach(sides[-1].bank.scale, change) for change in changes],
        ),
        withheld=withheld,
        has_hidden=has_hidden,
    )


def _reach(scale: Scale, change: Change) -> Interval | None:
    """Where a side's score may lie, seen from the first one: the interval of the difference added to that."""
    if change.interval is None or change.before is None:
        return None
    low, high = change.interval
    return scale.clip(change.before + low), scale.clip(change.before + high)


def _drawn(scores: Sequence[float | None], *, coarse: bool) -> list[float | None]:
    """The positions of the marks: rounded as printed if exact ones would reveal too much."""
    return [float(numbers.rounded(each)) if coarse and each is not None else each for each in scores]


def _cell(change: Change, kind: ComparisonKind, *, withheld: bool, coarse: bool) -> ComparedCell:
    return ComparedCell(
        change=change,
        score=optional(numbers.score, change.after),
        delta=delta(change),
        interval=interval(change, PRINTED if coarse else PLACES),
        verdict=_("not shown") if withheld else words.verdict(change, kind),
        is_real=change.real is True and kind == "change",
    )


def _moved(
    sides: Sequence[ComparisonSide], pairs: Sequence[Comparison], hidden: Collection[str]
) -> tuple[ChangedAnswer, ...]:
    """Changed answers in the order of the sides, then of the later bank."""
    first, *others = sides
    return tuple(
        entry for other, pair in zip(others, pairs, strict=True) for entry in _between(first, other, pair, hidden)
    )


def _between(
    first: ComparisonSide, other: ComparisonSide, pair: Comparison, hidden: Collection[str]
) -> Iterator[ChangedAnswer]:
    before, after = _middle_answers(first), _middle_answers(other)
    for change in pair.pillars:
        for key in change.changed if change.key not in hidden else ():
            low, high = before.get(key), after.get(key)
            if key in first.seen.counts and key in other.seen.counts and low is not None and high is not None:
                bank = other.bank
                yield ChangedAnswer(other.name, bank.pillar_of[key].name, bank.questions[key].text, low, high)


def _middle_answers(side: ComparisonSide) -> dict[str, int | None]:
    return {question.key: question.low_median for pillar in side.result.pillars for question in pillar.questions}

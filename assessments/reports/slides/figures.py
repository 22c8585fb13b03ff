"""Slides that show figures: pillars against target, the profile, agreement, and the change since last time."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from django.utils.text import Truncator

from assessments.charts.dots import DotRow
from assessments.charts.legend import BEFORE, PROVISIONAL, SCORE, TARGET
from assessments.pages.compare import ComparedRow, ComparePage
from assessments.reports.blocks import DASH, Legend
from assessments.reports.report import Report
from assessments.reports.sections.change import Since
from assessments.reports.sections.summary import Summary
from assessments.reports.slides.base import Box
from assessments.reports.slides.charts import Axis, Mark, axis_of, bars_chart, dots_chart, radar_chart
from assessments.reports.slides.table import HEAD, write_table
from assessments.reports.slides.writer import ACCENT, MUTED, Deck, Page, Para
from assessments.scoring.figures import PillarResult
from assessments.sentences import gettext as _
from assessments.wording import change as words, numbers
from assessments.wording.titles import hover, profile_title

ROW, MAX_NAMES = 34.0, 12  # the height of a row; pillars whose names fit around a radar
MOST = 15  # rows of a slide in readable type; more are divided evenly over several


def as_printed(value: float | None, places: int = 1) -> float | None:
    """The number that people read: an exact one could reveal more."""
    return None if value is None else float(numbers.rounded(value, places))


def series_names() -> dict[str, str]:
    names = {"score": SCORE, "hollow": PROVISIONAL, "target": TARGET, "previous": BEFORE}
    interval = {"interval": _("90%% interval") % {}, "ends": _("Ends of the interval")}
    return {**{kind: str(name) for kind, name in names.items()}, **interval}


def pillars_slide(deck: Deck, report: Report, summary: Summary, remarks: Sequence[str]) -> None:
    """Every pillar with its interval on the scale of the bank, and its distance to the target."""
    dots = summary.dots
    heads = [_("Pillar"), "", _("Score"), *([_("Interval")] if dots.has_interval else []), dots.gap_heading]
    shares = [26, 44, 8, *([12] if dots.has_interval else []), 22 if dots.has_interval else 30]
    axis, legend = axis_of(report.bank.scale.low, report.bank.scale.high), _legend(summary)
    for kicker, shown in _divided(_("Pillars against target"), dots.rows):
        page = deck.page(dots.title, kicker, summary.about_dots)
        rows = [_pillar_row(row, has_interval=dots.has_interval) for row in shown]
        alt = "; ".join([dots.title, *(f"{row.name}: {_told(row)}" for row in shown)])
        _dotted(page, heads, rows, shares, marks=[_mark(row) for row in shown], axis=axis, alt=alt, legend=legend)
        page.notes((f"{dots.title}.", *(f"{row.name}: {_told(row)}" for row in shown), *remarks))


def _through() -> str:
    return _("line through the dot: 90%% interval") % {}


def _legend(summary: Summary) -> str:
    """What the marks mean: an interval is a line here, which programs draw alike."""
    rows = (row._replace(words=_through()) if row.mark == "interval" else row for row in summary.dots.legend)
    return Legend((*rows,)).words


def _divided[T](name: str, rows: Sequence[T]) -> Iterator[tuple[str, Sequence[T]]]:
    """The rows of each slide, with the name of its subject and which of them it is."""
    count = max(1, ceil(len(rows) / MOST))
    each = ceil(len(rows) / count)
    for place in range(count):
        params = {"subject": name, "place": place + 1, "count": count}
        kicker = name if count == 1 else _("%(subject)s, slide %(place)s of %(count)s") % params
        yield kicker, rows[place * each : (place + 1) * each]


def _pillar_row(row: DotRow, *, has_interval: bool) -> list[Para]:
    interval = [Para(row.interval or (DASH if row.score else ""), size=13)] if has_interval else []
    score = Para(row.score or "", size=13, bold=True)
    return [
        Para(row.name, size=13, bold=row.is_group),
        Para(""),
        score,
        *interval,
        Para(_last(row), size=13, bold=row.clear_gap),
    ]


def _last(row: DotRow) -> str:
    return (row.short_absent or row.absent or "") if row.marks is None else row.remark


def _told(row: DotRow) -> str:
    parts = (row.score, row.interval and _("90%% interval %(interval)s") % {"interval": row.interval}, row.remark)
    return row.absent or numbers.listed([part for part in parts if part])


def _mark(row: DotRow) -> Mark:
    marks = row.marks
    if marks is None:
        return Mark(None)
    ends = None if marks.interval is None else (as_printed(marks.interval[0]) or 0, as_printed(marks.interval[1]) or 0)
    target, previous = as_printed(marks.target), as_printed(marks.previous)
    return Mark(as_printed(marks.score), ends, target, previous, hollow=marks.provisional)


def _dotted(
    page: Page, heads: Sequence[str], rows: Sequence[Sequence[Para]], shares: Sequence[float], *, marks: Sequence[Mark],
    axis: Axis, alt: str, legend: str,
) -> None:  # fmt: skip
    """A table with a chart over its second column, row beside row, and what its marks mean below."""
    area = page.deck.area
    each = min(ROW, (area.height - HEAD - 24) / max(1, len(rows)))
    right = [place for place, head in enumerate(heads) if head in (_("Score"), _("Interval"), _("Change"))]
    heights = write_table(
        page, Box(area.x, area.y, area.width, area.height - 24), heads, rows, shares, name=alt.partition(";")[0],
        right=right, row_height=each, head_height=HEAD,
    )  # fmt: skip
    before = sum(shares[: heads.index("")]) / sum(shares) * area.width
    width = shares[heads.index("")] / sum(shares) * area.width
    names = series_names()
    dots_chart(page, Box(area.x + before, area.y, width, sum(heights)), marks, axis, names=names, alt=alt, top=HEAD)
    page.text(Box(area.x, area.y + sum(heights) + 8, area.width, 16), [Para(legend, size=11, colour=MUTED)])


def profile_slide(deck: Deck, report: Report, summary: Summary) -> None:
    """The radar, or bars for one or two pillars, beside the highest scores and the widest gaps."""
    axes, scale, title = report.axes, report.bank.scale, profile_title(report)
    page, area = deck.page(title, _("Profile"), summary.about_dots.partition(". ")[0]), deck.area
    alt = "; ".join([title, *(hover(name, pillar) for name, pillar in axes)])
    wide = area.width * (0.48 if len(axes) > MAX_NAMES else 0.56 if deck.base.width > 800 else 0.6)
    axis, box = axis_of(scale.low, scale.high), Box(area.x, area.y - 4, wide, area.height + 4)
    scores = [as_printed(pillar.score) for _name, pillar in axes]
    if len(axes) < 3:
        box = Box(box.x, box.y, box.width, 60.0 + 60.0 * len(axes))
        bars = [(str(SCORE), scores, ACCENT)]
        bars_chart(page, box, [name for name, _pillar in axes], bars, axis=axis, alt=alt, stacked=False, form="0.0")
    else:
        labels = [str(n) if len(axes) > MAX_NAMES else f"{name} {_score(row)}" for n, (name, row) in enumerate(axes, 1)]
        radar_chart(page, box, labels, _series(report, scores), axis=axis, alt=alt)
    end = Box(area.x + wide + 24, area.y, area.width - wide - 24, area.height)
    if len(axes) > MAX_NAMES:
        _numbered(page, axes, end, title)
    else:
        page.text(end, list(_points(summary)))
    page.notes((f"{title}.", *(hover(name, pillar) for name, pillar in axes)))


def _numbered(page: Page, axes: Sequence[tuple[str, PillarResult]], box: Box, title: str) -> None:
    """The names and scores behind the numbers of a radar, in two columns."""
    half, wide = ceil(len(axes) / 2), (box.width - 20) / 2
    for column in range(2):
        rows = [
            [Para(f"{n} {name}", size=12), Para(_score(pillar), size=12, bold=True)]
            for n, (name, pillar) in list(enumerate(axes, 1))[column * half : (column + 1) * half]
        ]
        place = Box(box.x + column * (wide + 20), box.y, wide, box.height)
        each = min(26.0, (box.height - HEAD) / half)
        write_table(page, place, [_("Pillar"), _("Score")], rows, [74, 26], name=title, right=[1], row_height=each)


def _score(pillar: PillarResult) -> str:
    return DASH if pillar.score is None else numbers.score(pillar.score)


def _series(report: Report, scores: Sequence[float | None]) -> list[tuple[str, str, Sequence[float | None]]]:
    names, before = series_names(), report.previous
    targets = [as_printed(pillar.target) for _name, pillar in report.axes]
    earlier = [as_printed(before.get(pillar.key)) for _name, pillar in report.axes]
    found = (("previous", earlier), ("target", targets), ("score", scores))
    return [(kind, names[kind], values) for kind, values in found if any(value is not None for value in values)]


def _points(summary: Summary) -> Iterable[Para]:
    for heading, points in summary.columns[:2]:
        yield Para(heading, size=15, bold=True, after=6)
        for point in points:
            yield Para(point.text, point.head, size=14, after=8)


def change_slide(deck: Deck, since: Since, compared: ComparePage) -> None:
    """The change of every pillar with its interval, about the line of no change."""
    title, (before, after) = words.change_title(since.now.bank, since.comparison), since.assessments
    sub = _("Score by pillar, %(before)s and %(after)s, on the questions that both share")
    rows = [*compared.rows, compared.total]
    heads = [_("Pillar"), Truncator(before).chars(14), Truncator(after).chars(14), _("Change"), "", _("Verdict")]
    ends = [abs(end) for mark in map(_change_mark, rows) for end in (*(mark.interval or ()), mark.score or 0.0)]
    reach = max(1, ceil(max(ends, default=1)))
    axis = Axis(-reach, reach, reach / 2 if reach < 2 else 1, "+0.#;−0.#;0")
    legend, shares = numbers.capitalised(_through()), [26, 11, 11, 10, 36, 20]
    for kicker, shown in _divided(_("Since last time"), rows):
        page = deck.page(title, kicker, sub % {"before": before, "after": after})
        alt = "; ".join([title, *(f"{row.name} {row.cells[0].delta or DASH}" for row in shown)])
        cells, marks = [_change_row(row) for row in shown], [_change_mark(row) for row in shown]
        _dotted(page, heads, cells, shares, marks=marks, axis=axis, alt=alt, legend=legend)
        if since.seen_now:
            page.text(Box(deck.area.x, deck.area.bottom - 2, deck.area.width, 18), [Para(since.seen_now, size=13)])
        page.notes(
            (f"{title}.", since.seen_now or "", *_said_of(since, compared), *(_change_told(row) for row in shown))
        )


def _said_of(since: Since, compared: ComparePage) -> list[str]:
    bank, comparison = since.now.bank, since.comparison
    sentences = (words.index_sentence(comparison), words.withheld_sentence(bank, comparison))
    return [*(sentence for sentence in sentences if sentence), *compared.banners, *compared.people]


def _change_told(row: ComparedRow) -> str:
    (cell,) = row.cells
    return f"{row.name}: {numbers.listed([part for part in (cell.delta, cell.interval, cell.verdict) if part])}"


def _change_row(row: ComparedRow) -> list[Para]:
    (cell,) = row.cells
    texts = (row.name, row.base or DASH, cell.score or DASH)
    delta = Para(cell.delta or DASH, size=13, bold=cell.is_real)
    return [*(Para(text, size=13) for text in texts), delta, Para(""), Para(cell.verdict, size=13, bold=cell.is_real)]


def _change_mark(row: ComparedRow) -> Mark:
    """The change as printed, which is that of the printed scores."""
    change = row.cells[0].change
    if change.delta is None or change.before is None or change.after is None or row.cells[0].delta is None:
        return Mark(None)
    if change.interval is None or row.cells[0].interval is None:
        return Mark(numbers.apart(change.before, change.after))
    low, high = (as_printed(end, 1 if row.has_hidden else 2) or 0.0 for end in change.interval)
    return Mark(numbers.apart(change.before, change.after), (low, high))

"""What changed since the previous round, as a page of a report and as rows of a file."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from assessments.charts.slope import legs, slope_svg
from assessments.charts.versus import SHEET
from assessments.pages.compare import ComparedRow, ComparePage, compare_page
from assessments.reports.blocks import (
    BANNER,
    FIGURE,
    NOTE,
    SUB,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Section,
    Styled,
    Table,
    Text,
)
from assessments.results import AssessmentResult
from assessments.scoring.change import Comparison
from assessments.wording import change as words
from assessments.wording.compare import Side


@dataclass(frozen=True)
class Since:
    """An assessment beside the one before, within the limits of its reader; `checksum` is that of the earlier result."""

    before: Side
    now: Side
    comparison: Comparison
    checksum: str

    @property
    def assessments(self) -> tuple[str, str]:
        return self.before.name, self.now.name


@dataclass(frozen=True)
class ChangeRow:
    """One pillar, or the index: as on the page, a phrase where there is no figure."""

    name: str
    common: str
    before: str | None
    after: str | None
    change: str | None
    interval: str | None
    verdict: str
    is_real: bool


@dataclass(frozen=True)
class ChangePage:
    """The finding, the slope chart where there is anything to draw, every figure, and what limits the comparison."""

    title: str
    assessments: tuple[str, str]
    banners: tuple[str, ...]
    slope: SafeString | None
    rows: tuple[ChangeRow, ...]
    total: ChangeRow
    notes: tuple[str, ...]


def since(shown: AssessmentResult) -> Since | None:
    """None where there is no previous round, or none that this reader may see."""
    earlier = shown.earlier
    if earlier is None:
        return None
    before = Side(
        str(earlier.assessment.pk), earlier.assessment.name, "", earlier.bank, earlier.seen, earlier.answers,
        not earlier.assessment.is_named,
    )  # fmt: skip
    now = Side(
        str(shown.assessment.pk), shown.assessment.name, "", shown.bank, shown.seen, shown.answers, shown.confidential
    )
    return Since(before, now, earlier.comparison, earlier.checksum)


def figures(found: Since) -> ComparePage:
    """Both assessments like for like, on the questions that they share."""
    return compare_page([found.before, found.now], "change", height=SHEET)


def change_page(found: Since) -> ChangePage:
    """The page in the active language."""
    bank, comparison, compared = found.now.bank, found.comparison, figures(found)
    moved = [bank.questions[key].short or bank.questions[key].text for key in comparison.overall.changed]
    notes = (
        words.withheld_sentence(bank, comparison),
        *compared.people,
        words.moved_questions(moved),
    )
    return ChangePage(
        title=words.change_title(bank, comparison),
        assessments=found.assessments,
        banners=compared.banners,
        slope=_slope(found),
        rows=tuple(_row(row) for row in compared.rows),
        total=_row(compared.total),
        notes=tuple(note for note in notes if note),
    )


def _slope(found: Since) -> SafeString | None:
    if not legs(found.now.bank, found.comparison):
        return None
    return slope_svg(found.now.bank, found.comparison, found.assessments)


def _row(row: ComparedRow) -> ChangeRow:
    (cell,) = row.cells
    common = _("%(common)s of %(all)s") % {"common": row.common, "all": row.questions}
    return ChangeRow(row.name, common, row.base, cell.score, cell.delta, cell.interval, cell.verdict, cell.is_real)


def change_section(page: ChangePage) -> Section:
    """The page in blocks: what limits it, the drawing, and every figure like for like."""
    before, after = page.assessments
    sub = _("Score by pillar, %(before)s and %(after)s, on the questions that both share")
    blocks: list[Block] = [Text(sub % {"before": before, "after": after}, SUB)]
    blocks += [Text(banner, BANNER) for banner in page.banners]
    if page.slope:
        blocks.append(Figure(page.slope, 100, "slope-box", key="assessments/report/_change_key.html"))
    columns = (
        Column("pillar", _("Pillar"), 32),
        Column("common", _("Shared questions"), 20, FIGURE),
        *(Column(key, Truncator(name).chars(40), 20, FIGURE) for key, name in (("before", before), ("after", after))),
        Column("change", _("Change"), 18, FIGURE),
        Column("interval", _("90%% interval") % {}, 28, FIGURE),
        Column("verdict", _("Verdict"), 32),
    )
    rows = tuple(_cells(row) for row in (*page.rows, page.total))
    blocks += [Heading(_("Like for like")), Table("change", page.title, columns, rows, look="since", has_total=True)]
    blocks += [Text(note, NOTE) for note in page.notes]
    return Section(_("Change since the last round"), page.title, tuple(blocks), "change")


def _cells(row: ChangeRow) -> tuple[Cell, ...]:
    change, verdict = Styled(row.change, "strong" * row.is_real), Styled(row.verdict, "real" * row.is_real)
    return row.name, row.common, row.before, row.after, change, row.interval, verdict

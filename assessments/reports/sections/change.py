"""Changes since the previous round, as a page of a report and as a table."""

from dataclasses import dataclass

from django.utils.text import Truncator

from assessments.charts.legend import legend
from assessments.charts.slope import legs, slope_svg
from assessments.charts.strips import VERSUS_SHEET
from assessments.pages.compare import ComparedRow, ComparePage, compare_page
from assessments.pages.then_test import seen_now
from assessments.reports.blocks import (
    BANNER,
    FIGURE,
    NOTE,
    SUB,
    TWO,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Legend,
    Section,
    Styled,
    Table,
    Text,
)
from assessments.reports.precision import ends, told
from assessments.results import AssessmentResult
from assessments.scoring.change import Comparison
from assessments.sentences import gettext as _
from assessments.wording import change as words
from assessments.wording.compare import ComparisonSide


@dataclass(frozen=True)
class Since:
    """An assessment and the previous one, limited to what the reader may see; `checksum` is of the earlier result."""

    before: ComparisonSide
    now: ComparisonSide
    comparison: Comparison
    checksum: str
    seen_now: str | None = None  # how people see last time today, in a sentence

    @property
    def assessments(self) -> tuple[str, str]:
        return self.before.name, self.now.name


def since(result: AssessmentResult) -> Since | None:
    """The comparison with the previous round; None without one, or if this reader may not see it."""
    earlier = result.earlier
    if earlier is None:
        return None
    before = ComparisonSide(
        str(earlier.assessment.pk), earlier.assessment.name, "", earlier.bank, earlier.seen, earlier.answers,
        not earlier.assessment.is_named,
    )  # fmt: skip
    now = ComparisonSide(
        str(result.assessment.pk),
        result.assessment.name,
        "",
        result.bank,
        result.seen,
        result.answers,
        result.confidential,
    )
    return Since(before, now, earlier.comparison, earlier.checksum, seen_now(result))


def compared(since: Since) -> ComparePage:
    """Both assessments like for like, on the questions they share."""
    return compare_page([since.before, since.now], "change", height=VERSUS_SHEET)


def incomparable(since: Since | None) -> str | None:
    """Why the report has no page on the change, if the two versions of the bank share no question."""
    page = None if since is None else compared(since)
    return page.banners[0] if page is not None and page.is_empty else None


def change_section(since: Since, page: ComparePage) -> Section:
    """Limits of the comparison, the chart if any pillar can be compared, and all figures like for like."""
    bank, comparison, (before, after) = since.now.bank, since.comparison, since.assessments
    sub = _("Score by pillar, %(before)s and %(after)s, on the questions that both share")
    title = words.change_title(bank, comparison)
    blocks: list[Block] = [Text(sub % {"before": before, "after": after}, SUB)]
    blocks += [Text(since.seen_now)] if since.seen_now else []
    blocks += [Text(banner, BANNER) for banner in page.banners]
    if legs(bank, comparison):
        slope = slope_svg(bank, comparison, since.assessments)
        blocks += [Legend(legend("change", slope)), Figure(slope, 100, "slope-box")]
    columns = (
        Column("pillar", _("Pillar"), 32),
        Column("common", _("Shared questions"), 20, FIGURE),
        *(Column(side, Truncator(name).chars(40), 20, FIGURE) for side, name in (("before", before), ("after", after))),
        Column("change", _("Change"), 18, FIGURE),
        Column("interval", _("90%% interval") % {}, 28, FIGURE),
        Column("verdict", _("Verdict"), 32),
    )
    rows = tuple(_cells(row) for row in (*page.rows, page.total))
    moved = [bank.questions[each].short or bank.questions[each].text for each in comparison.overall.changed]
    notes = (words.withheld_sentence(bank, comparison), *page.people, words.moved_questions(moved))
    blocks += [Heading(_("Like for like")), Table("change", title, columns, rows, look="since", has_total=True)]
    blocks += [Text(note, NOTE) for note in notes if note]
    return Section("change", _("Since last time"), title, tuple(blocks))


def _cells(row: ComparedRow) -> tuple[Cell, ...]:
    (cell,), common = row.cells, _("%(common)s of %(all)s") % {"common": row.common, "all": row.questions}
    change, verdict = Styled(cell.delta, "strong" * cell.is_real), Styled(cell.verdict, "real" * cell.is_real)
    return row.name, common, row.base, cell.score, change, cell.interval, verdict


def change_table(result: AssessmentResult) -> Table | None:
    """One row per pillar, the index last; None without a previous round."""
    pair = since(result)
    if pair is None:
        return None
    before, after = pair.assessments
    columns = (
        Column("pillar", _("Pillar"), 18),
        Column("shared_questions", _("Shared questions"), 10),
        Column("questions", _("Questions"), 10),
        Column("before", before, 12, TWO),
        Column("after", after, 12, TWO),
        Column("change", _("Change"), 10, TWO),
        Column("interval_low", _("90%% interval, from") % {}, 16, TWO),
        Column("interval_high", _("90%% interval, to") % {}, 16, TWO),
        Column("verdict", _("Verdict"), 24),
    )
    page = compared(pair)
    return Table("change", _("Change"), columns, tuple(_exact(row) for row in (*page.rows, page.total)))


def _exact(row: ComparedRow) -> tuple[Cell, ...]:
    (cell,), coarse = row.cells, row.has_hidden
    change = cell.change
    scores = (told(value, coarse=coarse) for value in (change.before, change.after, change.delta))
    return (row.name, row.common, row.questions, *scores, *ends(change.interval, coarse=coarse), cell.verdict)

"""A result page as dataclasses that a template only renders. What may not be shown is already removed."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from assessments.charts.agreement import AgreementSection, agreement
from assessments.charts.axis import axis_of
from assessments.charts.dots import Dots, dots, score_strip
from assessments.charts.ladder import LadderStep, held_back, ladder
from assessments.charts.legend import LegendRow, legend
from assessments.charts.plotly import radar_figure, style_ids
from assessments.charts.radar import has_radar, is_numbered, profile_svg
from assessments.charts.slope import legs, slope_svg
from assessments.charts.strips import Marks, scale_strip
from assessments.charts.tables import ChartTable, every_table
from assessments.pages.result.agreed import AgreedSection, agreed_section
from assessments.pages.result.differences import Differences, differences
from assessments.pages.result.evidence import EvidenceSection, evidence_section
from assessments.pages.result.figures import Figures, PeerSection, figures, peers
from assessments.pages.result.next_steps import Blockers, Moves, blockers, moves
from assessments.scoring.bank import Bank
from assessments.scoring.figures import Result
from assessments.scoring.organisation import pillars_needed
from assessments.scoring.suppression import TOO_FEW
from assessments.scoring.view import Earlier, ResultView
from assessments.sentences import gettext as _
from assessments.wording import change as words, numbers
from assessments.wording.certainty import certainty
from assessments.wording.explanations.organisation import Whole, whole
from assessments.wording.explanations.pillar import Explanation, explanations
from assessments.wording.findings import finding, lead, level_reason
from assessments.wording.numbers import optional
from assessments.wording.remarks import hidden_because, thresholds
from assessments.wording.titles import profile_title

# What can be toggled in the radar: the class of its marks, and the role of its traces
SERIES = {"band": "interval", "tick": "target", "square": "previous", "triangle": "peers"}


@dataclass(frozen=True)
class ChangeSection:
    """The slope chart with its sentences; without a shared pillar there is no chart."""

    title: str
    sentences: tuple[str, ...]
    svg: SafeString | None
    legend: tuple[LegendRow, ...]
    assessments: tuple[str, str]


def changes(view: ResultView) -> ChangeSection | None:
    """The changes since the previous round; None without one."""
    earlier = view.earlier
    if earlier is None:
        return None
    comparison = earlier.comparison
    svg = slope_svg(view.bank, comparison, earlier.names, link="../figures/") if legs(view.bank, comparison) else None
    sentences = (
        _nothing_shared(view.bank, earlier),
        words.index_sentence(comparison),
        words.withheld_sentence(view.bank, comparison),
        words.people_sentence(comparison.overall),
        words.moved_questions(_moved(view)),
    )
    return ChangeSection(
        title=words.change_title(view.bank, comparison),
        sentences=tuple(sentence for sentence in sentences if sentence),
        svg=svg,
        legend=legend("change", svg or ""),
        assessments=earlier.names,
    )


def _nothing_shared(bank: Bank, earlier: Earlier) -> str | None:
    """Why nothing is compared, if the two versions of the bank share no question."""
    versions = (earlier.result.bank_version, bank.version)
    if earlier.comparison.overall.common_weight != 0 or len(set(versions)) == 1:
        return None
    return f"{words.different_versions(list(zip(earlier.names, versions, strict=True)))} {words.nothing_shared()}"


def _moved(view: ResultView) -> list[str]:
    """Questions whose median answer changed, as far as their figures may be shown."""
    changed = view.earlier.comparison.overall.changed if view.earlier else ()
    questions = view.bank.questions
    return [questions[key].short or questions[key].text for key in changed if key in view.counts]


@dataclass(frozen=True)
class Verdict:
    """Level and index; each may be None, and then its reason explains why."""

    level: str | None
    levels: int  # that the bank offers
    level_name: str | None
    self_declared: bool
    held_back: str | None
    level_reason: str | None
    index: str | None
    highest: str  # of the scale
    scale: SafeString  # the numbers of the axis
    index_strip: SafeString | None
    interval: str | None
    weights: str | None
    index_reason: str | None


@dataclass(frozen=True)
class Profile:
    """The radar, or bars for one or two pillars: the drawing and, for a radar, the same figure as JSON for Plotly."""

    title: str
    svg: SafeString
    figure: object  # None for bars
    style_ids: tuple[str, ...]  # of the style elements that Plotly looks for, see `plotly.style_ids`
    legend: tuple[LegendRow, ...]
    series: tuple[tuple[str, str], ...]  # what can be toggled: the role of its traces, and its name
    numbered: bool  # labels are numbers; the table has the names


@dataclass(frozen=True)
class ResultPage:
    """Everything on the pages of a result. A figure is drawn when a template asks for it, so each page pays for its own."""

    view: ResultView

    @property
    def organisation(self) -> str:
        return self.view.organisation

    @property
    def bank_version(self) -> str:
        return self.view.result.bank_version

    @property
    def method_version(self) -> str:
        return self.view.result.engine

    @property
    def answered(self) -> str:
        return numbers.answered_of(self.view.result.answered, self.view.result.invited)

    @cached_property
    def finding(self) -> str:
        return finding(self.view)

    @cached_property
    def lead(self) -> str | None:
        return lead(self.view)

    @cached_property
    def verdict(self) -> Verdict:
        return verdict(self.view)

    @cached_property
    def ladder(self) -> tuple[LadderStep, ...]:
        return ladder(self.view)

    @cached_property
    def dots(self) -> Dots:
        return dots(self.view)

    @cached_property
    def profile(self) -> Profile:
        return profile(self.view)

    @cached_property
    def figures(self) -> Figures:
        return figures(self.view)

    @cached_property
    def whole(self) -> Whole:
        return whole(self.view)

    @cached_property
    def explained(self) -> tuple[Explanation, ...]:
        return explanations(self.view)

    @cached_property
    def blockers(self) -> Blockers:
        return blockers(self.view)

    @cached_property
    def moves(self) -> Moves:
        return moves(self.view)

    @cached_property
    def agreement(self) -> AgreementSection:
        return agreement(self.view)

    @cached_property
    def certainty(self) -> tuple[str, ...]:
        return certainty(self.view)

    @cached_property
    def thresholds(self) -> str:
        return thresholds(self.view.bank)

    @cached_property
    def differences(self) -> Differences:
        return differences(self.view)

    @cached_property
    def changes(self) -> ChangeSection | None:
        """None without a previous round."""
        return changes(self.view)

    @cached_property
    def agreed(self) -> AgreedSection | None:
        """None if no workshop agreed on anything."""
        return agreed_section(self.view)

    @cached_property
    def evidence(self) -> EvidenceSection | None:
        """None if no answer cites a document, or nothing of it may be shown."""
        return evidence_section(self.view)

    @cached_property
    def peers(self) -> PeerSection | None:
        """None without a cohort."""
        return peers(self.view)

    @cached_property
    def tables(self) -> dict[str, ChartTable]:
        """The figures of each chart, by its name."""
        return every_table(self.view)


@dataclass(frozen=True)
class Glance:
    """What a home page shows of a result."""

    finding: str
    verdict: Verdict
    dots: Dots


def glance(view: ResultView) -> Glance:
    return Glance(finding(view), verdict(view), dots(view))


def verdict(view: ResultView) -> Verdict:
    """Level and index with their uncertainty."""
    bank, overall = view.bank, view.result.overall
    return Verdict(
        level=optional(bank.level_text, overall.level),
        levels=bank.level_number(bank.highest),
        level_name=None if overall.level is None else bank.levels[overall.level - 1].name,
        self_declared=_is_self_declared(view),
        held_back=held_back(view),
        level_reason=level_reason(view) if overall.level is None else None,
        index=optional(numbers.score, overall.index),
        index_strip=_index_strip(view),
        highest=numbers.point(bank.scale.high),
        scale=scale_strip(axis_of(bank)),
        interval=optional(numbers.interval, overall.interval),
        weights=optional(numbers.span, overall.weight_range) if pillars_needed(bank)[1] > 1 else None,
        index_reason=_index_reason(view.result) if overall.index is None else None,
    )


def _index_reason(result: Result) -> str:
    if result.overall.reason == TOO_FEW:
        return hidden_because(result.answered)
    return _("No index: too few pillars have a score")


def _is_self_declared(view: ResultView) -> bool:
    level = view.result.overall.level
    if level is None or level < view.bank.claimed_from:
        return False
    return any(pillar.self_declared for pillar in view.result.pillars)


def _index_strip(view: ResultView) -> SafeString | None:
    overall = view.result.overall
    if overall.index is None:
        return None
    title = _("Index %(index)s") % {"index": numbers.score(overall.index)}
    marks = Marks(score=overall.index, interval=overall.interval)
    return score_strip(marks, title, axis_of(view.bank), hidden=True)


def profile(view: ResultView) -> Profile:
    """The radar for three or more pillars; one or two are bars, which no script replaces."""
    svg, is_radar = profile_svg(view), has_radar(view)
    rows = legend("profile", svg)
    return Profile(
        title=profile_title(view),
        svg=svg,
        figure=radar_figure(view) if is_radar else None,
        style_ids=style_ids() if is_radar else (),
        legend=rows,
        series=tuple((SERIES[row.mark], row.short) for row in rows if row.mark in SERIES) if is_radar else (),
        numbered=is_numbered(view),
    )

"""How far respondents agree: r*wg of each pillar on 0-1, highest first, with the zone of moderate agreement."""

from dataclasses import dataclass
from functools import partial

from django.utils.safestring import SafeString

from assessments.charts import palette
from assessments.charts.strips import (
    SCREEN_HEIGHT,
    SHARES,
    STRIP,
    STRIP_END,
    FileRow,
    dot,
    grid,
    rows_svg,
    strip_svg,
)
from assessments.charts.svg import Attribute, Scale, element, text
from assessments.scoring.agreement import STRONG, WEAK
from assessments.scoring.figures import PillarResult
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.remarks import BANDS
from assessments.wording.titles import agreement_note, agreement_title, rated

ZONE = (WEAK, STRONG)  # the zone of moderate agreement
TICKS = (0, *ZONE, 1)
FILE = Scale(0, STRIP_END - STRIP, STRIP)


@dataclass(frozen=True)
class AgreementRow:
    """One pillar's r*wg with its band."""

    key: str
    name: str
    r_wg: float
    strip: SafeString
    value: str
    band: str
    people: str


@dataclass(frozen=True)
class AgreementSection:
    """The rows, and the note that explains it if there are none (fewer than three respondents)."""

    title: str
    note: str
    rows: tuple[AgreementRow, ...]


def agreement(view: ResultView, *, height: float = SCREEN_HEIGHT) -> AgreementSection:
    """Pillars by descending agreement; those without a value are left out."""
    rows = tuple(_row(value, name, pillar, height) for value, name, pillar in ranked(view))
    return AgreementSection(agreement_title(view), agreement_note(view.result), rows)


def ranked(view: ResultView) -> list[tuple[float, str, PillarResult]]:
    """Highest agreement first."""
    return sorted(rated(view), key=lambda row: -row[0])


def _row(value: float, name: str, pillar: PillarResult, height: float) -> AgreementRow:
    low, high = (numbers.agreement(end) for end in ZONE)
    title = _("Weak up to %(low)s, strong from %(high)s") % {"low": low, "high": high}
    band = pillar.agreement.band
    return AgreementRow(
        key=pillar.key,
        name=name,
        r_wg=value,
        strip=strip_svg(title, height, _marks(value, SHARES, height / 2, height)),
        value=numbers.agreement(value),
        band="" if band is None else str(BANDS[band]),
        people=numbers.people(pillar.respondents),
    )


def _marks(value: float, scale: Scale, y: float, height: float) -> list[SafeString]:
    """A negative value is drawn at 0 but printed as it is."""
    x, width = scale.at(ZONE[0]), scale.length(*ZONE)
    zone = element("rect", class_="zone", x=x, width=width, y=y - height / 2, height=height, fill=palette.GROUND)
    mark = dot(scale.at(max(0.0, value)), y, height)
    return [zone, *grid(scale, TICKS, y, height), mark]


def agreement_svg(view: ResultView) -> SafeString:
    """All rows as one drawing, for a file."""
    rows = agreement(view).rows
    return rows_svg("agreement", _sentence(rows), _head(), [
        FileRow(row.name, partial(_marks, row.r_wg, FILE), row.value, f"{row.band}, {row.people}") for row in rows
    ])  # fmt: skip


def _head() -> list[SafeString]:
    """The names of the bands above their parts of the axis."""
    low, high = ZONE
    middles = zip(BANDS.values(), (low / 2, (low + high) / 2, (high + 1) / 2), strict=True)
    style: dict[str, Attribute] = {"class_": "muted", "text_anchor": "middle"}
    return [text(str(band), FILE.position(x), 24, size=14, fill=palette.MUTED, **style) for band, x in middles]


def _sentence(rows: tuple[AgreementRow, ...]) -> str:
    values = numbers.listed([f"{row.name} {row.value}" for row in rows])
    return _("Agreement between respondents, r*wg, from 0 to 1: %(found)s.") % {"found": values}

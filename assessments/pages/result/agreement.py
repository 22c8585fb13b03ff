"""How far the respondents agree, a pillar a strip, strongest agreement first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.charts.dot_rows import SCREEN, ZONE, agreement_svg
from assessments.scoring.figures import PillarResult
from assessments.scoring.view import ResultView
from assessments.wording import numbers
from assessments.wording.remarks import BANDS
from assessments.wording.titles import agreement_note, agreement_title


@dataclass(frozen=True)
class AgreementRow:
    """One pillar's r*wg with its band."""

    name: str
    strip: SafeString
    value: str
    band: str
    people: str


@dataclass(frozen=True)
class Agreement:
    """The rows; none below three respondents, and then the note says so."""

    title: str
    note: str
    rows: tuple[AgreementRow, ...]


def agreement(view: ResultView, *, height: float = SCREEN) -> Agreement:
    """Pillars in the order of their agreement; those without it are left out."""
    known = [
        (pillar.agreement.r_wg_star, name, pillar)
        for name, pillar in view.axes
        if pillar.agreement.r_wg_star is not None
    ]
    ranked = sorted(known, key=lambda row: -row[0])
    return Agreement(
        title=agreement_title(view),
        note=agreement_note(view.result),
        rows=tuple(_row(value, name, pillar, height) for value, name, pillar in ranked),
    )


def _row(value: float, name: str, pillar: PillarResult, height: float) -> AgreementRow:
    low, high = (numbers.agreement(end) for end in ZONE)
    title = _("Weak up to %(low)s, strong from %(high)s") % {"low": low, "high": high}
    band = pillar.agreement.band
    return AgreementRow(
        name=name,
        strip=agreement_svg(value, title, height=height),
        value=numbers.agreement(value),
        band="" if band is None else str(BANDS[band]),
        people=numbers.people(pillar.respondents),
    )

"""The profile for those who do not see the drawing, and what a point says under the pointer."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.scoring.figures import PillarResult
from assessments.wording import numbers


def alternative(axes: Sequence[tuple[str, PillarResult]], *, radar: bool = True) -> str:
    """The profile as text: what it is, every pillar's score in the order drawn, and where the figures stand."""
    opening = _opening(len(axes), radar=radar)
    scores = ", ".join(_axis(name, pillar) for name, pillar in axes)
    return _("%(opening)s %(scores)s. The table below gives every figure.") % {"opening": opening, "scores": scores}


def _opening(count: int, *, radar: bool) -> str:
    if not radar:
        text = ngettext("%(count)s pillar on an axis from 1 to 5.", "%(count)s pillars on an axis from 1 to 5.", count)
        return numbers.capitalised(text % {"count": numbers.in_words(count)})
    opening = ngettext(
        "Radar of %(count)s pillar on an axis from 1 to 5.",
        "Radar of %(count)s pillars on an axis from 1 to 5.",
        count,
    )
    return opening % {"count": numbers.in_words(count)}


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

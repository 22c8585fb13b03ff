"""The roadmap as CSV, one action a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from assessments.csv_safety import BOM, safe_text
from assessments.results import AssessmentResult
from assessments.results.decisions import actions_of


def roadmap_csv(shown: AssessmentResult) -> bytes:
    """Every action, dropped ones included; a gain only where the question's mean may be shown."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in _rows(shown):
        writer.writerow([safe_text(cell) for cell in row])
    return (BOM + file.getvalue()).encode()


def _rows(shown: AssessmentResult) -> Iterator[list[str]]:
    yield [
        *(_("Action"), _("Pillar"), _("Key"), _("Owner"), _("Due on"), _("Within"), _("State"), _("Done on")),
        *(_("Person-months"), _("Gain, points of 100"), _("Comes after"), _("Checksum of the result")),
    ]
    gains = {p.question: p.gain for p in shown.result.priorities if p.question in shown.means}
    for action in actions_of(shown.assessment):
        pillar, gain = shown.bank.pillar_of.get(action.question), gains.get(action.question)
        dates = ["" if day is None else day.isoformat() for day in (action.due_on, action.done_on)]
        yield [
            *(action.title, pillar.name if pillar else "", action.question, action.owner, dates[0]),
            *(action.get_horizon_display(), action.get_status_display(), dates[1]),
            *("" if number is None else str(number) for number in (action.effort, gain)),
            *("; ".join(first.title for first in action.requires.all()), action.checksum),
        ]

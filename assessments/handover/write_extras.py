"""What stands beside an assessment's result, as it goes along in a hand-over: commentary, roadmap, what-ifs, workshop.

Nobody's account is in it. What people typed is as they typed it, except an e-mail address where a field says who.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from assessments.formats.json_line import Out
from assessments.models import AgreedAnswer, Assessment, Commentary, Scenario, Workshop
from assessments.results.decisions import actions_of


def beside_of(assessment: Assessment, consultancies: Sequence[UUID]) -> dict[str, Out]:
    """By kind. A commentary names its consultancy by the place in `consultancies`."""
    return {
        "commentary": [_commentary(row, consultancies) for row in written_about(assessment)],
        "roadmap": _roadmap(assessment),
        "scenarios": [_scenario(row) for row in Scenario.objects.filter(assessment=assessment).newest_first()],
        "agreed": [_agreed(row) for row in _agreed_rows(assessment)],
        "workshop": _workshop(Workshop.objects.filter(pk=assessment.pk).first()),
    }


def written_about(assessment: Assessment) -> Sequence[Commentary]:
    """The texts of an assessment that say something. One query."""
    return list(Commentary.objects.written().filter(assessment=assessment).order_by("pillar"))


def without_address(who: str) -> str:
    """Whoever is named in plain words; nobody where the words are an e-mail address."""
    return "" if "@" in who else who


def _commentary(row: Commentary, consultancies: Sequence[UUID]) -> Out:
    return {
        "pillar": row.pillar,
        "text": row.text,
        "of_result": row.checksum,
        "consultancy": None if row.consultancy_id is None else consultancies.index(row.consultancy_id),
        "changed_at": row.changed_at.isoformat(),
    }


def _roadmap(assessment: Assessment) -> Out:
    """In order; `requires` are places in this list."""
    rows = list(actions_of(assessment))
    place = {row.pk: number for number, row in enumerate(rows)}
    return [
        {
            "title": row.title,
            "question": row.question,
            "of_result": row.checksum,
            "owner": without_address(row.owner),
            "due_on": _day(row.due_on),
            "horizon": row.horizon,
            "effort": row.effort,
            "status": row.status,
            "done_on": _day(row.done_on),
            "created_at": row.created_at.isoformat(),
            "requires": [place[first.pk] for first in row.requires.all()],
        }
        for row in rows
    ]


def _scenario(row: Scenario) -> Out:
    return {
        "name": row.name,
        "levels": row.levels,
        "of_result": row.checksum,
        "created_at": row.created_at.isoformat(),
    }


def _agreed_rows(assessment: Assessment) -> Sequence[AgreedAnswer]:
    return list(AgreedAnswer.objects.filter(assessment=assessment).select_related("question").order_by("pk"))


def _agreed(row: AgreedAnswer) -> Out:
    return {
        "question": row.question.key,
        "level": row.level,
        "reason": row.reason,
        "dissent": row.dissent,
        "revision": row.revision,
        "earlier": row.earlier,
        "agreed_at": row.agreed_at.isoformat(),
    }


def _workshop(row: Workshop | None) -> Out:
    """With the votes that were shown, counted; who voted stays behind."""
    if row is None:
        return None
    shown: Any = row.askings.exclude(revealed_at=None).select_related("question").order_by("asked_at", "pk")
    return {
        "order": row.order,
        "started_at": row.started_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        "votes": [
            {
                "question": asking.question.key,
                "asked_at": asking.asked_at.isoformat(),
                "revealed_at": asking.revealed_at.isoformat(),
                "counts": asking.counts,
                "dont_know": asking.dont_know,
            }
            for asking in shown
        ],
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None

"""What-ifs on a round's result: which questions may be moved, and what would come out."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from assessments.models import Assessment, Scenario
from assessments.scoring.result import Result
from assessments.scoring.whatif import what_if

from .rounds import RoundResult


def movable(shown: RoundResult) -> frozenset[str]:
    """The keys of the questions that this reader may move.

    How figures change when a question moves says how it was answered; so only where that may be shown, or where
    nobody gave a number. What does not apply stays as it is.
    """
    questions = [row for pillar in shown.result.pillars for row in pillar.questions if row.state != "not_applicable"]
    return frozenset(row.key for row in questions if row.n == 0 or row.key in shown.counts)


def result_if(shown: RoundResult, levels: Mapping[str, int]) -> Result:
    """The result if each of these questions reached its level, by the same method."""
    return what_if(shown.bank, shown.answers, levels)


def scenarios_of(assessment: Assessment) -> QuerySet[Scenario]:
    """What was saved for a round, newest first."""
    return Scenario.objects.filter(assessment=assessment).newest_first()


def scenario_of(assessment: Assessment, pk: UUID) -> Scenario:
    """One of them; Http404 for anything else."""
    found = Scenario.objects.filter(assessment=assessment, pk=pk).first()
    if found is None:
        raise Http404
    return found

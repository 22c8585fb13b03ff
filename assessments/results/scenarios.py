"""Scenarios on an assessment's result: which questions may be moved, and the resulting figures."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from assessments.models import Assessment, Scenario
from assessments.scoring.figures import Result
from assessments.scoring.suppression import suppress
from assessments.scoring.tolerance import rounded
from assessments.scoring.whatif import what_if

from .assessment import AssessmentResult


def movable(result: AssessmentResult) -> frozenset[str]:
    """The keys of the questions that this reader may move.

    How figures change when a question moves reveals how it and its neighbours were answered. So no question of a closed
    pillar may move, and none at all if a pillar's level is withheld. Questions that do not apply stay as they are.
    """
    if result.seen.withheld:
        return frozenset()
    open_ones = [pillar for pillar in result.result.pillars if pillar.key not in result.seen.closed]
    return frozenset(row.key for pillar in open_ones for row in pillar.questions if row.state != "not_applicable")


def result_if(current: AssessmentResult, levels: Mapping[str, int]) -> Result:
    """The result if each of these questions reached its level, by the same method and within the result's limits.

    If a pillar is rounded, the index starts from its printed value: an exact one would reveal what was rounded away.
    """
    then = what_if(current.bank, current.answers, levels)
    limited = suppress(current.bank, then, current.counts, current.seen.extents).result
    now, before = what_if(current.bank, current.answers, {}).overall.index, current.result.overall.index
    if not current.seen.rounded or now is None or before is None or then.overall.index is None:
        return limited
    index = float(rounded(before + then.overall.index - now))
    return replace(
        limited, overall=replace(limited.overall, index=index, index_100=25 * (index - 1), weight_range=None)
    )


def scenarios_of(assessment: Assessment) -> QuerySet[Scenario]:
    """An assessment's saved scenarios, newest first."""
    return Scenario.objects.filter(assessment=assessment).newest_first()


def scenario_of(assessment: Assessment, pk: UUID) -> Scenario:
    """One scenario of an assessment. Raises Http404 if there is none."""
    scenario = Scenario.objects.filter(assessment=assessment, pk=pk).first()
    if scenario is None:
        raise Http404
    return scenario

"""The result of a pulse: what changed since its questions were last answered; and the pulses between two results."""

from collections.abc import Callable

from assessments.models import Assessment
from assessments.scoring.pulse import PulseChange, pulse_change

from .assessment import AssessmentResult
from .bank import bank_of


def change_of(result: AssessmentResult) -> PulseChange:
    """What changed since the result of `with_previous_round`, or just the means if there is none."""
    before, subset = result.earlier, result.assessment.subset
    now = bank_of(result.assessment.bank_version), result.answers
    if before is None:
        return pulse_change(None, now, subset, result.seen)
    return pulse_change((before.bank, before.answers, before.seen), now, subset, result.seen)


def pulses_between(
    assessment: Assessment, since: Assessment | None, may_see: Callable[[Assessment], bool]
) -> list[Assessment]:
    """The pulses on the same bank that closed after `since` (None: ever) and before this assessment, oldest first.

    One query; `may_see` is asked about each.
    """
    rows = Assessment.objects.present().closed().exclude(subset="").exclude(pk=assessment.pk)
    rows = rows.filter(organisation=assessment.organisation_id, bank_version__bank=assessment.bank_version.bank_id)
    if assessment.closed_at is not None:
        rows = rows.filter(closed_at__lt=assessment.closed_at)
    if since is not None and since.closed_at is not None:
        rows = rows.filter(closed_at__gt=since.closed_at)
    return [row for row in rows.order_by("closed_at", "pk") if may_see(row)]

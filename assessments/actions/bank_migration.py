"""Moving an assessment without answers to another version of its bank."""

from django.db import transaction

from assessments import audit
from assessments.models import Answer, Assessment, BankVersion, Delegation, KeptAnswers, User

from .assessments import WrongStateError


def is_untouched(assessment: Assessment) -> bool:
    """Whether nothing in the assessment refers to a question or pillar of its version yet."""
    if assessment.has_result:
        return False
    touched = (
        model.objects.filter(submission__participant__assessment=assessment)
        for model in (Answer, KeptAnswers, Delegation)
    )
    return not any(rows.exists() for rows in touched)


def destinations(assessment: Assessment) -> list[BankVersion]:
    """The published versions of the same bank to which the assessment could move; a pulse needs its subset there."""
    same = BankVersion.objects.published().filter(bank=assessment.bank_version.bank_id)
    others = same.exclude(pk=assessment.bank_version_id).newest_first()
    return [version for version in others if version.has_subset(assessment.subset)]


@transaction.atomic
def move_assessment(*, assessment: Assessment, version: BankVersion, by: User) -> list[str]:
    """Move the assessment to another published version of its bank; returns the pillars whose targets were dropped.

    Raises WrongStateError once it has answers; nothing is changed then.
    """
    current = Assessment.objects.select_related("bank_version").locked(assessment.pk)
    if version not in destinations(current) or not is_untouched(current):
        raise WrongStateError
    pillars = set(version.pillars.values_list("key", flat=True))
    dropped = [key for key in current.targets if key not in pillars]
    current.targets = {key: target for key, target in current.targets.items() if key in pillars}
    current.bank_version = version
    current.save()
    audit.record(by=by, verb=audit.Verb.VERSION_CHANGED, what=current)
    return dropped

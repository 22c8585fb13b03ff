"""What happens to a closed assessment when one of its respondents is erased."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from assessments import audit, results
from assessments.actions import kept_reports
from assessments.models import Assessment, ExportFile, KeptReport, Participant, Result


def keep_numbers(part: Participant) -> None:
    """Keep the numbers under the pseudonym, without the name, account and function that could identify the person."""
    for row in part.assessment.results.select_related("assessment__bank_version"):
        before = results.forget_function(row, part.pseudonym)
        row.save(update_fields=["answers", "checksum"])
        follow(part.assessment, before, row.checksum)
    Participant.objects.filter(pk=part.pk).update(name="", function=Participant.Function.OTHER)


def lose_result(part: Participant) -> None:
    """Delete the result, as too few respondents would remain. The assessment reopens so that the others can close it;
    decisions and scenarios wait for the next result. Without other participants the assessment is deleted."""
    assessment = part.assessment
    later = Result.objects.filter(compared_with__assessment=assessment)
    later.update(compared_with=None, comparability=None, change=None, change_is_real=None)
    assessment.results.all().delete()
    assessment.threads.exclude(level=None).delete()  # they tell of answers that only this result showed
    kept_reports.forget(KeptReport.objects.filter(assessment=assessment))
    part.delete()
    audit.record(by=None, verb=audit.Verb.RESULT_ERASED, what=assessment)
    if not assessment.participants.exists():
        assessment.delete()
        return
    assessment.state, assessment.result_was_erased = Assessment.State.OPEN, True
    assessment.erased_result_closed_at = assessment.closed_at
    assessment.closed_at = assessment.released_at = None
    assessment.save(
        update_fields=[
            "state",
            "closed_at",
            "released_at",
            "result_was_erased",
            "erased_result_closed_at",
        ]
    )


def follow(assessment: Assessment, before: str, now: str) -> None:
    """Update everything that refers to a result by its checksum, when that has changed."""
    for model in tables_naming_a_result():
        model._default_manager.filter(assessment=assessment, checksum=before).update(checksum=now)


def tables_naming_a_result() -> Iterator[type[Model]]:
    """Models whose rows refer to a result by its checksum."""
    for model in apps.get_app_config("assessments").get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if {"assessment", "checksum"} <= names and model not in (Result, ExportFile):
            yield model

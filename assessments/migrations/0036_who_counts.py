"""Whom the limits of a frozen result count, and figures of confidential ones no more exact than they are printed."""

from django.db import migrations, models


def fill(apps, schema_editor):
    """As the rows say now: nothing of it was frozen before."""
    result, pillar = apps.get_model("assessments", "Result"), apps.get_model("assessments", "PillarResult")
    submission = apps.get_model("assessments", "Submission")
    confidential = result.objects.filter(assessment__confidentiality="confidential")
    for row in result.objects.only("pk", "assessment", "index", "change").iterator(chunk_size=500):
        told = submission.objects.filter(participant__assessment=row.assessment_id, state="submitted")
        told = told.filter(models.Q(mode="self") | models.Q(confirmed_at__isnull=False))
        rows = told.values_list("participant__pseudonym", "mode", "recorded_by")
        counted = {person: recorder if mode == "interview" else None for person, mode, recorder in rows}
        result.objects.filter(pk=row.pk).update(counted=counted)
    for row in confidential.only("pk", "index", "change").iterator(chunk_size=500):
        figures = {name: getattr(row, name) for name in ("index", "change")}
        rounded = {name: None if value is None else round(value, 1) for name, value in figures.items()}
        result.objects.filter(pk=row.pk).update(**rounded)
    for row in pillar.objects.filter(result__in=confidential, score__isnull=False).iterator(chunk_size=500):
        pillar.objects.filter(pk=row.pk).update(score=round(row.score, 1))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0035_figures_in_range")]

    operations = [
        migrations.AddField("result", "counted", models.JSONField(default=dict)),
        migrations.AddField(
            "assessment", "result_was_erased", models.BooleanField(default=False, editable=False)
        ),
        migrations.AddField("result", "differing", models.JSONField(default=list)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

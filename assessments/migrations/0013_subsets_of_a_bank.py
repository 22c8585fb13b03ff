from django.db import migrations, models

from assessments.models import triggers


def install(apps, schema_editor):
    for statement in triggers.install(schema_editor.connection.vendor, triggers.SUBSET_VERSION_COLUMNS):
        schema_editor.execute(statement)


def install_before(apps, schema_editor):
    for statement in triggers.install(schema_editor.connection.vendor, triggers.VERSION_COLUMNS):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in triggers.remove(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The triggers name the columns of a published version, and SQLite drops those of a table that it remakes."""

    dependencies = [
        ('assessments', '0012_templates_of_a_consultancy'),
    ]

    operations = [
        migrations.RunPython(remove, install_before),
        migrations.AddField(
            model_name='bankversion',
            name='subsets',
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name='assessment',
            name='subset',
            field=models.CharField(blank=True, max_length=64, verbose_name='questions asked'),
        ),
        migrations.RunPython(install, remove),
    ]

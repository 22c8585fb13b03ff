"""Put the triggers of `models/triggers.py` in place."""

from django.db import migrations

from assessments.models import triggers


def install(apps, schema_editor):
    for statement in triggers.install(schema_editor.connection.vendor, languages=False, chain=False):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in triggers.remove(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]

"""Put the triggers of `models/frozen.py` in place."""

from django.db import migrations

from assessments.models import frozen


def install(apps, schema_editor):
    for statement in frozen.install(schema_editor.connection.vendor, languages=False, chain=False):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in frozen.remove(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]

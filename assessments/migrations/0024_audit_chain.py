from django.db import migrations, models

from assessments.models import triggers


def install(apps, schema_editor):
    for statement in triggers.install(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def install_as_before(apps, schema_editor):
    for statement in triggers.install(schema_editor.connection.vendor, chain=False):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in triggers.remove(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0023_organisations_by_name'),
    ]

    operations = [
        migrations.RunPython(remove, install_as_before),  # a rebuilt table loses its triggers
        migrations.AddField(
            model_name='auditevent',
            name='hash',
            field=models.CharField(db_default='', default='', editable=False, max_length=64, verbose_name='hash'),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='number',
            field=models.PositiveBigIntegerField(editable=False, null=True, unique=True, verbose_name='number'),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(condition=models.Q(('number', None)), fields=['id'], name='events_to_link'),
        ),
        migrations.RunPython(install, remove),
    ]

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from assessments.models import triggers


def install(apps, schema_editor):
    for statement in triggers.install(schema_editor.connection.vendor, triggers.SUBSET_VERSION_COLUMNS):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in triggers.remove(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """SQLite remakes the table of questions, and drops its triggers."""

    dependencies = [
        ('assessments', '0022_unit_of_an_action'),
    ]

    operations = [
        migrations.RunPython(remove, install),
        migrations.AddField(
            model_name='question',
            name='central',
            field=models.BooleanField(default=False, help_text='Where an assessment asks units, only of people who answer for the whole organisation.', verbose_name='asked once for all units'),
        ),
        migrations.CreateModel(
            name='UnitObjection',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                ('state', models.CharField(choices=[('open', 'Not decided yet'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='open', max_length=8, verbose_name='state')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='assessments.assessment')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.question')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='assessments.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assessment', 'unit', 'question'), name='one_objection_a_question'), models.CheckConstraint(condition=models.Q(('state__in', ('open', 'accepted', 'declined'))), name='objection_state_known')],
            },
        ),
        migrations.RunPython(install, remove),
    ]

"""Columns of a result: the salt of its checksum, and where it comes from."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0029_kept_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='result',
            name='salt',
            field=models.CharField(default='', editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name='result',
            name='origin',
            field=models.CharField(choices=[('here', 'Scored here'), ('rescored', 'Taken in, and scored anew with the same outcome'), ('delivered', 'As delivered, not verified')], default='here', editable=False, max_length=9),
        ),
    ]

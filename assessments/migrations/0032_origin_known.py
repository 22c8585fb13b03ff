from django.db import migrations, models

import assessments.models.result


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0031_checksums_anew'),
    ]

    operations = [
        migrations.AlterField(
            model_name='result',
            name='salt',
            field=models.CharField(default=assessments.models.result.new_salt, editable=False, max_length=32),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ('here', 'rescored', 'delivered'))), name='origin_known'),
        ),
    ]

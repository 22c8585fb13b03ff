"""Every frozen result gets a salt and a new checksum, and what was written for it names the new one.

Without a salt the checksum tells whoever can guess the answers whether the guess is right.
"""

import hashlib
import secrets

from django.db import migrations


STANDING_ON_RESULTS = ("Commentary", "RoadmapAction", "Scenario")
AT_A_TIME = 100  # results, whose texts may have hundreds of kilobytes


def salt(apps, schema_editor):
    Result = apps.get_model("assessments", "Result")
    writing = [apps.get_model("assessments", name) for name in STANDING_ON_RESULTS]
    named = {pair for model in writing for pair in model.objects.values_list("assessment", "checksum")}
    done = []
    for row in Result.objects.order_by("pk").iterator(AT_A_TIME):
        before = (row.assessment_id, row.checksum)
        row.salt = secrets.token_hex(16)
        text = f"{row.salt}\n{row.result}\n{row.answers}"
        row.checksum = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        for model in writing if before in named else ():
            model.objects.filter(assessment=before[0], checksum=before[1]).update(checksum=row.checksum)
        done.append(Result(pk=row.pk, salt=row.salt, checksum=row.checksum))
        if len(done) == AT_A_TIME:
            Result.objects.bulk_update(done, ["salt", "checksum"])
            done = []
    Result.objects.bulk_update(done, ["salt", "checksum"])


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0030_result_salt'),
    ]

    operations = [migrations.RunPython(salt, migrations.RunPython.noop)]

"""Link the audit events of before, in short transactions: nobody who does something meanwhile waits for all of them."""

from django.db import migrations

from assessments.models import chain


def link(apps, schema_editor):
    chain.extend(apps.get_model("assessments", "AuditEvent"))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("assessments", "0024_audit_chain")]
    operations = [migrations.RunPython(link, migrations.RunPython.noop)]

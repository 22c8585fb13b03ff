from django.db import migrations


def lift_expiry(apps, _schema_editor):
    """Links that are still pending work as long as their assessment is open."""
    for model in ("Invitation", "Delegation"):
        apps.get_model("assessments", model).objects.filter(used_at=None, revoked_at=None).update(expires_at=None)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_workshop_guests")]

    operations = [migrations.RunPython(lift_expiry, migrations.RunPython.noop)]

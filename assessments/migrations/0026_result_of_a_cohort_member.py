"""Every figure in a cohort knows the result that it was copied from; those that are frozen already are found again."""

import django.db.models.deletion
from django.db import migrations, models

NEAR = 1e-6  # an index went through a file


def find_again(apps, schema_editor):
    """The latest result of the same organisation, bank and major version with the same index, frozen before the cohort."""
    consents, members = apps.get_model("assessments", "PeerConsent"), apps.get_model("assessments", "CohortMember")
    organisations = dict(consents.objects.values_list("alias", "organisation"))
    for member in members.objects.select_related("cohort"):
        member.result_id = _result_of(apps, member, organisations.get(member.alias))
        member.save(update_fields=["result"])


def _result_of(apps, member, organisation):
    """None where it has been deleted: then nobody has it any more."""
    cohort = member.cohort
    found = apps.get_model("assessments", "Result").objects.filter(
        assessment__organisation=organisation,
        assessment__bank_version__bank=cohort.bank_id,
        assessment__bank_version__version__startswith=f"{cohort.major}.",
        index__range=(member.index - NEAR, member.index + NEAR),
        frozen_at__lte=cohort.frozen_at,
    )
    return found.order_by("-assessment__closed_at", "-pk").values_list("pk", flat=True).first()


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0025_audit_events_linked"),
    ]

    operations = [
        migrations.AddField(
            model_name="cohortmember",
            name="result",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="assessments.result"
            ),
        ),
        migrations.RunPython(find_again, migrations.RunPython.noop),
    ]

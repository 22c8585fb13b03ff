"""A published version never changes: not through the ORM, not in bulk, not by SQL. On both engines."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from assessments.models import Anchor, BankVersion, Level, NextStep, Pillar, PublishedBankError, Question, QuestionBank

MODELS = (BankVersion, Level, Pillar, Question, Anchor, NextStep)


@pytest.fixture(params=MODELS, ids=lambda model: model._meta.model_name)
def row(request, version):
    return request.param.objects.first()


def refused(sql, parameters=()):
    with (
        pytest.raises(IntegrityError, match="published bank version"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, parameters)
    return True


def test_save_and_delete_are_refused(row):
    for attempt in (row.save, row.delete):
        with pytest.raises(PublishedBankError):
            attempt()


def test_bulk_update_is_refused(row):
    field = next(f.name for f in row._meta.concrete_fields if f.name in ("title", "name", "text", "action"))
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.bulk_update([row], [field])


def test_queryset_update_and_delete_are_refused(row):
    rows = type(row).objects.filter(pk=row.pk)
    field = next(f.name for f in row._meta.concrete_fields if f.name in ("title", "name", "text", "action"))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**{field: "changed"})
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)


def test_sql_update_and_delete_are_refused(row):
    table, key = row._meta.db_table, row._meta.pk.column
    other = next(f.column for f in row._meta.concrete_fields if f.name in ("title", "name", "text", "action"))
    assert refused(f"UPDATE {table} SET {other} = 'changed' WHERE {key} = %s", [row.pk])
    assert refused(f"DELETE FROM {table} WHERE {key} = %s", [row.pk])


def test_sql_insert_is_refused(row):
    """A copy of the row under a new key, into the same published version."""
    table = row._meta.db_table
    unique = {"key", "version", "number", "level", "order"}
    columns = [f.column for f in row._meta.concrete_fields if not f.primary_key]
    values = [
        {"key": "'copy'", "version": "'9.9.9'", "number": "number", "level": "level"}.get(c, f'"{c}"')
        if c in unique
        else f'"{c}"'
        for c in columns
    ]
    names = ", ".join(f'"{c}"' for c in columns)
    assert refused(f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} WHERE id = %s", [row.pk])


def test_a_question_cannot_be_moved_from_a_draft_into_a_published_version(version):
    bank = QuestionBank.objects.create(key="draft")
    draft = BankVersion.objects.create(bank=bank, version="1.0.0", title="Draft")
    pillar = Pillar.objects.create(version=draft, key="p", name="P")
    question = Question.objects.create(pillar=pillar, key="q", text="Q?")
    assert refused(
        "UPDATE assessments_question SET pillar_id = %s WHERE id = %s", [version.pillars.first().pk, question.pk]
    )


def test_a_draft_can_change_and_be_deleted():
    bank = QuestionBank.objects.create(key="draft")
    draft = BankVersion.objects.create(bank=bank, version="1.0.0", title="Draft")
    pillar = Pillar.objects.create(version=draft, key="p", name="P")
    pillar.name = "Renamed"
    pillar.save()
    draft.delete()
    assert not Pillar.objects.filter(key="p").exists()


test_a_draft_can_change_and_be_deleted = pytest.mark.django_db(test_a_draft_can_change_and_be_deleted)


def test_a_published_version_can_be_retired_and_nothing_else(version):
    BankVersion.objects.filter(pk=version.pk).update(state="retired")
    with pytest.raises(IntegrityError), transaction.atomic():
        BankVersion.objects.filter(pk=version.pk).update(state="published")
    with pytest.raises(IntegrityError), transaction.atomic():
        BankVersion.objects.filter(pk=version.pk).update(state="draft", published_at=timezone.now())


def test_the_audit_log_only_grows(assessment):
    for sql in ("UPDATE assessments_auditevent SET verb = 'x'", "DELETE FROM assessments_auditevent"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

"""A database of the last version, whose 38 migrations are one now, is taken over whole by `restore` and `migrate`.

`last_version/` holds a backup of the demonstration, made by that version on each engine.
"""

import io
import lzma
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from assessments.formats.result import dump_result, load_result
from assessments.models import Assessment, AuditEvent, BankVersion, Result
from assessments.operations.backup import BackupError, make_backup, restore_backup
from assessments.operations.backup.database import _check_version
from assessments.operations.preflight import rewritten
from assessments.results import checksum_of

BACKUPS = Path(__file__).parent / "last_version"
NEW_TABLES = (
    "unit",
    "unitlead",
    "unitobjection",
    "unitfigures",
    "assessment_unit_roots",
    "guest",
    "sharedresult",
    "actionnotice",
    "calendarfeed",
    "citation",
    "evidence",
    "evidencecheck",
    "pillarreview",
    "programme",
    "programmeperson",
    "programmerun",
    "programmestep",
    "progressnote",
    "reporttemplate",
    "thenrating",
    "thread",
    "threadentry",
    "threadnotice",
    "voice",
)
APPLIED = MigrationRecorder.Migration.objects.filter(app="assessments")


@pytest.fixture
def own_database(transactional_db, tmp_path):
    """An empty database in the place of the tests' own, whose tables are no longer those of the last version."""
    settings, engine = connection.settings_dict, connection.vendor
    before, name = settings["NAME"], str(tmp_path / "site.sqlite3")
    wire = connection.connection
    if engine == "postgresql":
        name = f"{before}_last_version"
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        connection.close()
    connection.connection, settings["NAME"] = None, name
    yield
    connection.close()
    settings["NAME"] = before
    if engine == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')
    else:
        connection.connection = wire
    ContentType.objects.clear_cache()


@pytest.fixture
def backup(tmp_path):
    file = tmp_path / "last_version.backup"
    file.write_bytes(lzma.decompress((BACKUPS / f"{connection.vendor}.backup.xz").read_bytes()))
    return file


def migrate():
    output = io.StringIO()
    call_command("migrate", skip_checks=False, stdout=output)
    return output.getvalue()


def newest_migration():
    ((_app, name),) = MigrationLoader(connection).graph.leaf_nodes("assessments")
    return name


def columns_and_constraints(body):
    """What a CREATE TABLE lists, in no order."""
    parts, depth = [""], 0
    for letter in body:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return frozenset(part.strip() for part in parts)


def sqlite_schema(cursor):
    cursor.execute("SELECT type, tbl_name, sql FROM sqlite_master WHERE tbl_name LIKE 'assessments%' AND sql > ''")
    for kind, table, sql in cursor.fetchall():
        yield table, columns_and_constraints(sql[sql.index("(") + 1 : sql.rindex(")")]) if kind == "table" else sql


def postgresql_schema(cursor):
    for what in (
        "table_name, column_name, udt_name, character_maximum_length, is_nullable, column_default, is_identity"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        # A list that was dumped and read again has its casts elsewhere
        "conrelid::regclass::text, conname,"
        " regexp_replace(pg_get_constraintdef(oid), '::(text|character varying)(\\[\\])?|[()]', '', 'g')"
        " FROM pg_constraint WHERE conrelid > 0",
        "tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    ):
        cursor.execute(f"SELECT {what}")
        yield from (row for row in cursor.fetchall() if row[0].startswith("assessments"))


def schema():
    with connection.cursor() as cursor:
        return set((sqlite_schema if connection.vendor == "sqlite" else postgresql_schema)(cursor))


@pytest.fixture
def new_schema(transactional_db):
    return schema()


def test_a_backup_of_the_last_version_is_taken_over_whole(backup, new_schema, own_database, tmp_path):
    manifest = restore_backup(backup)
    assert manifest.migration == "0038_product_words"
    assert "0001_initial" not in migrate()
    assert set(Assessment.objects.values_list("result_for_everyone", flat=True)) == {True}
    newer = {"django_migrations": MigrationRecorder.Migration.objects.count()}
    newer |= {f"assessments_{name}": 0 for name in NEW_TABLES}
    newer |= {"django_content_type": ContentType.objects.count(), "auth_permission": Permission.objects.count()}
    assert make_backup(tmp_path / "after.backup").rows == manifest.rows | newer
    assert len(new_schema) > 150
    assert schema() == new_schema


def test_its_results_read_as_they_were_frozen(backup, own_database):
    restore_backup(backup)
    migrate()
    frozen = Result.objects.all()
    assert len(frozen) == 4
    for row in frozen:
        assert checksum_of(row.result, row.answers, row.salt) == row.checksum
        assert dump_result(load_result(row.result)) == row.result
    said = io.StringIO()
    call_command("check_audit", stdout=said)
    assert said.getvalue().startswith(f"{AuditEvent.objects.count()} rows")
    with pytest.raises(DatabaseError), transaction.atomic():
        BankVersion.objects.update(title="Another")


FROZEN = "SELECT id, result, answers, checksum, salt FROM assessments_result ORDER BY id"
FIGURES = "SELECT result_id, key, score, level FROM assessments_pillarresult ORDER BY result_id, key"


def stored(*queries):
    with connection.cursor() as cursor:
        return [(cursor.execute(query), cursor.fetchall())[1] for query in queries]


def pages_with_results(client):
    """What a page shows of each result: (assessment, the figures that its result has, the page as text)."""
    for row in Result.objects.select_related("assessment__organisation"):
        found = load_result(row.result)
        member = row.assessment.organisation.memberships.filter(role="lead").first()
        client.force_login(member.user)
        page = client.get(f"/assessments/{row.assessment.pk}/result/", headers={"Accept-Language": "en"})
        assert page.status_code == 200
        yield found, " ".join(re.sub("<[^>]+>", " ", page.text).split())


def test_an_upgrade_changes_no_byte_of_a_result_and_no_figure_on_a_page(backup, own_database, client):
    """And the way back is to restore the backup: the old tables with the old rows."""
    restore_backup(backup)
    before, old = stored(FROZEN, FIGURES), schema()
    assert [len(rows) > 3 for rows in before] == [True, True]
    migrate()
    assert stored(FROZEN, FIGURES) == before
    for found, page in pages_with_results(client):
        assert f"{found.overall.index:.1f}" in page and f"level {found.overall.level}" in page.lower()
        assert [pillar.key for pillar in found.pillars if f"{pillar.score:.1f}" not in page] == []
    assert schema() != old
    restore_backup(backup)
    assert schema() == old and stored(FROZEN, FIGURES) == before


def test_no_migration_since_rewrites_the_answers():
    """At a million answers that would lock them for longer than a second: a change of them comes in several steps."""
    loader = MigrationLoader(None)
    large = {"assessments_answer", "assessments_auditevent"}
    since = [each for (app, name), each in loader.disk_migrations.items() if app == "assessments" and name > "0011"]
    assert len(since) >= 8
    assert {str(migration): rewritten(migration) & large for migration in since} == {str(each): set() for each in since}


def test_a_database_of_before_the_last_version_is_told_what_to_do(backup, own_database):
    restore_backup(backup)
    for names in ({"name": "0038_product_words"}, {"name__gt": "0001_initial"}):
        APPLIED.filter(**names).delete()
        with pytest.raises(SystemCheckError, match="Install the last version that has them, run its"):
            migrate()
        with pytest.raises(CommandError):
            call_command("preflight", stdout=(told := io.StringIO()))
        assert "missing  The migrations up to 0038_product_words are one now" in told.getvalue()
    assert list(APPLIED.values_list("name", flat=True)) == ["0001_initial"]


def test_a_new_database_has_all_its_migrations(own_database):
    assert "Applying assessments.0001_initial" in migrate()
    assert "No migrations to apply" in migrate()


def test_without_replaced_migrations_any_backup_of_this_version_is_taken(monkeypatch, own_database, tmp_path):
    monkeypatch.setattr(import_module("assessments.migrations.0001_initial").Migration, "replaces", [])
    migrate()
    make_backup(tmp_path / "site.backup")
    assert restore_backup(tmp_path / "site.backup").migration == newest_migration()
    with pytest.raises(BackupError, match="from a newer version"):
        _check_version("0038_product_words")

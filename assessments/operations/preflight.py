"""What an upgrade of the database will do, roughly how long it takes, and what has to be put right before it."""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.core.checks import Tags, run_checks
from django.db import connection
from django.db.migrations import Migration, operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.utils import timezone

from . import health
from .backup import BackupError, read_manifest
from .health import Check, Verdict

MAX_AGE = datetime.timedelta(days=1)  # of the backup
ROWS_PER_SECOND = {"sqlite": 150_000, "postgresql": 1_000_000}  # that SQLite rewrites, or PostgreSQL reads and checks
START = 1.0  # seconds for a migration without any row, nearly all of it Django's own work
TAKEN = (operations.DeleteModel, operations.RemoveField, operations.RenameField, operations.RenameModel)
METADATA = (operations.CreateModel, operations.DeleteModel, operations.RenameModel, operations.AlterModelOptions)


def preflight(backup: Path | None) -> Iterator[Check]:
    """Yield every check. The database must answer for those after the first."""
    answer = health.database()
    yield answer
    yield health.keys()
    if answer.verdict is not Verdict.OK:
        return
    yield backup_check(backup)
    for problem in run_checks(tags=[Tags.database], databases=[connection.alias]):
        yield Check(Verdict.MISSING, f"{problem.msg} {problem.hint or ''}")
    executor = MigrationExecutor(connection)
    plan = [step for step, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    yield room(plan)
    if executor.loader.applied_migrations:
        yield from changes(plan)
    else:
        yield Check(Verdict.OK, "The database is empty: `migrate` creates every table.")


def backup_check(file: Path | None) -> Check:
    """Whether there is a recent backup, as the way back from an upgrade is to restore it with the old version."""
    if file is None:
        return Check(Verdict.WARNING, "No backup was named: run `backup FILE`, then `preflight --backup FILE`.")
    try:
        manifest = read_manifest(file)
    except (BackupError, OSError) as problem:
        return Check(Verdict.MISSING, f"The backup cannot be read: {problem}")
    age = timezone.now() - datetime.datetime.fromisoformat(manifest.made_at)
    hours = f"The backup {file} is {age.total_seconds() / 3600:.0f} hours old"
    if manifest.engine != connection.vendor:
        return Check(Verdict.MISSING, f"The backup {file} is one of {manifest.engine}, not of this database.")
    if age > MAX_AGE:
        return Check(Verdict.WARNING, f"{hours}: what was saved since would be lost by restoring it.")
    return Check(Verdict.OK, f"{hours} and has {sum(manifest.rows.values()):,} rows.")


def room(plan: list[Migration]) -> Check:
    """Whether the disk has room to rewrite the database file once (SQLite)."""
    if connection.vendor != "sqlite":
        return Check(Verdict.OK, "New columns and tables need no room before they are used (PostgreSQL).")
    file = Path(str(connection.settings_dict["NAME"]))
    size = file.stat().st_size if file.exists() else 0
    free = shutil.disk_usage(file.parent).free
    sentence = f"{free / 1e6:,.0f} MB of disk are free, and the database has {size / 1e6:,.1f} MB"
    enough = free > 2 * size or not plan
    return Check(
        Verdict.OK if enough else Verdict.MISSING, f"{sentence}{'.' if enough else ': make room for two more.'}"
    )


def changes(plan: list[Migration]) -> Iterator[Check]:
    """Every pending migration with its tables, then the estimate for all."""
    if not plan:
        yield Check(Verdict.OK, "The database is up to date; `migrate` will change nothing.")
        return
    existing, total = set(connection.introspection.table_names()), 0.0
    for migration in plan:
        rows = {table: _rows(table) for table in rewritten(migration) if table in existing}
        seconds = START + sum(rows.values()) / ROWS_PER_SECOND[connection.vendor]
        total += seconds
        about = ", ".join(f"{table} ({count:,} rows)" for table, count in sorted(rows.items()))
        yield Check(Verdict.OK, f"{migration}: about {seconds:.1f} s, {about or 'no existing rows'}")
    yield Check(Verdict.OK, f"{len(plan)} migrations, about {total:.0f} s.")
    yield while_running(plan)


def while_running(plan: list[Migration]) -> Check:
    """Whether the version that is running can go on meanwhile: it cannot use what is removed or renamed."""
    breaking = [str(migration) for migration in plan if any(isinstance(each, TAKEN) for each in migration.operations)]
    if breaking:
        return Check(Verdict.WARNING, f"Stop the site first: {', '.join(breaking)} remove or rename what it uses.")
    waits = " Saves wait while a table is copied." if connection.vendor == "sqlite" else ""
    return Check(Verdict.OK, f"The site can keep running: nothing that it uses is removed.{waits}")


def rewritten(migration: Migration) -> set[str]:
    """The tables whose rows a migration reads or rewrites: SQLite copies a table for most changes of its columns."""
    return {f"{migration.app_label}_{name}" for each in migration.operations for name in _models(each)}


def _models(operation: Operation) -> Iterator[str]:
    if isinstance(operation, METADATA):
        return
    if name := getattr(operation, "model_name", None):
        yield name.lower()


def _rows(table: str) -> int:
    """The number of rows; for PostgreSQL as estimated by its statistics, without reading the table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        else:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own table
        return int(cursor.fetchone()[0])

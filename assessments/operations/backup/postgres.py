"""PostgreSQL: `pg_dump` with one snapshot, and `psql` in one transaction."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from .archive import BackupError

# TLS and authentication options of the database URL, which libpq also reads from the environment
PARAMETERS = ("sslmode", "sslrootcert", "sslcrl", "sslcert", "sslkey", "passfile", "service", "options")


def dump(settings: Mapping[str, Any], target: Path) -> dict[str, int]:
    """Dump the database with `pg_dump`; returns the row counts by table from the same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        with target.open("wb") as file:
            _run(["pg_dump", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"], settings, stdout=file)
        return {name: _count(cursor, name) for name in sorted(connection.introspection.table_names(cursor))}


def _count(cursor: Any, name: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 - names of tables
    return int(cursor.fetchone()[0])


def restore(source: Path, settings: Mapping[str, Any]) -> None:
    """Replace the whole database with the content of the file, or change nothing."""
    quiet = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    statements = [f"--command={statement}" for statement in ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")]
    _run(["psql", *quiet, *statements, f"--file={source}"], settings, stdout=subprocess.DEVNULL)


def _run(command: list[str], settings: Mapping[str, Any], **streams: Any) -> None:
    try:
        subprocess.run(command, check=True, env=_environment(settings), stderr=subprocess.PIPE, **streams)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupError(f"{command[0]} is not installed: it comes with PostgreSQL's client programs.") from error
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{command[0]} failed: {error.stderr.decode(errors='replace')[-500:]}") from error


def _environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """Connection settings for the programs, as secure as the site's; the password does not appear in process lists."""
    variables = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    place = {name: str(settings[key]) for name, key in variables.items() if settings.get(key)}
    options = settings.get("OPTIONS", {})
    return os.environ | place | {f"PG{name.upper()}": str(options[name]) for name in PARAMETERS if name in options}

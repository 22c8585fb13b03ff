"""SQLite: a snapshot of the database in use, restored to the same file while it is open."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from .archive import BackupError

BUSY = 60  # seconds


def dump(source: str, target: Path) -> dict[str, int]:
    """Copy the database in one read transaction, without free pages and so without deleted data. Returns rows by table.

    Raises BackupError.
    """
    try:
        with closing(sqlite3.connect(source, timeout=BUSY)) as database:
            database.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.DatabaseError as error:  # such as a full disk
        raise BackupError(f"The database cannot be copied: {error}") from error
    return rows_in(target)


def rows_in(path: Path) -> dict[str, int]:
    """Row counts by table. Raises BackupError if the database is damaged."""
    with _opened(path) as database:
        problems = [row[0] for row in database.execute("PRAGMA integrity_check(1)")]
        if problems != ["ok"]:
            raise BackupError(f"The database in the backup is damaged: {problems[0]}")
        return {name: _count(database, name) for name in _tables(database)}


def _tables(database: sqlite3.Connection) -> list[str]:
    rows = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
    )
    return [row[0] for row in rows]


def _count(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - names of tables


def restore(source: Path, target: str) -> None:
    """Overwrite the database with the copy, page by page, in one transaction."""
    rows_in(source)
    with _opened(source) as copy, closing(sqlite3.connect(target, timeout=BUSY)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        copy.backup(database)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=BUSY)) as database:
            yield database
    except sqlite3.DatabaseError as error:
        raise BackupError(f"The database in the backup cannot be read: {error}") from error

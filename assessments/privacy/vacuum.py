"""Removes traces of erased data that SQLite keeps: old pages in the write-ahead log and free space in the database.

`secure_delete` overwrites what is deleted, but not the copies left behind when rows were moved within a page earlier.
PostgreSQL keeps old rows until its own vacuum.
"""

import time

from django.db import OperationalError, connection
from django.db.models import Max

from assessments.models import AuditEvent

TRIES, PAUSE = 5, 0.1  # seconds between two tries
TIMEOUT = 200  # milliseconds per try, during which writers wait
GONE = ("erased", "purged", "name review finished")  # verbs of the audit log after which the database is rewritten


def truncate_wal() -> bool:
    """Write the log into the database and truncate it. Returns False if readers or another checkpoint kept it busy;
    `run_due` tries again every minute."""
    if connection.vendor != "sqlite":
        return True
    for _try in range(TRIES):
        if _is_truncated():
            return True
        time.sleep(PAUSE)
    return False


def _is_truncated() -> bool:
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout={TIMEOUT}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, _pages, _written = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={usual}")
    return not is_busy


def vacuum_database() -> bool:
    """Rewrite the whole database if something was erased since the last time; writers wait meanwhile. Returns False if
    nothing was erased or the database is busy."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    last = AuditEvent.objects.filter(verb__in=GONE).aggregate(last=Max("pk"))["last"] or 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")  # holds the last event handled; nothing else uses it
        if cursor.fetchone() == (last,):
            return False
        try:
            cursor.execute("VACUUM")
            cursor.execute(f"PRAGMA user_version={last}")
        except OperationalError:
            return False
    return True

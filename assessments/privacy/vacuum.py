"""What SQLite goes on holding of what was erased: its journal (`-wal`) what pages said before, the database gaps within pages.

`secure_delete` overwrites what is deleted, but not every copy that was left where rows of a page were put elsewhere before.
PostgreSQL keeps old rows until it vacuums by itself.
"""

import time

from django.db import OperationalError, connection
from django.db.models import Max

from assessments.models import AuditEvent

TRIES, PAUSE = 5, 0.1  # seconds between two
TIMEOUT = 200  # milliseconds a try: anyone who wants to write waits meanwhile
GONE = ("erased", "purged", "name review finished")  # verbs of the audit log after which the database is rewritten


def empty() -> bool:
    """Write the journal through to the database and cut it off. False where others are in the way all the while: somebody
    reads what stood before, or another process writes it through. `run_due` tries again every minute."""
    if connection.vendor != "sqlite":
        return True
    for _try in range(TRIES):
        if _is_cut_off():
            return True
        time.sleep(PAUSE)
    return False


def _is_cut_off() -> bool:
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


def rewrite() -> bool:
    """Write the whole database anew, where something was erased since the last time; whoever saves waits meanwhile. False
    where nothing was, or someone writes just then."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    last = AuditEvent.objects.filter(verb__in=GONE).aggregate(last=Max("pk"))["last"] or 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")  # no one else's: the last event that was seen to
        if cursor.fetchone() == (last,):
            return False
        try:
            cursor.execute("VACUUM")
            cursor.execute(f"PRAGMA user_version={last}")
        except OperationalError:
            return False
    return True

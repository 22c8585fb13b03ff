"""Whether a site can work: each check is one sentence that says what is so and, if something is wrong, what to do."""

import shutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from .queues import queues

MAX_AGE = 600.0  # seconds that the first entry of a queue may be due
MIN_FREE = 0.2  # of the disk
MIN_KEY = 50  # characters


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    MISSING = "missing"


class Check(NamedTuple):
    verdict: Verdict
    sentence: str


def database() -> Check:
    """The engine and whether its version is one that Django supports."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return Check(Verdict.MISSING, f"The database does not answer: {str(problem).splitlines()[0]}")
    version, needed = connection.get_database_version(), connection.features.minimum_database_version
    name = f"{connection.display_name} {'.'.join(map(str, version))}"
    if needed and version < needed:
        wanted = ".".join(map(str, needed))
        return Check(Verdict.MISSING, f"{name} is too old: upgrade it to {wanted} or newer first.")
    return Check(Verdict.OK, f"{name} answers.")


def tables() -> Check:
    """Whether `migrate` and `createcachetable` were run."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        return Check(Verdict.MISSING, f"{len(pending)} migrations are waiting: run `migrate`.")
    table = settings.CACHES["default"].get("LOCATION")
    if table and table not in connection.introspection.table_names():
        return Check(Verdict.MISSING, "The table of the cache is missing: run `createcachetable`.")
    return Check(Verdict.OK, "All migrations are applied, and the table of the cache exists.")


def storage() -> Check:
    """Whether exported files can be written and deleted."""
    try:
        default_storage.delete(default_storage.save("health-check", ContentFile(b"ok")))
    except Exception as problem:  # an OSError, or whatever the configured storage raises
        return Check(Verdict.MISSING, f"Exported files cannot be stored ({type(problem).__name__}): see MEDIA_ROOT.")
    return Check(Verdict.OK, "Exported files can be stored.")


def disk() -> Check:
    """The free part of the disk that holds the database or the exported files."""
    folder = Path(str(connection.settings_dict["NAME"])).parent if connection.vendor == "sqlite" else settings.STATE_DIR
    usage = shutil.disk_usage(folder)
    sentence = f"{usage.free / usage.total:.0%} of the disk are free ({usage.free / 1e9:.1f} GB)."
    return Check(Verdict.OK if usage.free >= MIN_FREE * usage.total else Verdict.WARNING, sentence)


def keys() -> Check:
    if len(settings.SECRET_KEY) < MIN_KEY:
        return Check(Verdict.WARNING, f"SECRET_KEY has fewer than {MIN_KEY} characters.")
    former = f", and {len(settings.SECRET_KEY_FALLBACKS)} previous keys" if settings.SECRET_KEY_FALLBACKS else ""
    return Check(Verdict.OK, f"SECRET_KEY is set{former}.")


def waiting() -> Iterator[Check]:
    """Each queue, with a warning where nothing seems to work on it."""
    for queue in queues():
        late = queue.oldest > MAX_AGE
        sentence = f"{queue.length} {queue.name} wait"
        if late:
            sentence += f", the first for {queue.oldest / 60:.0f} minutes: do the worker and run_due run?"
        yield Check(Verdict.WARNING if late else Verdict.OK, sentence.rstrip("?.") + ("?" if late else "."))


def clock() -> Check:
    return Check(Verdict.OK, f"The clock shows {timezone.now():%Y-%m-%d %H:%M:%S} UTC.")


def checks() -> Iterator[Check]:
    """Every check, as far as the database lets them be made."""
    answer = database()
    yield answer
    yield from (keys(), disk(), storage(), clock())
    if answer.verdict is Verdict.OK:
        found = tables()
        yield found
        if found.verdict is Verdict.OK:
            yield from waiting()

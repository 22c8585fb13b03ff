"""The task worker of django-tasks-db, which goes on after the database was locked or away for a while."""

import logging
import time

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

logger = logging.getLogger(__name__)

FIRST_PAUSE, MAX_PAUSE = 1.0, 60.0  # seconds


class PatientWorker(db_worker.Worker):  # type: ignore[misc]  # the library has no types
    """A worker that waits, twice as long each time, while the database cannot be used. With --batch it ends instead.

    A task that it could not finish stays as it was when a worker is killed: `run_due` takes it up again.
    """

    def run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            started = time.monotonic()
            try:
                super().run()
            except (OperationalError, InterfaceError) as problem:
                if self.batch or not self.running:
                    raise
                pause = FIRST_PAUSE if time.monotonic() - started > MAX_PAUSE else pause
                logger.warning("The database cannot be used (%s); trying again in %d s.", problem, pause)
                connections.close_all()
                self.startup_delay = False
                time.sleep(pause)
                pause = min(2 * pause, MAX_PAUSE)
            else:
                return


db_worker.Worker = PatientWorker  # the command creates its worker by this name


class Command(db_worker.Command):  # type: ignore[misc]
    """The command `db_worker` with a patient worker."""

    requires_system_checks = ()  # some ask the database, which may be locked at the start too

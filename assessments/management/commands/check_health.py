"""`check_health`: say whether this site can work, one line a check."""

from typing import Any

from assessments.management.checks import CheckCommand
from assessments.operations import health


class Command(CheckCommand):
    help = "Check database, tables, keys, disk, storage and queues. Ends with status 1 if something is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.tell(health.checks())

"""`tidy_exports`: go on with exports whose worker has died, and forget those that have expired. For every minute."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.actions import packing


class Command(BaseCommand):
    help = "Go on with exports that have stopped, and delete those that have expired. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(packing.run_due()))

"""`processing_record`: print the record of processing of personal data."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.privacy import record


class Command(BaseCommand):
    help = "Print what personal data is stored, why, for how long, and who reads it, as Markdown."
    requires_system_checks: tuple[str, ...] = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(record.text(), ending="")

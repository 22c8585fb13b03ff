"""`preflight [--backup FILE]`: say what an upgrade will do, how long it takes, and what is missing."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from assessments.management.checks import CheckCommand
from assessments.operations.preflight import preflight


class Command(CheckCommand):
    help = "Say what `migrate` will do and how long it takes. Changes nothing; status 1 if something is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--backup", metavar="FILE", type=Path, help="the backup made before the upgrade")

    def handle(self, *args: Any, backup: Path | None, **options: Any) -> None:
        self.tell(preflight(backup))

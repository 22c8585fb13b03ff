"""Commands that print checks, one a line, and end with status 1 if something is missing."""

from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandError

from assessments.operations.health import Check, Verdict


class CheckCommand(BaseCommand):
    requires_system_checks: tuple[str, ...] = ()

    def tell(self, checks: Iterable[Check]) -> None:
        """Print the checks. Raises CommandError if any is missing."""
        missing = 0
        for check in checks:
            self.stdout.write(f"{check.verdict:<8} {check.sentence}")
            missing += check.verdict is Verdict.MISSING
        if missing:
            raise CommandError(f"{missing} of these must be put right first.")

"""`check_audit`: verify that the audit log has not been altered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from assessments.operations import audit_check


class Command(BaseCommand):
    help = "Verify the hash chain of the audit log and report the first row changed, deleted, inserted or moved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="HASH",
            action="append",
            default=[],
            help="a hash that `run_due` logged; only it reveals that later rows are missing (repeatable)",
        )

    def handle(self, *args: Any, head: list[str], **options: Any) -> None:
        try:
            checked = audit_check.check(head)
        except audit_check.BrokenChainError as error:
            raise CommandError(error) from error
        self.stdout.write(_("%(rows)d rows, head %(head)s") % {"rows": checked.rows, "head": checked.head})
        if checked.waiting:
            self.stdout.write(
                _("%(rows)d rows are waiting to be linked; `run_due` does that.") % {"rows": checked.waiting}
            )

"""`run_due`: everything that is timed. Run it every minute; what was done once is not done again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from assessments import audit
from assessments.actions import answering, benchmarks, kept_reports
from assessments.emails import outbox
from assessments.operations import build_zip, reminders, totp_encryption
from assessments.privacy import retention, vacuum


class Command(BaseCommand):
    help = (
        "Sends reminders before due dates and a last call to whoever has begun, tries again what the mail server did "
        "not take, goes on with exports that have stopped, deletes what has expired or is past its period, freezes a "
        "cohort of peers once a quarter, and logs the head of the audit log once a day. For every minute."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--site",
            default=settings.SITE_URL,
            help="the address that links in letters begin with (default: SITE_URL, %(default)s)",
        )
        parser.add_argument("--dry-run", action="store_true", help="only count what is past its period; change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self._look()
            return
        counts = {
            "letters": reminders.send_due(base_url=options["site"]),
            "emails": outbox.send_due(),
            "exports": build_zip.run_due(),
            "pages": answering.forget_expired(),
            "rows": retention.run_due() or 0,
            "cohorts": benchmarks.freeze_due(),
            "reports": kept_reports.run_due(),
        }
        message = _(
            "E-mails queued: %(letters)d. E-mails sent: %(emails)d. Exports resumed or deleted: "
            "%(exports)s. Unclaimed pages deleted: %(pages)d. Expired rows deleted: %(rows)d. Benchmark "
            "cohorts frozen: %(cohorts)d. Stored reports deleted: %(reports)d."
        )
        self.stdout.write(message % counts)
        totp_encryption.reencrypt()
        audit.link()
        audit.note_head()
        vacuum.rewrite()  # last: of what the others have deleted as well
        vacuum.empty()

    def _look(self) -> None:
        """One line a period."""
        for past in retention.look():
            period = _("forever") if past.days is None else _("%(days)d days") % {"days": past.days}
            self.stdout.write(
                _("%(rows)6d to delete  %(what)s (kept %(kept)s)")
                % {"rows": past.rows, "what": past.label, "kept": period}
            )

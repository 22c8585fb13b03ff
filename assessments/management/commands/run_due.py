"""`run_due`: all scheduled work. Run it every minute; running it twice is harmless."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from assessments import audit
from assessments.actions import answering, benchmarks, evidence_files, kept_reports
from assessments.emails import outbox
from assessments.operations import (
    action_reminders,
    build_zip,
    programmes,
    reminders,
    thread_digest,
    totp_encryption,
)
from assessments.privacy import retention, vacuum


class Command(BaseCommand):
    help = (
        "All scheduled work; run it every minute. Runs the programmes of organisations, sends reminders, retries e-mails that the mail server refused, resumes "
        "interrupted exports, deletes what has expired or is past its retention period, publishes the quarterly "
        "benchmark, re-encrypts second factors under a new key, links the audit log and logs its head once a day, and "
        "removes the traces of erased data from SQLite."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--site",
            default=settings.SITE_URL,
            help="the base URL of links in e-mails (default: SITE_URL, %(default)s)",
        )
        parser.add_argument("--dry-run", action="store_true", help="only count what is past its retention period")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self._dry_run()
            return
        counts = {
            "programmes": programmes.run_due(base_url=options["site"]),
            "reminders": reminders.send_due(base_url=options["site"])
            + action_reminders.send_due(base_url=options["site"])
            + thread_digest.send_due(base_url=options["site"])
            + thread_digest.tell_askers(base_url=options["site"]),
            "emails": outbox.send_due(),
            "exports": build_zip.run_due(),
            "pages": answering.forget_expired(),
            "rows": retention.run_due() or 0,
            "cohorts": benchmarks.freeze_due(),
            "reports": kept_reports.run_due(),
            "evidence": evidence_files.run_due(),
        }
        message = _(
            "Programme steps done: %(programmes)d. E-mails queued: %(reminders)d. E-mails sent: %(emails)d. Exports resumed or deleted: "
            "%(exports)s. Unclaimed pages deleted: %(pages)d. Expired rows deleted: %(rows)d. Benchmark "
            "cohorts frozen: %(cohorts)d. Stored reports deleted: %(reports)d. Evidence deleted: %(evidence)d."
        )
        self.stdout.write(message % counts)
        totp_encryption.reencrypt()
        audit.link()
        audit.note_head()
        vacuum.vacuum_database()  # last, to cover what the steps above deleted
        vacuum.truncate_wal()

    def _dry_run(self) -> None:
        """Print one line per retention period."""
        for past in retention.look():
            period = _("forever") if past.days is None else _("%(days)d days") % {"days": past.days}
            self.stdout.write(
                _("%(rows)6d to delete  %(what)s (kept %(kept)s)")
                % {"rows": past.rows, "what": past.label, "kept": period}
            )

"""`run_due`: everything that is timed. Run it every minute; what was done once is not done again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from assessments.actions import answering, packing, timetable


class Command(BaseCommand):
    help = (
        "Sends reminders before due dates and a last call to whoever has begun, goes on with exports that have "
        "stopped, and deletes what has expired. For every minute."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--site",
            default=settings.SITE_URL,
            help="the address that links in letters begin with (default: SITE_URL, %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = {
            "letters": timetable.send_due(base_url=options["site"]),
            "exports": packing.run_due(),
            "pages": answering.forget_expired(),
        }
        said = _(
            "Letters posted: %(letters)d. Exports taken up or deleted: %(exports)s. Unclaimed pages deleted: %(pages)d."
        )
        self.stdout.write(said % counts)

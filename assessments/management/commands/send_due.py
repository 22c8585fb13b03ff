"""`send_due`: sends the reminders that are due. Run it every hour, or as often as you like."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import ngettext

from assessments.actions import timetable


class Command(BaseCommand):
    help = "Sends reminders before due dates, and a last call to whoever has begun: each once, however often it runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--site",
            default=settings.SITE_URL,
            help="the address that links in letters begin with (default: SITE_URL, %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        n = timetable.send_due(base_url=options["site"])
        self.stdout.write(ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", n) % {"n": n})

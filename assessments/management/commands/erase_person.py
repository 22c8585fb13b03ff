"""`erase_person ADDRESS`: erase somebody who asked for it and cannot do it themselves."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from assessments.actions import erasing
from assessments.results.named import anybody_with


class Command(BaseCommand):
    help = "Removes a person's texts and identity. Without --yes it only says what would go."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS")
        parser.add_argument("--yes", action="store_true", help="erase; this cannot be undone")

    def handle(self, *args: Any, address: str, yes: bool, **options: Any) -> None:
        user = anybody_with(address)
        if user is None:
            raise CommandError(_("Nobody has this address."))
        plan = erasing.erase(user=user) if yes else erasing.plan(user)
        for parts, said in (
            (plan.kept, _("numbers stay under a pseudonym")),
            (plan.lost, _("result goes, round opens again")),
            (plan.left, _("leaves the round")),
        ):
            for part in parts:
                self.stdout.write(f"{part.assessment.pk}  {said}")
        for organisation in plan.own:
            self.stdout.write(f"{organisation.pk}  {_('organisation goes')}")
        self.stdout.write(_("Erased.") if yes else _("Nothing was changed. With --yes this is done."))

"""`erase_person ADDRESS`: erase a person who has asked for it and cannot do it themselves."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from assessments.models import User
from assessments.privacy import erasing, name_reviews, redaction
from assessments.results.named import anybody_with


class Command(BaseCommand):
    help = "Erase a person's texts and identity. Without --yes, only list what would be erased."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS")
        parser.add_argument(
            "--review",
            action="store_true",
            help="also list texts by others that mention the name; managers decide there before it is removed",
        )
        parser.add_argument("--yes", action="store_true", help="erase; this cannot be undone")

    def handle(self, *args: Any, address: str, yes: bool, review: bool, **options: Any) -> None:
        user = anybody_with(address)
        if user is None:
            raise CommandError(_("No one has this address."))
        if review:
            self._review(user)
        plan = erasing.erase(user=user) if yes else erasing.plan(user)
        for parts, sentence in (
            (plan.anonymised, _("numbers are kept under a pseudonym")),
            (plan.result_deleted, _("result is deleted, assessment reopens")),
            (plan.uncounted, _("leaves the assessment")),
        ):
            for part in parts:
                self.stdout.write(f"{part.assessment.pk}  {sentence}")
        for organisation in plan.own:
            self.stdout.write(f"{organisation.pk}  {_('organisation is deleted')}")
        self.stdout.write(_("Erased.") if yes else _("Nothing was changed. Add --yes to erase."))

    def _review(self, user: User) -> None:
        """Print the mentions of the name, as the review page shows them to the person who runs the organisation."""
        for owner in redaction.owners_of(redaction.mentions_of(user)):
            for place in name_reviews.places_of(user.name, owner):
                around = " ".join(f"{place.before}[{place.word}]{place.after}".split())
                message = (
                    _("in texts that no one who manages assessments may read")
                    if place.is_confided
                    else f"{place.where}: {around}"
                )
                self.stdout.write(f"{owner.pk}  {message}")

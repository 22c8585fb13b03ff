"""`seed_load`: create many fictitious organisations with closed assessments, and the benchmark cohort they form."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from assessments import access
from assessments.actions import benchmarks
from assessments.demo import seeding


class Command(BaseCommand):
    help = (
        "Add invented organisations with closed assessments to this database, the same ones for the same seed, and freeze "
        "the cohort of this quarter. For trying out benchmarks and for load tests; never with real clients."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisations", type=int, default=30, help="default: %(default)d")
        parser.add_argument("--rounds", type=int, default=1, help="closed assessments in each (default: %(default)d)")
        parser.add_argument("--people", type=int, default=3, help="people in each assessment (default: %(default)d)")
        parser.add_argument("--seed", type=int, default=1, help="another seed adds others (default: %(default)d)")
        parser.add_argument("--no-answers", action="store_true", help="keep only results, without individual answers")
        parser.add_argument("--no-consent", action="store_true", help="nobody consents to the benchmark: no cohort")

    def handle(self, *args: Any, **options: Any) -> None:
        size = self._size(options)
        version = access.current_bank_version()
        if version is None:
            raise CommandError(_("No bank is published. Load one first: load_bank FILE --publish"))
        started = time.monotonic()
        count = sum(seeding.seed(version=version, size=size))
        frozen = benchmarks.freeze_due()
        answers = (
            count * size.assessments * size.people * len(seeding.Maker(version, size).questions) * size.with_answers
        )
        message = _(
            "Organisations created: %(made)d, with %(rounds)d assessments and %(answers)d answers, in "
            "%(seconds).0f s. Cohorts frozen: %(frozen)d."
        )
        params = {"made": count, "rounds": count * size.assessments, "answers": answers, "frozen": frozen}
        self.stdout.write(message % {**params, "seconds": time.monotonic() - started})

    def _size(self, options: dict[str, Any]) -> seeding.Size:
        for name in ("organisations", "rounds", "people"):
            if options[name] < 1:
                raise CommandError(_("--%(name)s must be 1 or more.") % {"name": name})
        return seeding.Size(
            organisations=options["organisations"],
            assessments=options["rounds"],
            people=options["people"],
            seed=options["seed"],
            with_answers=not options["no_answers"],
            consent=not options["no_consent"],
        )

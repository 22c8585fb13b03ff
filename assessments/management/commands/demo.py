"""`demo`: create three fictitious organisations with assessments and answers, and three accounts, unless they exist."""

from typing import Any

from django.conf import settings
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from assessments.actions.assessments import WrongStateError
from assessments.actions.banks import BankConflictError
from assessments.demo import demonstration
from assessments.management.file_command import FileCommand
from assessments.results.named import AssessmentLine, assessments_of


class Command(FileCommand):
    help = (
        "Load the question bank and three invented organisations with assessments and answers. Existing data is kept."
    )

    def work(self, *args: Any, **options: Any) -> bool:
        try:
            demo = demonstration.make()
        except (BankConflictError, WrongStateError) as error:
            self.stderr.write(refusal(error))
            return False
        if not demo.made:
            self.stdout.write(_("The demonstration already exists; nothing was changed."))
        for organisation in demo.organisations:
            self.stdout.write(f"\n{organisation.name}")
            for entry in assessments_of(organisation):
                self.stdout.write(f"  {line(entry)}")
        self.print_sign_ins(demo)
        return True

    def print_sign_ins(self, demo: demonstration.Demo) -> None:
        self.stdout.write("\n" + _("Sign in with the password %(password)s as") % {"password": demonstration.PASSWORD})
        for account in demo.accounts:
            self.stdout.write(f"  {account.email:30}  {account.does}")
        if not settings.DEMO:
            self.stdout.write(_("This password is public: never use these accounts on a site that others can reach."))


def refusal(error: BankConflictError | WrongStateError) -> str:
    """Return why the demonstration cannot be created here."""
    if isinstance(error, WrongStateError):
        return _("The bank that the demonstration needs has been retired here. Nothing was changed.")
    return _(
        "The database holds a different question bank under the key and version of one in fixtures/ "
        "that the demonstration needs. Nothing was changed. Use another database (DATABASE_URL)."
    )


def line(entry: AssessmentLine) -> str:
    """`Q4 2026   Released   9 of 11 answered  index 2.9, level 2  <id>`."""
    parts = [
        f"{entry.name:8}",
        f"{entry.state:9}",
        _("%(n)d of %(invited)d answered") % {"n": entry.answered, "invited": entry.invited},
        figures(entry),
        str(entry.id),
    ]
    return "  ".join(part for part in parts if part)


def figures(entry: AssessmentLine) -> str:
    """Return index and level in words, if they exist."""
    if entry.index is None:
        return ""
    index = _("index %(index)s") % {"index": floatformat(entry.index, 1)}
    return index if entry.level is None else f"{index}, " + _("level %(level)d") % {"level": entry.level}

"""The Django app."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _


class Assessments(AppConfig):
    """The product."""

    name = "assessments"

    def ready(self) -> None:
        register(check_migrations, Tags.database)


def check_migrations(*, databases: Sequence[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error if a database has only some of the migrations that `0001_initial` replaces. Run by `migrate`."""
    replaced = import_module("assessments.migrations.0001_initial").Migration.replaces
    some = {(Assessments.name, "0001_initial"), *replaced}
    applied = [MigrationRecorder(connections[alias]).applied_migrations().keys() for alias in databases or ()]
    if not any(some & names and set(replaced) - names for names in applied):
        return []
    reason = _("The migrations up to %(last)s are one now, and this database has only some of them.") % {
        "last": replaced[-1][1]
    }
    hint = _(
        "Nothing was changed. Install the last version that has them, run its `manage.py migrate`, then this one’s."
    )
    return [Error(reason, hint=hint, id="assessments.E001")]

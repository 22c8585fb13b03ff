"""Who took what away, in which format: one row per file, none for a page that is looked at."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model

from assessments import audit
from assessments.models import User


@transaction.atomic
def note(*, what: Iterable[Model], form: str, by: User, with_token: bool = False) -> None:
    """Remember that a file of each of these left, for a person or for a program with a person's token."""
    verb = audit.Verb.DOWNLOADED_BY_TOKEN if with_token else audit.Verb.DOWNLOADED
    for each in what:
        audit.record(by=by, verb=verb, what=each, form=form)

"""Auditing downloads: one row per file, none for viewing a page."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model

from assessments import audit
from assessments.models import User


@transaction.atomic
def note(*, what: Iterable[Model], form: str, by: User | None, with_token: bool = False) -> None:
    """Record a download of each object in the format `form`, by a person or with their API token.

    `by` is None for the recipient of a link to a result, which is then the object.
    """
    verb = audit.Verb.DOWNLOADED_BY_TOKEN if with_token else audit.Verb.DOWNLOADED
    for each in what:
        audit.record(by=by, verb=verb, what=each, form=form)

"""The assessments that somebody wants side by side."""

from collections.abc import Sequence

from django.http import Http404

from assessments.models import Assessment, User

from .clients import as_uuid

FEWEST, MOST = 2, 4


def chosen_assessments(user: User, ids: Sequence[str]) -> list[Assessment]:
    """The assessments with these ids in this order, each once. One query.

    Raises Http404 if one of them is not there, or is not the user's to run: an outsider cannot tell which.
    """
    wanted = list(dict.fromkeys(as_uuid(text) for text in ids))
    rows = Assessment.objects.run_by(user).filter(pk__in=[key for key in wanted if key is not None][:100])
    found = {row.pk: row for row in rows.select_related("organisation", "bank_version__bank")}
    if not all(key in found for key in wanted):
        raise Http404
    return [found[key] for key in wanted if key is not None]

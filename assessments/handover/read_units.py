"""Import the tree of units. They keep their ids, because the frozen answers name them."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from assessments import results
from assessments.models import MAX_DEPTH, MAX_UNITS, Organisation, Result, Unit

from .columns import rows_of
from .errors import HandoverError
from .kinds import Around, Row, whole
from .read_results import Arrivals


def here_already(entries: Sequence[Row]) -> list[str]:
    """A sentence if one of the units exists here."""
    if not Unit.objects.filter(pk__in=[UUID(entry["id"]) for entry in entries]).exists():
        return []
    return [_("A unit of this client already exists here. Nothing is overwritten.")]


def take_in(entries: Sequence[Row], organisation: Organisation) -> int:
    """Create the units and return their number. Raises HandoverError, and errors that `reading` turns into one."""
    rows = rows_of(Unit, entries, Around(), organisation=organisation)
    depths: list[int] = []
    for place, (entry, row) in enumerate(zip(entries, rows, strict=True)):
        above = None if entry["parent"] is None else whole(entry["parent"], 0, place - 1)
        row.parent = None if above is None else rows[above]
        depths.append(1 if above is None else depths[above] + 1)
        if row.parent is not None and row.parent.kind != row.kind:
            raise HandoverError(_("%(name)s is below a unit of another kind.") % {"name": row.name})
    if max(depths, default=0) > MAX_DEPTH or max(Counter(row.kind for row in rows).values(), default=0) > MAX_UNITS:
        said = _("The client has more than %(units)d units, or units more than %(depth)d deep.")
        raise HandoverError(said % {"units": MAX_UNITS, "depth": MAX_DEPTH})
    return len(Unit.objects.bulk_create(rows))


def add_figures(entry: Row, arrivals: Arrivals) -> None:
    """Compute the figures of units of an assessment where they were shown, within the limits of here.

    Only for verified results: others are shown as they were delivered, and their units may have other figures.
    """
    for row in entry["results"]:
        arrived = arrivals[entry["id"], row["revision"]]
        if row.get("by_unit") is not True or arrived.row.origin != Result.Origin.RESCORED:
            continue
        stored = Result.objects.select_related("assessment", "compared_with__assessment").get(pk=arrived.row.pk)
        figures = results.unit_figures_of(stored, arrived.answers)
        if figures is not None:
            figures.save()

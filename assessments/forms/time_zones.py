"""The time zones to choose from, by region."""

import zoneinfo
from collections.abc import Sequence
from itertools import groupby

from assessments.sentences import gettext as _

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
type Zones = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def time_zones() -> Zones:
    """Return the time zones by region: `Europe` holds (`Europe/Berlin`, `Berlin`)."""
    names = sorted(zone for zone in zoneinfo.available_timezones() if zone.partition("/")[0] in AREAS and "/" in zone)
    grouped = groupby(names, key=lambda zone: zone.partition("/")[0])
    areas = [(area, [(zone, _city(zone)) for zone in zones]) for area, zones in grouped]
    return [(_("Everywhere"), [("UTC", "UTC")]), *areas]


def _city(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ")

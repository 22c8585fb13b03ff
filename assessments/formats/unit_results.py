"""The figures of units as JSON, `maturity-units/1`: one line, in the order of the tree."""

from assessments.scoring.unit_figures import UnitResults

from .json_text import json_line


def dump_unit_results(found: UnitResults) -> str:
    """The figures on one line, without a trailing line break."""
    return json_line({"format": "maturity-units/1", **{name: getattr(found, name) for name in FIELDS}})


def load_unit_results(text: str) -> UnitResults:
    """The figures in a text that `dump_unit_results` wrote. Raises pydantic.ValidationError for another."""
    from pydantic import TypeAdapter

    return TypeAdapter(UnitResults).validate_json(text)


FIELDS = ("comparable", "is_weighted", "rollups", "units")

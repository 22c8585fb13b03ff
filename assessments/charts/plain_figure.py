"""A figure in Plotly's own words as plain data, read and changed by attribute like Plotly's own.

Plotly's classes look up and check every property again each time; for a drawing of ours that takes longer than to
draw it. That Plotly takes these figures as they are, is for the tests to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace


class Part(SimpleNamespace):
    """A figure, a trace, a layout, a marker: what was never set is None."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


def part(found: Mapping[str, object]) -> Part:
    """A mapping with all mappings in it as parts; `meta` stays as it is, for Plotly keeps it so."""
    return Part(**{key: value if key == "meta" else _inner(value) for key, value in found.items()})


def plain(value: object) -> object:
    """A figure, or part of one, as mappings and lists again, without what was never set: what JSON holds."""
    if isinstance(value, Part):
        return {key: plain(each) for key, each in vars(value).items() if each is not None}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def _inner(value: object) -> object:
    if isinstance(value, Mapping):
        return part(value)
    return [_inner(each) for each in value] if isinstance(value, list) else value

"""The open models on the shelf: facts from `fixtures/models.yaml`, never a text of theirs."""

import pathlib
from dataclasses import dataclass
from functools import cache
from typing import Any

SHELF = pathlib.Path(__file__).parents[2] / "fixtures" / "models.yaml"


@dataclass(frozen=True)
class OpenModel:
    """A model that can be imported. `share_alike`: what is made of it has to be shared under the same licence.

    `questions` is None where the publisher's number changes or is not known.
    """

    key: str
    title: str
    measures: str
    scale: str
    licence: str
    share_alike: bool
    address: str
    file: str
    read: str  # "file": understood as it is; "columns": a person says which column is which
    questions: int | None = None


@cache
def open_models(language: str) -> tuple[OpenModel, ...]:
    """The shelf in a language; English where there is no such text."""
    from ruamel.yaml import YAML

    rows: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(SHELF.read_text())
    return tuple(OpenModel(**{name: _in(value, language) for name, value in row.items()}) for row in rows)


def _in(value: Any, language: str) -> Any:
    return value.get(language, value["en"]) if isinstance(value, dict) else value

"""Our JSON files as pydantic knows them: one description that reads them and gives the published schemas.

Pydantic takes a tenth of a second to load: import this module where it is used.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from assessments.scoring.change import Change
from assessments.scoring.figures import Overall, PillarResult, Priority, Result

from .json_text import described, lines_of, parse_json
from .problems import Path, Problems, ProblemsError, listed

ATTAINABLE = {2, 3, 4, 5}

# The kind of a fault -> what was expected
WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "dataclass_type": "an object",
}


class Shape(BaseModel):
    """A file, or an object in one. Nothing is converted, and NaN is no number."""

    model_config = ConfigDict(strict=True, allow_inf_nan=False, frozen=True)


def _computed(pillar: PillarResult) -> PillarResult:
    """A file holds everything that was computed: what is hidden from a reader is hidden later."""
    if pillar.attained.keys() != ATTAINABLE:
        raise ValueError(f"attained has the levels {listed(map(str, sorted(ATTAINABLE)), 'and')}")
    if pillar.status == "withheld" or any(blocker.because is None for blocker in pillar.blocking):
        raise ValueError("something is withheld here")
    return pillar


class NamedBank(Shape):
    """The bank that a result was made with."""

    key: str
    version: str
    checksum: str | None


class Respondents(Shape):
    """How many people answered, and were invited."""

    answered: int
    invited: int | None


class ResultFile(Shape):
    """A `Result`, grouped as in its file."""

    format: Literal["maturity-result/1"]
    engine: str
    id: str | None
    bank: NamedBank
    respondents: Respondents
    overall: Overall
    pillars: tuple[Annotated[PillarResult, AfterValidator(_computed)], ...]
    priorities: tuple[Priority, ...]

    def result(self) -> Result:
        return Result(
            engine=self.engine,
            id=self.id,
            bank_key=self.bank.key,
            bank_version=self.bank.version,
            bank_checksum=self.bank.checksum,
            answered=self.respondents.answered,
            invited=self.respondents.invited,
            overall=self.overall,
            pillars=self.pillars,
            priorities=self.priorities,
        )


class ComparisonFile(Shape):
    """The figures of a `Comparison`."""

    overall: Change
    pillars: tuple[Change, ...]


def parse[S: Shape](shape: type[S], text: str, file: str) -> S:
    """A JSON text in this shape. Raises ProblemsError with everything that is wrong with it."""
    try:
        return shape.model_validate_json(text)
    except ValidationError as error:
        raise _problems(error, text, file) from None


def _problems(error: ValidationError, text: str, file: str) -> ProblemsError:
    value: Any = parse_json(text, file)
    found = dict(_told(fault, value) for fault in error.errors(include_url=False))
    lines = lines_of(text, found) if "\n" in text else {}
    problems = Problems(file)
    for path, sentence in found.items():
        problems.add(1 + lines.get(path, 0), path, sentence)
    return problems.error()


def _told(fault: Any, value: Any) -> tuple[Path, str]:
    """(the place, the sentence). Pydantic's path also names the kinds of a union and `[key]`, which are in no file."""
    path: Path = ()
    for step in fault["loc"]:
        if isinstance(value, dict | list) and _has(value, step):
            path, value = (*path, step), value[step]
    kind = fault["type"]
    if kind == "missing" and isinstance(value, dict):
        return (*path, fault["loc"][-1]), "this field is missing"
    if kind == "json_invalid":
        return path, f"this is not JSON: {fault['ctx']['error']}"
    if kind == "value_error":
        return path, str(fault["ctx"]["error"])
    wanted = "two numbers" if kind in {"missing", "too_long"} else WANTED.get(kind)
    if kind == "literal_error":
        wanted = fault["ctx"]["expected"].replace("'", "")
    return path, f"{wanted} expected, found {described(value)}" if wanted else fault["msg"]


def _has(value: dict[str, Any] | list[Any], step: str | int) -> bool:
    return step in value if isinstance(value, dict) else isinstance(step, int) and step < len(value)

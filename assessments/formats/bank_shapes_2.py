"""The fields of a bank of format 2. Import this module in the function that uses it: it loads pydantic."""

from typing import Annotated, Any, Literal, Required, TypedDict

from pydantic import BeforeValidator, Field, with_config

from .bank import MAX_PILLARS_2, MAX_QUESTIONS_2
from .bank_shapes import (
    NUMBER,
    TEXT,
    Anchor,
    BankFile,
    Entries,
    Key,
    PillarEntry,
    QuestionEntry,
    StepEntry,
    Text,
    Weight,
    length,
    whole,
)
from .pydantic_messages import STRICT, Format, Says
from .yaml_text import Scalar

MAX_LEVELS = 7
MAX_ANSWERS = 7


def _whole_or_null(lowest: int, highest: int) -> BeforeValidator:
    read = whole(lowest, highest).func
    return BeforeValidator(lambda node: None if isinstance(node, Scalar) and node.is_null else read(node))  # type: ignore[call-arg]


Value = Annotated[float, Field(ge=0, le=1), Says("a value from 0 to 1 expected, found {found}"), NUMBER]
Covered = Annotated[str, Field(min_length=1, max_length=200), TEXT]
FromLevel = Annotated[int, Field(ge=1, le=MAX_LEVELS), whole(1, MAX_LEVELS)]
AboveFirst = Annotated[int, Field(ge=2, le=MAX_LEVELS), whole(2, MAX_LEVELS)]


class LevelEntry2(TypedDict, total=False):
    name: Required[Text]
    summary: Text
    value: Annotated[Value, Field(description="How far up the range the level counts; all levels or none.")]


class ChoiceEntry(TypedDict, total=False):
    text: Required[Text]
    value: Required[Value]


class GateEntry(TypedDict, total=False):
    by: Required[Annotated[Literal["answers", "stages"], TEXT]]
    reach: Annotated[float, Field(gt=0, lt=1), Says("reach is above 0 and below 1, found {found}"), NUMBER]
    hold: Annotated[float, Field(gt=0, le=1), Says("hold is above 0 and at most 1, found {found}"), NUMBER]
    cap: Annotated[int | None, Field(ge=1, le=MAX_LEVELS), _whole_or_null(1, MAX_LEVELS)]
    spread: Annotated[int | None, Field(ge=0, le=MAX_LEVELS), _whole_or_null(0, MAX_LEVELS)]


class ScaleEntry(TypedDict, total=False):
    low: Required[Annotated[float, Field(alias="from"), NUMBER]]
    high: Required[Annotated[float, Field(alias="to"), NUMBER]]


class GroupEntry(TypedDict, total=False):
    key: Required[Key]
    name: Required[Text]
    weight: Weight


class StepEntry2(StepEntry, total=False):
    from_level: Required[Annotated[FromLevel, Field(alias="from")]]


class QuestionEntry2(QuestionEntry, total=False):
    anchors: Annotated[Entries[Anchor], length(2, MAX_LEVELS)]  # type: ignore[misc]
    choices: Annotated[Key, Field(description="The key of an answer set, instead of anchors.")]
    stage: Annotated[AboveFirst, Field(description="The level to which the question belongs.")]
    covers: Entries[Covered]
    essential_at: AboveFirst
    next_steps: Entries[StepEntry2]


class PillarEntry2(PillarEntry, total=False):
    questions: Required[Annotated[Entries[QuestionEntry2], length(1, MAX_QUESTIONS_2)]]  # type: ignore[misc]
    group: Annotated[Key, Field(description="The key of a group.")]


@with_config(STRICT)
class BankFile2(BankFile, total=False):
    """The shape of a bank of any ladder and answers, as YAML or JSON. check_bank also checks what a schema cannot: keys
    used once, values that rise from 0 to 1, answer sets, groups and stages that exist, something that weighs more than
    0, bare YAML words that need quotes."""

    format: Required[Annotated[Literal["maturity-bank/2"], TEXT]]  # type: ignore[misc]
    attribution: Text
    levels: Required[Annotated[Entries[LevelEntry2], length(2, MAX_LEVELS)]]  # type: ignore[misc]
    scale: ScaleEntry
    choices: dict[str, Annotated[Entries[ChoiceEntry], length(2, MAX_ANSWERS)]]
    gate: GateEntry
    groups: Annotated[Entries[GroupEntry], length(1, MAX_PILLARS_2)]
    index_of: Annotated[Literal["pillars", "groups"], TEXT]
    pillars: Required[Annotated[Entries[PillarEntry2], length(1, MAX_PILLARS_2)]]  # type: ignore[misc]


BANK_2: Format[Any] = Format(BankFile2)

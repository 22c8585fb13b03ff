"""The fields of our JSON files: one description that validates them and gives the published schemas.

Import this module in the function that uses it: it loads pydantic.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal, Required, TypedDict

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, with_config

from assessments.scoring.bank import MAX_ANSWERS, MAX_LEVELS, Scale
from assessments.scoring.change import Change
from assessments.scoring.figures import GroupResult, Overall, PillarResult, Priority, Result, ShapedPillarResult

from .answer_units import MAX_UNITS
from .problems import listed
from .pydantic_messages import LINK, STRICT, Format, Says

MAX_RESPONDENTS = 100_000
ATTAINABLE = {2, 3, 4, 5}

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _storable(value: Any) -> Any:
    if isinstance(value, str) and (match := _UNSTORABLE.search(value)):
        raise ValueError(f"the character U+{ord(match[0]):04X} is not text; remove it")
    return value


def _filled(value: str) -> str:
    if not value:
        raise ValueError("this text is empty; write it or leave the field out")
    return value


def _refuse_too_many(value: Any) -> Any:
    if isinstance(value, list) and len(value) > MAX_RESPONDENTS:
        raise ValueError(f"{len(value):,} respondents; at most {MAX_RESPONDENTS:,} are allowed")
    return value


def _calendar_day(value: str) -> str:
    date.fromisoformat(value)
    return value


STORABLE = BeforeValidator(_storable)

Name = Annotated[str, Field(min_length=1, max_length=255), STORABLE]
Words = Annotated[str, Field(max_length=10_000), STORABLE]
Choice = Annotated[
    Annotated[int, Field(ge=1, le=5)] | Literal["dont_know", "not_applicable"],
    Says("a level from 1 to 5 expected, written as a whole number, found {found}"),
]
Target = Annotated[
    Annotated[int, Field(ge=1, le=5)] | Annotated[float, Field(ge=1, le=5)],
    Says("a target from 1 to 5 expected, found {found}"),
]
People = Annotated[
    int,
    Field(ge=0, le=1_000_000_000, description="At least the number of respondents."),
    Says("a whole number of people expected, found {found}"),
]
Day = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        description="The day the assessment is about.",
        json_schema_extra={"format": "date"},
    ),
    AfterValidator(_calendar_day),
    Says("a day expected, written like 2026-11-30, found {found}"),
]
Grade = Annotated[
    int,
    Field(ge=0, le=3, description="0 asserted, 1 described, 2 artefact cited, 3 checked by another person."),
    Says("an evidence grade is 0, 1, 2 or 3, found {found}"),
]


class EvidenceEntry(TypedDict, total=False):
    grade: Required[Grade]
    text: Annotated[Words, AfterValidator(_filled)] | None
    link: Annotated[str, Field(max_length=2_000, pattern=LINK), STORABLE] | None
    documents: Annotated[list[Name] | None, Field(max_length=200, description="References of the documents cited.")]


EvidenceGiven = Annotated[
    Annotated[Grade, Tag("grade")] | Annotated[EvidenceEntry, Tag("described")],
    Discriminator(lambda value: "described" if isinstance(value, dict) else "grade"),
]


class RespondentEntry(TypedDict, total=False):
    id: Required[Annotated[Name, Field(description="Unique in the assessment.")]]
    answers: Required[
        Annotated[dict[str, Choice | None], Field(description="By question key; a blank answer is absent or null.")]
    ]
    role: Name | None
    unit: Annotated[Name | None, Field(description="The id of one of the units.")]
    evidence: dict[str, EvidenceGiven | None] | None
    reasons: Annotated[dict[str, Words | None] | None, Field(description="Why a question does not apply.")]
    comments: dict[str, Words | None] | None


class DocumentEntry(TypedDict, total=False):
    """The day that a document describes, and the last one on which it supports an answer."""

    as_of: Day | None
    valid_until: Day | None


class UnitEntry(TypedDict, total=False):
    id: Required[Annotated[Name, Field(description="Unique in the assessment.")]]
    name: Required[Annotated[Name, Field(description="Unique under one parent.")]]
    parent: Annotated[Name | None, Field(description="The id of the unit above; none for the topmost.")]
    weight: Annotated[
        Annotated[int, Field(gt=0, le=1_000_000_000)] | Annotated[float, Field(gt=0, le=1_000_000_000)] | None,
        Says("a weight above 0 expected, found {found}"),
        Field(description="Its size in the mean of the units, such as its headcount; 1 if absent."),
    ]


@with_config(STRICT)
class AnswersFile(TypedDict, total=False):
    """One JSON object, or one line of JSON Lines. What depends on the bank (its keys, the levels a question offers) and
    repeated ids or JSON keys are checked when the file is read."""

    respondents: Required[Annotated[list[RespondentEntry], BeforeValidator(_refuse_too_many)]]
    format: Literal["maturity-answers/1"] | None
    id: Name | None
    date: Day | None
    invited: People | None
    targets: Annotated[dict[str, Target | None] | None, Field(description="By pillar key.")]
    units: Annotated[list[UnitEntry] | None, Field(max_length=MAX_UNITS, description="A tree, up to 6 deep.")]
    documents: Annotated[dict[str, DocumentEntry] | None, Field(description="By the references that answers cite.")]


AnswerNumber = Annotated[
    Annotated[int, Field(ge=1, le=MAX_ANSWERS)] | Literal["dont_know", "not_applicable"],
    Says("the number of an answer expected, from 1, written as a whole number, found {found}"),
]
AnyTarget = Annotated[int | float, Says("a target on the scale of the bank expected, found {found}")]


class RespondentEntry2(RespondentEntry, total=False):
    answers: Required[
        Annotated[
            dict[str, AnswerNumber | None],
            Field(description="By question key: the level of an anchor, the place in an answer set; blank: null."),
        ]
    ]


class AnswersFile2(AnswersFile, total=False):
    """Answers to a bank of format 2."""

    respondents: Required[Annotated[list[RespondentEntry2], BeforeValidator(_refuse_too_many)]]
    targets: Annotated[
        dict[str, AnyTarget | None] | None, Field(description="By pillar key, on the scale of the bank.")
    ]


class Shape(BaseModel):
    """A file, or an object in one. Nothing is converted, and NaN is no number."""

    model_config = ConfigDict(strict=True, allow_inf_nan=False, frozen=True)


def _computed(pillar: PillarResult) -> PillarResult:
    """Raise ValueError if a figure is withheld: a file has every computed figure, and hiding depends on the reader."""
    if pillar.attained.keys() != ATTAINABLE:
        raise ValueError(f"attained has the levels {listed(map(str, sorted(ATTAINABLE)), 'and')}")
    return _nothing_withheld(pillar)


def _on_a_ladder(pillar: ShapedPillarResult) -> ShapedPillarResult:
    """The same for a bank of any ladder."""
    if [*pillar.attained] != [*range(2, len(pillar.attained) + 2)] or not 1 <= len(pillar.attained) < MAX_LEVELS:
        raise ValueError(f"attained has the levels from 2 to at most {MAX_LEVELS}, each once")
    return _nothing_withheld(pillar)


def _nothing_withheld[T: PillarResult](pillar: T) -> T:
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


class ScaleOfResult(Shape):
    """The lowest and the highest score."""

    low: float = Field(alias="from")
    high: float = Field(alias="to")


class ResultFile2(ResultFile):
    """A `Result` of a bank of format 2, on the bank's own scale."""

    format: Literal["maturity-result/2"]  # type: ignore[assignment]
    scale: ScaleOfResult
    groups: tuple[GroupResult, ...]
    pillars: tuple[Annotated[ShapedPillarResult, AfterValidator(_on_a_ladder)], ...]

    def result(self) -> Result:
        return replace(super().result(), scale=Scale(self.scale.low, self.scale.high), groups=self.groups)


class ComparisonFile(Shape):
    """The figures of a `Comparison`."""

    overall: Change
    pillars: tuple[Change, ...]


ANSWERS, RESULT, COMPARISON = Format(AnswersFile), Format(ResultFile), Format(ComparisonFile)
ANSWERS_2, RESULT_2 = Format(AnswersFile2), Format(ResultFile2)

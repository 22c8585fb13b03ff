"""The fields of the YAML files (banks and translations), for validating a parsed tree and publishing JSON Schemas.

Messages list the fields in this order. Import this module in the function that uses it: it loads pydantic.
"""

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, Required, TypedDict, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, WrapValidator, with_config

from assessments.scoring.bank import Level, NextStep, Pillar, Question, Subset

from .bank import (
    LANGUAGE,
    MAX_PILLARS,
    MAX_PILLARS_2,
    MAX_QUESTIONS,
    MAX_QUESTIONS_2,
    MAX_SHORT,
    MAX_SUBSET,
    MAX_SUBSETS,
    MAX_TEXT,
    SEMVER,
)
from .pydantic_messages import KEY_PATTERN, NOT_BLANK, STRICT, Format, Says, described
from .yaml_text import Node, Scalar, mistaken_for, number_of


def _text(node: Node, read: Callable[[str], str]) -> str:
    """Text that is not blank. Raises ValueError, also for a bare scalar that some YAML parsers do not read as text."""
    if not isinstance(node, Scalar):
        raise ValueError(f"text expected, found {described(node)}")
    value, kind = node.value, mistaken_for(node.value) if node.plain else None
    if kind == "nothing" and not value:
        raise ValueError("text expected, found nothing; write it or leave the field out")
    if kind == "nothing":
        raise ValueError(f'text expected; leave the field out, or quote it if the text is meant: "{value}"')
    if not value.strip():
        raise ValueError("this text is blank; write it or leave the field out")
    text = read(value)
    if kind:
        raise ValueError(f'some readers take a bare {value[:40]} for {kind}; quote it: "{value[:40]}"')
    return text


def bare(wanted: str, read: Callable[[str], object]) -> BeforeValidator:
    """A validator that converts a bare scalar with `read`, which returns None if it cannot."""

    def value_of(node: Node) -> object:
        value = read(node.value) if isinstance(node, Scalar) and node.plain else None
        if value is None:
            raise ValueError(f"{wanted} expected, found {described(node)}")
        return value

    return BeforeValidator(value_of)


def whole(lowest: int, highest: int) -> BeforeValidator:
    numbers = {str(number): number for number in range(lowest, highest + 1)}
    return bare(f"a whole number from {lowest} to {highest}", numbers.get)


def _null(node: Node) -> Node | None:
    return None if isinstance(node, Scalar) and node.is_null else node


def _fitting(pattern: re.Pattern[str]) -> AfterValidator:
    """A validator for a text of at most 64 characters that matches. The published pattern is simpler."""

    def read(value: str) -> str:
        if len(value) > 64 or not pattern.fullmatch(value):
            raise ValueError
        return value

    return AfterValidator(read)


def _published(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "maxLength": 64, "pattern": pattern})


def _into(kind: Callable[..., Any]) -> AfterValidator:
    """A validator that turns fields into one of the instrument's dataclasses."""
    return AfterValidator(lambda fields: kind(**fields))


def length(fewest: int, most: int) -> Any:
    """A list's length in the schema. `bank_rules` checks it, so that a wrong length does not hide other problems."""
    return Field(json_schema_extra={"minItems": fewest, "maxItems": most})


T = TypeVar("T")
Entries = Annotated[tuple[T, ...], Field(strict=False)]
PUBLISHED_TEXT: dict[str, Any] = {"type": "string", "maxLength": MAX_TEXT, "pattern": NOT_BLANK}
TEXT, NULL = WrapValidator(_text), BeforeValidator(_null)
NUMBER = bare("a number", number_of)

Text = Annotated[str, Field(max_length=MAX_TEXT, pattern=NOT_BLANK), TEXT]
Short = Annotated[str, Field(max_length=MAX_SHORT, pattern=NOT_BLANK), TEXT]
Source = Annotated[str, Field(min_length=1, max_length=64), TEXT]
PlaceName = Annotated[str, Field(min_length=1, max_length=300), TEXT]
Key = Annotated[str, Field(pattern=KEY_PATTERN), TEXT]
Version = Annotated[
    str,
    _fitting(SEMVER),
    Says("a version such as 1.0.0 expected, found {found}"),
    TEXT,
    _published(r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$"),
]
Language = Annotated[
    str,
    _fitting(LANGUAGE),
    Says("a language tag such as de, pt-BR or ar expected, found {found}"),
    TEXT,
    _published("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"),
]
Weight = Annotated[
    Annotated[float, Field(ge=0, le=0)] | Annotated[float, Field(ge=0.001, le=1000)],
    Field(description="0: shown, not scored."),
    Says("a weight is 0 or from 0.001 to 1000, found {found}"),
    NUMBER,
]
Effort = Annotated[
    float,
    Field(gt=0, description="Person-months."),
    Says("effort is in person-months and must be above 0"),
    NUMBER,
]
FromLevel = Annotated[int, Field(ge=1, le=5), whole(1, 5)]
YesNo = Annotated[bool, bare("true or false", lambda word: {"true": True, "false": False}.get(word.lower()))]
Anchor = Annotated[Text | None, NULL]
ShortText = Annotated[Annotated[str, Field(min_length=1, max_length=MAX_SHORT), TEXT] | None, NULL]


class LevelEntry(TypedDict, total=False):
    name: Required[Text]
    summary: Required[Text]


class StepEntry(TypedDict, total=False):
    from_level: Required[Annotated[FromLevel, Field(alias="from")]]
    action: Required[Text]
    owner: Text
    effort: Effort
    horizon: Annotated[Literal["90d", "6m", "12m"], TEXT]
    requires: Annotated[Entries[Key], Field(description="Question keys that come first.")]


class QuestionEntry(TypedDict, total=False):
    key: Required[Key]
    text: Required[Text]
    anchors: Required[
        Annotated[
            Entries[Anchor],
            Field(
                description="Level 1 first; null: that level is not offered.",
                json_schema_extra={
                    "minItems": 5,
                    "maxItems": 5,
                    "prefixItems": [PUBLISHED_TEXT],
                    "contains": PUBLISHED_TEXT,
                    "minContains": 2,
                },
            ),
        ]
    ]
    help: Text
    covers: Entries[Source]
    weight: Weight
    essential_at: Annotated[int, Field(ge=2, le=5), whole(2, 5)]
    essential_reason: Text
    short: Short
    allows_na: YesNo
    central: Annotated[YesNo, Field(description="Where units are asked, only of people who answer for the whole.")]
    error: Text
    next_steps: Entries[Annotated[StepEntry, _into(NextStep)]]


class PillarEntry(TypedDict, total=False):
    key: Required[Key]
    name: Required[Text]
    questions: Required[Annotated[Entries[Annotated[QuestionEntry, _into(Question)]], length(1, MAX_QUESTIONS)]]
    group: Text
    weight: Weight
    summary: Text
    short: Short


class SubsetEntry(TypedDict, total=False):
    key: Required[Key]
    title: Required[Text]
    questions: Required[Annotated[Entries[Key], length(1, MAX_SUBSET)]]


Subsets = Annotated[
    Entries[Annotated[SubsetEntry, _into(Subset)]],
    Field(description="Selections of questions that can be asked on their own, such as a pulse."),
    length(1, MAX_SUBSETS),
]


@with_config(STRICT)
class BankFile(TypedDict, total=False):
    """The shape of a bank, as YAML or JSON. check_bank also checks what a schema cannot: keys used once, retired keys
    not reused, required questions that exist, something that weighs more than 0, bare YAML words that need quotes."""

    format: Required[Annotated[Literal["maturity-bank/1"], TEXT]]
    key: Required[Annotated[Key, Field(description="Stable for ever.")]]
    version: Required[Version]
    title: Required[Text]
    levels: Required[Annotated[Entries[Annotated[LevelEntry, _into(Level)]], length(5, 5)]]
    pillars: Required[Annotated[Entries[Annotated[PillarEntry, _into(Pillar)]], length(1, MAX_PILLARS)]]
    language: Language
    source: Text
    licence: Text
    about: Text
    retired: Annotated[
        Entries[Key],
        Field(
            description="Question keys of earlier versions, never used again.", json_schema_extra={"uniqueItems": True}
        ),
    ]
    subsets: Subsets


class LevelTexts(TypedDict, total=False):
    name: Anchor
    summary: Anchor


class ChoiceTexts(TypedDict, total=False):
    text: Anchor


class GroupTexts(TypedDict, total=False):
    key: Required[Key]
    name: Anchor


class SubsetTexts(TypedDict, total=False):
    key: Required[Key]
    title: Anchor


class StepTexts(TypedDict, total=False):
    from_level: Required[Annotated[int, Field(ge=1, le=7, alias="from"), whole(1, 7)]]
    action: Anchor
    owner: Anchor


class QuestionTexts(TypedDict, total=False):
    key: Required[Key]
    text: Anchor
    help: Anchor
    essential_reason: Anchor
    short: ShortText
    error: Anchor
    anchors: Annotated[Entries[Anchor], length(2, 7)]
    next_steps: Entries[StepTexts]


class PillarTexts(TypedDict, total=False):
    key: Required[Key]
    name: Anchor
    short: ShortText
    group: Anchor
    summary: Anchor
    questions: Annotated[Entries[QuestionTexts], Field(json_schema_extra={"maxItems": MAX_QUESTIONS_2})]


@with_config(STRICT)
class TranslationFile(TypedDict, total=False):
    """A bank's texts in another language: the bank's keys and only texts. check_translation also checks what a schema
    cannot: that the bank has these keys, texts and steps, and each key once."""

    format: Required[Annotated[Literal["maturity-translation/1"], TEXT]]
    bank: Required[Key]
    bank_version: Required[Annotated[Version, Field(description="The version whose texts were translated.")]]
    language: Required[Language]
    version: Required[Annotated[Version, Field(description="The translation's own.")]]
    title: Anchor
    about: Anchor
    levels: Annotated[Entries[LevelTexts], length(2, 7)]
    choices: Annotated[
        dict[str, Annotated[Entries[ChoiceTexts], length(2, 7)]], Field(description="By answer set, in its order.")
    ]
    groups: Annotated[Entries[GroupTexts], length(1, MAX_PILLARS_2)]
    subsets: Annotated[Entries[SubsetTexts], length(1, MAX_SUBSETS)]
    pillars: Annotated[Entries[PillarTexts], Field(json_schema_extra={"maxItems": MAX_PILLARS_2})]
    source_changed: Annotated[
        Entries[PlaceName],
        Field(description="Places whose source text has changed since they were translated."),
    ]


BANK, TRANSLATION = Format(BankFile), Format(TranslationFile)

"""What people answered: Answers > Respondent > one value per question.

A value is a level 1-5, `DONT_KNOW` or `NOT_APPLICABLE`. A blank answer is an absent key and never becomes a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

DONT_KNOW: Literal["dont_know"] = "dont_know"
NOT_APPLICABLE: Literal["not_applicable"] = "not_applicable"

type Value = int | Literal["dont_know", "not_applicable"]


@dataclass(frozen=True)
class Evidence:
    """How well an answer is backed: 0 asserted, 1 described, 2 artefact cited, 3 checked by another person.

    `documents` are the references of those it cites, expired ones too; the grade allows for that (`documents.py`).
    """

    grade: int
    text: str | None = None
    link: str | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """The day that a document describes, and the last one on which it supports an answer."""

    as_of: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Respondent:
    """One person's answers, by question key."""

    id: str
    answers: Mapping[str, Value] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)  # why a question does not apply
    comments: Mapping[str, str] = field(default_factory=dict)
    role: str | None = None
    unit: str | None = None  # the id of the unit that the person answers for


@dataclass(frozen=True)
class Unit:
    """A part of the organisation, in a tree; `weight` is its size in the mean of the units."""

    id: str
    name: str
    parent: str | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Answers:
    """One assessment: the respondents, how many were invited, the targets by pillar key, the day it is about, the units
    of the organisation, and the documents that answers cite, by reference."""

    respondents: tuple[Respondent, ...]
    id: str | None = None
    invited: int | None = None
    targets: Mapping[str, float] = field(default_factory=dict)
    day: date | None = None
    units: tuple[Unit, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)

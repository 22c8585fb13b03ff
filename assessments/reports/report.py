"""What a report is made of, and how a closed assessment becomes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from assessments.reader_language import direction_of
from assessments.reports.benchmark import cohort_beside
from assessments.reports.change import Since, since
from assessments.results import (
    AssessmentResult,
    Brand,
    Comment,
    Commentary,
    Decided,
    Evidence,
    Interviews,
    Mark,
    brand_of,
    client_mark,
    decided,
    notes_on_origin,
)
from assessments.scoring.agreed import Agreed
from assessments.scoring.bank import Bank
from assessments.scoring.figures import Result
from assessments.wording.disclosure import Disclosure, disclosure_of
from assessments.wording.facts import Cohort

NOBODY = Interviews()

type Paper = Literal["A4", "Letter"]


@dataclass(frozen=True)
class Report:
    """One assessment of one organisation, ready to be printed. Nothing in it goes beyond what its reader may see.

    `comments` and `evidence` are by question key, with names in a named assessment only, already filtered. The same report gives the same bytes.
    """

    organisation: str
    assessment_name: str
    bank: Bank
    result: Result
    scored_on: date
    checksum: str
    salt: str = ""  # of the result, for the checksum of what this is made from; never printed
    disclosure: Disclosure = field(default_factory=Disclosure)
    comments: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    opened_on: date | None = None
    closed_on: date | None = None
    prepared_by: str | None = None
    previous: Result | None = None
    since: Since | None = None  # the previous round, compared like for like
    language: str = "en"
    paper: Paper = "A4"
    interviews: Interviews = NOBODY
    brand: Brand | None = None
    client_logo: Mark | None = None
    commentary: tuple[Commentary, ...] = ()
    cohort: Cohort | None = None
    actions: tuple[Decided, ...] = ()  # what was decided on this assessment's result, as it stands now
    agreed: Agreed | None = None  # what a workshop agreed on, beside the result
    origin: tuple[str, ...] = ()  # what is said of a result from another installation


def report_of(shown: AssessmentResult, *, paper: Paper = "A4") -> Report:
    """The report of a closed assessment, as far as `shown` goes, in its language; its days are the organisation's."""
    assessment, zone = shown.assessment, shown.assessment.organisation.zone
    brand = brand_of(assessment)
    return Report(
        organisation=assessment.organisation.name,
        assessment_name=assessment.name,
        bank=shown.bank,
        result=shown.result,
        scored_on=shown.frozen.frozen_at.astimezone(zone).date(),
        checksum=shown.frozen.checksum,
        salt=shown.frozen.salt,
        disclosure=disclosure_of(shown.seen),
        comments=shown.comments,
        evidence=shown.evidence,
        opened_on=_day(assessment.opened_at, zone),
        closed_on=_day(assessment.closed_at, zone),
        previous=None if shown.earlier is None else shown.earlier.result,
        since=since(shown),
        language=language_of(shown.bank),
        paper=paper,
        interviews=shown.interviews,
        prepared_by=None if brand is None else brand.name,
        brand=brand,
        client_logo=client_mark(assessment),
        commentary=shown.commentary,
        actions=decided(assessment),
        agreed=shown.agreed,
        cohort=cohort_beside(shown),
        origin=notes_on_origin(shown.frozen),
    )


def language_of(bank: Bank) -> str:
    """The active language; the bank's where its texts run the other way, for the layout follows the texts."""
    active = get_language() or "en"
    return active if direction_of(active) == direction_of(bank.language) else bank.language


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return None if moment is None else moment.astimezone(zone).date()

"""The content of a report, and how it is read from a closed assessment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from assessments.pages.threads import PrintedThread
from assessments.reports.sections.change import Since, since
from assessments.results import (
    ActionSummary,
    AssessmentResult,
    Brand,
    Comment,
    Commentary,
    Evidence,
    Interviews,
    LogoImage,
    SeenUnits,
    action_summaries,
    brand_of,
    client_logo,
    notes_on_origin,
)
from assessments.results.benchmark import newest_cohort, peers_of
from assessments.scoring.view import ResultView

NOBODY = Interviews()

type Paper = Literal["A4", "Letter"]


@dataclass(frozen=True, kw_only=True)
class Report(ResultView):
    """A result with everything else that the report contains, limited to what the reader may see.

    `comments` and `evidence` are by question key, with names in a named assessment only, already filtered. The same report gives the same
    bytes.
    """

    assessment_name: str
    scored_on: date
    checksum: str
    salt: str = ""  # of the result, for the checksum of the manifest; never printed
    comments: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    opened_on: date | None = None
    closed_on: date | None = None
    prepared_by: str | None = None
    since: Since | None = None  # the previous round, compared like for like
    language: str = "en"
    paper: Paper = "A4"
    is_brief: bool = False  # the executive brief: both sides of one sheet
    interviews: Interviews = NOBODY
    calibrated: int = 0  # people who had practised on examples
    brand: Brand | None = None
    client_logo: LogoImage | None = None
    commentary: tuple[Commentary, ...] = ()
    actions: tuple[ActionSummary, ...] = ()  # on this assessment's result, in their present state
    units: SeenUnits | None = None  # all of them, for readers who may see all
    origin: tuple[str, ...] = ()  # notes on a result from another installation
    threads: tuple[PrintedThread, ...] = ()  # questions about answers, if the reader wants them printed
    question_pages: str = ""  # the URL before the keys of questions, for a reader who can open these pages


def report_of(
    result: AssessmentResult,
    *,
    paper: Paper = "A4",
    brief: bool = False,
    threads: tuple[PrintedThread, ...] = (),
    question_pages: str = "",
) -> Report:
    """The report of a closed assessment, limited to `result`, in its language; dates are in the organisation's zone.

    Pass `threads` and `question_pages` only for readers who may see them.
    """
    assessment, zone = result.assessment, result.assessment.organisation.zone
    brand = brand_of(assessment)
    return Report(
        organisation=assessment.organisation.name,
        assessment_name=assessment.name,
        bank=result.bank,
        seen=result.seen,
        scored_on=result.frozen.frozen_at.astimezone(zone).date(),
        checksum=result.frozen.checksum,
        salt=result.frozen.salt,
        comments=result.comments,
        evidence=result.evidence,
        opened_on=_day(assessment.opened_at, zone),
        closed_on=_day(assessment.closed_at, zone),
        earlier=result.view.earlier,
        trend=result.trend,
        since=since(result),
        language=get_language() or "en",
        paper=paper,
        is_brief=brief,
        interviews=result.interviews,
        calibrated=result.frozen.calibrated,
        prepared_by=None if brand is None else brand.name,
        brand=brand,
        client_logo=client_logo(assessment),
        commentary=result.commentary,
        actions=action_summaries(assessment),
        agreed=result.agreed,
        backing=result.backing,
        peers=peers_of(result.frozen, newest_cohort(result.assessment)),
        units=result.units,
        origin=notes_on_origin(result.frozen),
        threads=threads,
        question_pages=question_pages,
    )


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return None if moment is None else moment.astimezone(zone).date()

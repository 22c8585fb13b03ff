"""The invented result on the landing page: the bundled bank and a demonstration assessment, scored like any other."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache

from assessments.formats.answers import load_answers
from assessments.formats.bank import read_bank
from assessments.formats.dump import checksum
from assessments.formats.places import translated
from assessments.formats.translation import translations_beside
from assessments.pages.result.page import Glance, ResultPage, glance
from assessments.reports.pdf.render import RenderedPdf
from assessments.results import worded
from assessments.scoring.answers import DONT_KNOW, NOT_APPLICABLE, Answers
from assessments.scoring.bank import Bank
from assessments.scoring.candidates import seen_by
from assessments.scoring.figures import Result
from assessments.scoring.result import score
from assessments.scoring.suppression import ReaderResult
from assessments.scoring.view import ResultView

if TYPE_CHECKING:
    from assessments.reports.report import Report
    from assessments.results import Brand

ORGANISATION = "Northfield"
ASSESSMENT = "Q4 2026"
BANK = settings.BASE_DIR / "fixtures" / "ai-leadership.yaml"
ANSWERS = settings.BASE_DIR / "fixtures" / "demo" / "northfield-2026-q4.json"


@lru_cache(maxsize=1)
def sample_bank() -> Bank:
    return read_bank(BANK)


@lru_cache(maxsize=4)
def bank_in(language: str) -> Bank:
    """The bank in this language if it comes with a translation, else in its own."""
    own = sample_bank()
    if language == own.language:
        return own
    texts = {file.translation.language: file.translation.texts for file in translations_beside(BANK, own)}
    return translated(own, texts[language], language) if language in texts else own


def sample_answers() -> Answers:
    return load_answers(ANSWERS.read_text(encoding="utf-8"), sample_bank(), ANSWERS.name)


def _sample_seen() -> ReaderResult:
    return seen_by(sample_bank(), sample_answers(), score(sample_bank(), sample_answers()))


def sample_result() -> Result:
    return _sample_seen().result


def view_in(language: str) -> ResultView:
    """A view of a confidential assessment, with next steps in this language."""
    bank, limits = bank_in(language), _sample_seen()
    return ResultView(bank, replace(limits, result=worded(limits.result, sample_bank(), bank)), ORGANISATION)


@lru_cache(maxsize=4)
def sample_glance(language: str) -> Glance:
    """The glance in the active language, `language`, which is the cache key. Avoids building a whole result page."""
    return glance(view_in(language))


def sample_page(language: str) -> ResultPage:
    """The sample as a result page in the active language, `language`."""
    return ResultPage(view_in(language))


def sparse_page(language: str) -> ResultPage:
    """The same assessment by one person, with a pillar partly answered and one not applicable: shows missing data."""
    bank = bank_in(language)
    thin, aside = bank.pillars[-2], bank.pillars[-1]
    unknown = {question.key: DONT_KNOW for question in thin.questions[:3]}
    unsuited = {question.key: NOT_APPLICABLE for question in aside.questions}
    person = sample_answers().respondents[0]
    answers = Answers(respondents=(replace(person, answers={**person.answers, **unknown, **unsuited}),), invited=3)
    limits = seen_by(bank, answers, score(bank, answers))
    return ResultPage(ResultView(bank, limits, ORGANISATION))


def sample_content(language: str, brand: Brand | None = None) -> Report:
    """The sample as a report in this language, with the brand of a consultancy."""
    from assessments.reports.report import Report
    from assessments.results import Comment

    comments = {key: text for person in sample_answers().respondents for key, text in person.comments.items()}
    return Report(
        organisation=ORGANISATION,
        assessment_name=ASSESSMENT,
        bank=bank_in(language),
        seen=view_in(language).seen,
        scored_on=datetime.date(2026, 11, 2),
        checksum=checksum(sample_bank()),
        comments={key: (Comment(text),) for key, text in sorted(comments.items())},
        language=language,
        brand=brand,
        prepared_by=brand.name if brand else None,
    )


@lru_cache(maxsize=4)
def sample_report(language: str) -> RenderedPdf:
    """The sample as a report, rendered once per process in one to two seconds. Caches its facts for all processes."""
    from assessments.reports.pdf.report import rendered_report  # rarely used, and slow to load

    printed = rendered_report(sample_content(language))
    cache.set(_facts_key(language), ReportFacts(printed.pages, len(printed.pdf)), timeout=None)
    return printed


@dataclass(frozen=True)
class ReportFacts:
    """Number of pages, and size in bytes."""

    pages: int
    size: int


def report_facts(language: str) -> ReportFacts | None:
    """The facts of the sample report without rendering it; None until it has been rendered once."""
    facts: ReportFacts | None = cache.get(_facts_key(language))
    return facts


def _facts_key(language: str) -> str:
    return f"sample-report-{language}"

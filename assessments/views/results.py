"""A result as a page, and its charts as files."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments import access, languages, results
from assessments.access.decorators import signed_in_or_shared
from assessments.charts.catalogue import Chart, chart
from assessments.charts.tables import csv_of
from assessments.forms.assessments import AudienceForm
from assessments.http import attachment, file_name
from assessments.models import Assessment, Cohort as CohortRow, Result as ResultRow, User
from assessments.pages.pulse import pulse_page
from assessments.pages.result.completed import completed_actions
from assessments.pages.result.page import ResultPage
from assessments.pages.result.parts import CHANGE, FIGURES, SUMMARY, Part, parts, pointers
from assessments.pages.then_test import seen_now
from assessments.reader_language import language
from assessments.reports import files
from assessments.reports.commentary import remarks_of
from assessments.results import AssessmentResult, PageBrand, ReaderContext
from assessments.results.benchmark import newest_cohort
from assessments.results.decisions import completed_between
from assessments.wording.credit import credit
from assessments.wording.remarks import interviews, practised


@signed_in_or_shared
def result(request: HttpRequest, pk: UUID, part: str = "") -> HttpResponse:
    reader = access.reader_of(request, pk)
    if not reader.may_see:
        return _waiting(request, reader.assessment, reader.runs)
    if part == SUMMARY:
        raise Http404  # its address is that of the result
    if reader.assessment.is_pulse:
        return _pulse(request, reader, part)
    reading = _with_words(_reading(reader))
    before = reading.before
    completed = completed_between(before.assessment, reading.assessment) if part == CHANGE and before else ()
    rendered = _rendered(reading, part or SUMMARY, completed)
    context = {
        "assessment": reading.assessment,
        "rendered": rendered,
        "runs": reading.runs,
        "page_brand": reading.page_brand,
        "link": reader.link,
        "has_threads": reading.has_threads,
        "formats": [each for each in files.formats() if each.ending != "pdf"],
        "is_undelivered": reading.is_released_by_reader and access.is_release_undelivered(reading.assessment),
        "release": AudienceForm(assessment=reading.assessment, back_to="result") if reading.waits_for_release else None,
        "languages": languages.choices(reading.assessment.bank_version),
        "bank_credit": rendered.credit,
        "pulses": _pulses(reader, reading.before) if rendered.part in (SUMMARY, CHANGE) else [],
    }
    return render(request, "assessments/results/result.html", context)


def _pulse(request: HttpRequest, reader: access.ResultReader, part: str) -> HttpResponse:
    """Show what a pulse found: it has one page, and no charts."""
    if part:
        raise Http404
    assessment, user = reader.assessment, reader.user
    found = results.assessment_result(assessment, reader=user, may_read_comments=False, outsider=user is None)
    if user is not None:
        found = results.with_previous_round(found, lambda before: access.sees_result(user, before))
    found = results.in_language(found, language())
    waits = reader.runs and assessment.state == Assessment.State.CLOSED
    context = {
        "assessment": assessment,
        "page": pulse_page(found),
        "subset": results.subset_in(assessment, language()),
        "interviews": interviews(*found.interviews),
        "seen_now": seen_now(found),
        "runs": reader.runs,
        "formats": [each for each in files.formats() if each.ending in Assessment.PULSE_FILES],
        "release": AudienceForm(assessment=assessment, back_to="result") if waits else None,
        "languages": languages.choices(assessment.bank_version),
        "bank_credit": credit(found.bank),
    }
    return render(request, "assessments/results/pulse.html", context)


def _pulses(reader: access.ResultReader, before: ResultRow | None) -> list[Assessment]:
    """The pulses since the previous full result that this reader may see; none for an outsider."""
    user = reader.user
    if user is None:
        return []
    since = None if before is None else before.assessment
    return results.pulses_between(
        reader.assessment, since, lambda pulse: reader.runs or access.sees_result(user, pulse)
    )


def _waiting(request: HttpRequest, assessment: Assessment, runs: bool) -> HttpResponse:
    """Say who has answered and when the result appears, or why it is not shown to this participant."""
    if assessment.is_draft:
        raise Http404
    context = {
        "assessment": assessment,
        "runs": runs,
        "turnout": access.progress_of_assessment(assessment),
        "people": access.people_of(assessment) if runs else None,
    }
    return render(request, "assessments/results/waiting.html", context)


@signed_in_or_shared
def chart_file(request: HttpRequest, pk: UUID, chart_name: str, kind: str) -> HttpResponse:
    """Return one chart of a result as PNG, SVG or CSV, with the same restrictions as the page.

    `?slide=light` and `?slide=dark`: a picture without background, as PNG of the width of a slide.
    """
    reading = _reading(access.require_result_reader(request, pk))
    found = _result(reading)
    view = results.page_view(found, reading.before, reading.cohort, runs=reading.runs)
    if chart_name == "trend" and reading.user is not None:
        seen = access.may_see_results(reading.user, reading.assessment)
        view = replace(view, trend=results.trend_of(found, seen))
    if kind == "json" and view.trend is not None:
        words = (reading.assessment.organisation.name, reading.assessment.name, chart_name)
        content = results.trend_json(view.trend)
        return attachment(content, files.CONTENT_TYPES[kind], file_name(*words, ending=kind, otherwise=chart_name))
    drawing = chart(chart_name, view)
    if drawing is None or kind not in CHART_FILES:
        raise Http404
    content_type, draw = CHART_FILES[kind]
    slide = request.GET.get("slide", "")
    if kind in SLIDES and slide in ("light", "dark"):
        draw, chart_name = partial(SLIDES[kind], dark=slide == "dark"), f"{chart_name} {slide}"
    words = (reading.assessment.organisation.name, reading.assessment.name, chart_name)
    return attachment(draw(drawing), content_type, file_name(*words, ending=kind, otherwise=chart_name))


def _png(drawing: Chart) -> bytes:
    from assessments.reports.raster import png  # rarely needed, and the rasteriser is slow to import

    return png(drawing.file(), width=1440)


def _slide_png(drawing: Chart, *, dark: bool) -> bytes:
    from assessments.reports.raster import png

    return png(drawing.slide(dark=dark), width=1920, ground=None)


SLIDES: dict[str, Callable[..., bytes]] = {
    "png": _slide_png,
    "svg": lambda drawing, *, dark: drawing.slide(dark=dark).encode(),
}
CHART_FILES: dict[str, tuple[str, Callable[[Chart], bytes]]] = {
    "png": ("image/png", _png),
    "svg": ("image/svg+xml", lambda drawing: drawing.file().encode()),
    "csv": ("text/csv; charset=utf-8", lambda drawing: csv_of(drawing.table).encode()),
}


@dataclass(frozen=True)
class Reading:
    """A result as one reader may see it. Readings with equal `key` show the same page, so they share one rendering.

    Everything the page shows has to be in the key or be determined by it.
    """

    key: tuple[Hashable, ...]
    user: User | None = field(compare=False)  # None: an outsider, by a link
    assessment: Assessment = field(compare=False)
    before: ResultRow | None = field(compare=False)  # of the previous round, if this reader may see it
    runs: bool = field(compare=False)
    interviews: str | None = field(compare=False)
    cohort: CohortRow | None = field(compare=False)  # the newest
    checksum: str = field(compare=False)
    reader_context: ReaderContext = field(compare=False)
    page_brand: PageBrand = field(compare=False, default=PageBrand())
    has_trend: bool = field(compare=False, default=False)
    has_threads: bool = field(compare=False, default=False)  # that the reader manages

    @property
    def waits_for_release(self) -> bool:
        """Whether this reader can release the result."""
        return self.runs and self.assessment.state == Assessment.State.CLOSED

    @property
    def is_released_by_reader(self) -> bool:
        """Whether this reader could release the result, which is released."""
        return self.runs and self.assessment.state == Assessment.State.RELEASED


def _reading(reader: access.ResultReader) -> Reading:
    """Return what determines how the result looks to this reader, without loading the result."""
    assessment, runs, user = reader.assessment, reader.runs, reader.user
    current = results.current_result(assessment, user, outsider=user is None)
    before = results.previous_round(assessment, texts=False) if user is not None else None
    # anyone who runs this assessment runs every assessment of its organisation
    if before is not None and user is not None and not (runs or access.sees_result(user, before.assessment)):
        before = None
    eligible_before = None if before is None else results.eligible_for(before.counted, user)
    has_trend = before is not None and before.compared_with_id is not None and _sees_trend(reader)
    recorded = results.recorded_in(assessment)
    sentence = interviews(*results.count_interviews(recorded.values()))
    cohort, agreed = newest_cohort(assessment), results.agreed_levels(assessment)
    key = (
        (assessment.pk, sentence, None if cohort is None else cohort.pk),
        (current.checksum, current.frozen_at, current.eligible),
        None if before is None else (before.pk, before.checksum, before.assessment.name, eligible_before, has_trend),
        (assessment.organisation.name, assessment.name),
        tuple(agreed.items()),
        (runs, user is not None, get_language(), language(), *sorted(assessment.bank_version.languages.items())),
    )
    reader_context = ReaderContext(current.confidential, recorded, (), agreed)
    facts = (user, assessment, before, runs, sentence, cohort, current.checksum, reader_context)
    return Reading(key, *facts, has_trend=has_trend, has_threads=runs and current.has_threads)


def _sees_trend(reader: access.ResultReader) -> bool:
    """Whether the reader may see three results or more up to this one. No query for those who manage it."""
    if reader.user is None or reader.runs:
        return reader.runs
    return results.has_trend(reader.assessment, access.may_see_results(reader.user, reader.assessment))


def _with_words(reading: Reading) -> Reading:
    """Return the reading with its commentary and the branding."""
    words = results.commentary_of(reading.assessment, reading.checksum)
    page_brand = results.page_brand_of(reading.assessment)
    reader_context = reading.reader_context._replace(commentary=words)
    return replace(
        reading, key=(*reading.key, words, page_brand.accent), page_brand=page_brand, reader_context=reader_context
    )


@dataclass(frozen=True)
class RenderedResult:
    """The page's content as markup, and what the surrounding template needs to know about it."""

    markup: SafeString
    part: str
    name: str
    parts: tuple[Part, ...]
    credit: str
    style_ids: tuple[str, ...]


@lru_cache(maxsize=32)
def _rendered(reading: Reading, key: str, completed: tuple[tuple[str, str], ...]) -> RenderedResult:
    """Render once per process: a frozen result never changes, and a workshop's agreed answers are in the key.

    `completed` are the actions since the previous round, for the page about the change. Raises Http404 for a part that
    this result does not have.
    """
    result = _result(reading)
    page = ResultPage(results.page_view(result, reading.before, reading.cohort, runs=reading.runs))
    found = parts(page, has_commentary=bool(result.commentary))
    name = next((part.name for part in found if part.key == key), None)
    if name is None:
        raise Http404
    context = {
        "page": page,
        "name": name,
        "pointers": pointers(page, found) if key == SUMMARY else (),
        "assessment": result.assessment,
        "frozen": result.frozen,
        "interviews": reading.interviews,
        "origin": results.notes_on_origin(result.frozen),
        "runs": reading.runs,
        "own": None if reading.user is None else result.assessment.pk,
        "has_trend": reading.has_trend,
        "completed": completed_actions(page.view, completed),
        "calibrated": practised(result.frozen.calibrated),
        "seen_now": seen_now(result),
        "remarks": remarks_of(result.commentary, result.bank, reading.page_brand.accent),
    }
    return RenderedResult(
        markup=render_to_string(f"assessments/results/parts/{key}.html", context),
        part=key,
        name=name,
        parts=found,
        credit=credit(result.bank),
        style_ids=page.profile.style_ids if key == FIGURES else (),
    )


def _result(reading: Reading) -> AssessmentResult:
    result = results.assessment_result(
        reading.assessment,
        reader=reading.user,
        may_read_comments=False,
        outsider=reading.user is None,
        reader_context=reading.reader_context,
    )
    return results.in_language(result, language())

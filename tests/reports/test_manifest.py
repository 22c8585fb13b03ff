"""What a report is made from: everything that can change a page changes its checksum."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.pages.threads import PrintedThread
from assessments.reports.pdf.manifest import manifest
from assessments.reports.pdf.report import report_request
from assessments.results import ActionSummary, Interviews
from tests.charts import northfield
from tests.reports import brands
from tests.reports.examples import report


def checksum(engine="WeasyPrint 70", look="x", borrowed=(), missing=(), **fields):
    return manifest(report(**fields), engine=engine, look=look, borrowed=borrowed, missing=missing).checksum


def test_same_report_has_the_same_checksum():
    assert checksum() == checksum()
    assert checksum().startswith("sha256:")


@pytest.mark.parametrize(
    "change",
    [
        {"organisation": "Lakeside"},
        {"assessment_name": "Q1"},
        {"checksum": "sha256:" + "ee" * 32},
        {"comments": {"ethics-bias": ("Another.",)}},
        {"told": northfield.NOTHING},
        {"prepared_by": None},
        {"scored_on": date(2026, 11, 21)},
        {"closed_on": None},
        {"interviews": Interviews(1, 0)},
        {"actions": (ActionSummary("Write it", "ethics-bias", "Ada", None, "90d", None, "planned"),)},
        {"language": "de"},
        {"paper": "Letter"},
        {"brand": brands.brand()},
        {"client_logo": brands.mark()},
        {"commentary": (brands.said(),)},
        {"threads": (PrintedThread("Bias", "Ada", (("Grace", "Where?"),)),)},
        {"question_pages": "https://maturity.example/questions/"},
        {"engine": "WeasyPrint 71"},
        {"look": "y"},
        {"borrowed": ("DejaVu Sans",)},
        {"missing": ("\U0001e900",)},
    ],
    ids=str,
)
def test_each_input_counts(change):
    assert checksum(**change) != checksum()


@pytest.mark.parametrize(
    "change", [{"accent": None}, {"logo": brands.mark("tall")}, {"imprint": ""}, {"disclaimer": ""}]
)
def test_each_part_of_a_brand_counts(change):
    assert checksum(brand=brands.brand(**change)) != checksum(brand=brands.brand())


def test_whether_words_are_still_about_the_result_counts():
    assert checksum(commentary=(brands.said(is_stale=True),)) != checksum(commentary=(brands.said(),))


def test_comments_and_names_do_not_stand_in_it():
    listed = str(manifest(report(), engine="x", look="y"))
    assert "CIO" not in listed


def test_report_prints_its_checksum():
    sheet = report_request(report(), engine="WeasyPrint 70")
    made = sheet.html.count("sha256:")
    assert made == 3
    assert sheet.identifier in sheet.html


def test_typefaces_are_listed_with_their_versions():
    fonts = manifest(report(), engine="x", look="y").fonts
    assert set(fonts) == {"fontpkg-source-sans-3", "fontpkg-assistant", "fontpkg-ibm-plex-sans-arabic"}
    assert all(fonts.values())
    assert replace(manifest(report(), engine="x", look="y"), fonts={}).checksum != checksum(engine="x", look="y")

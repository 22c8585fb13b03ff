"""The picker of files in a real browser: progress, the size, a reload meanwhile, and the question before old commentary."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import Commentary
from tests.journeys.looks import faults
from tests.journeys.test_charts import opened, result  # noqa: F401 - fixtures

SLIDES = "**/result/report.pptx"


def slides(page):
    return page.get_by_role("link", name="Slides (PowerPoint)", exact=True)


@pytest.fixture
def old_commentary(result):  # noqa: F811
    pk = result.split("/")[2]
    return Commentary.objects.create(assessment_id=pk, pillar="vision", text="Of old.", checksum="older")


def test_progress_survives_a_reload_and_ends_with_the_size(opened):  # noqa: F811
    page = opened()
    state = page.locator("[data-report-state]")
    page.route(SLIDES, lambda _route: None, times=1)  # the first request never ends
    slides(page).click()
    expect(state).to_have_text("Creating the report…")
    with page.expect_download() as download:
        page.reload()
    assert download.value.suggested_filename.endswith(".pptx")
    expect(state).to_have_text(re.compile(r"Ready \(\d+ KB\)"))
    page.reload()
    expect(state).to_have_text("PDF, for the board: to read and to print")


@pytest.mark.parametrize("script", [True, False])
def test_old_commentary_opens_the_page_that_asks(opened, old_commentary, script):  # noqa: F811
    page = opened(java_script_enabled=script)
    slides(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The commentary is about an earlier result")
    if script:
        assert not faults(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download anyway").click()
    assert download.value.suggested_filename.endswith(".pptx")

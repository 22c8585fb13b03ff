"""A consultant's afternoon: an interview that is confirmed by a link, reports in one ZIP, a token, and a client that leaves."""

import io
import re
import zipfile

import pypdf
import pytest
from playwright.sync_api import expect

from assessments import tasks
from assessments.actions import assessments
from assessments.models import Assessment, Consultancy, Engagement, Export, ExportFile
from tests.journeys.conftest import PASSWORD, PHONE, numbers, person
from tests.journeys.emails import email_to, link_in
from tests.journeys.respondent import Respondent
from tests.results.test_changes import played


@pytest.fixture
def consultant(cast, tab, site):
    """Dana, whose firm serves Northfield, signed in."""
    number = next(numbers)
    dana = person(f"dana-{number}@hart.example")
    hart = Consultancy.objects.create(name=f"Hart {number}")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=cast.northfield)
    respondent = Respondent(tab(), site.url, cast.assessment)
    respondent.user = dana
    respondent.sign_in(dana)
    return respondent


@pytest.fixture
def two(cast):
    return [played(cast.northfield, cast.version, cast.alice, name, [2], people=1) for name in ("Q1", "Q2")]


def test_an_interview_is_confirmed_and_the_report_says_so(consultant, cast, tab, site):
    page = consultant.page
    page.goto(consultant.address("manage/"))
    page.get_by_role("button", name="Interview Bob").click()
    page.get_by_role("link", name=re.compile("Vision")).first.click()
    consultant.choose("vision-direction", 4)
    expect(consultant.status).to_have_text(re.compile(r"^Saved"))
    page.goto(re.sub(r"pillars/.*", "review/", page.url))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text(re.compile("A confirmation link is on its way"))).to_be_visible()
    page.goto(consultant.address("manage/"))
    expect(page.get_by_text(re.compile(r"in an\s+interview,\s+not\s+confirmed"))).to_be_visible()
    bob = tab(size=PHONE)
    bob.goto(link_in(email_to(cast.bob.email, site.database)))
    bob.get_by_role("button", name="Confirm these answers").click()
    expect(bob.get_by_role("heading", level=1)).to_have_text("Your answers are confirmed")
    assessments.close(assessment=Assessment.objects.get(pk=cast.assessment.pk), by=cast.alice)
    said = "1 recorded in an interview by a consultant, confirmed"
    page.goto(consultant.address("result/"))
    expect(page.locator("#finding")).to_contain_text(said)
    assert said in text_of(page.request.get(consultant.address("report.pdf")).body())


def text_of(pdf):
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages[:1]).split())


def test_selected_assessments_become_one_zip(consultant, two, site, settings):
    settings.MEDIA_ROOT = str(site.media)
    page = consultant.page
    page.goto("/portfolio/?q=northfield")
    for name in ("Q1", "Q2"):
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_role("button", name="Export selected").click()
    page.get_by_label("Report (PDF)").uncheck()
    page.get_by_label("Table (CSV)").check()
    page.get_by_role("button", name="Create ZIP").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("Ready: 4 files"))
    begin_anew(Export.objects.get(user=consultant.user))
    page.reload()
    expect(page.get_by_role("progressbar")).to_have_attribute("max", "4")
    for file in ExportFile.objects.filter(state="waiting"):
        tasks.make_export_file.func(file.pk)
    with page.expect_download() as download:  # the page has noticed by itself
        page.get_by_role("link", name="Download ZIP").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names)) == 4
        assert sorted(name.rpartition(".")[2] for name in names) == ["csv", "csv", "xlsx", "xlsx"]


def begin_anew(export):
    """As it is while a worker has just begun."""
    export.files.update(state="waiting", file="", checksum="")
    Export.objects.filter(pk=export.pk).update(state="making", file="", size=None)


def test_a_token_and_a_hand_over_ask_for_the_password_once(consultant, cast):
    played(cast.northfield, cast.version, cast.alice, "Q1", [2], people=1)
    page = consultant.page
    page.goto("/account/tokens/")
    page.get_by_label("What is it for?").fill("Power BI")
    page.get_by_label(re.compile(r"^\s*Portfolio")).check()
    page.get_by_role("button", name="Create token").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    token = page.locator("code").inner_text()
    answer = page.request.get("/api/v1/portfolio", headers={"Authorization": f"Bearer {token}"})
    assert {entry["name"] for entry in answer.json()["rounds"]} == {"Q1", "Q4"}
    page.goto("/exports/")
    page.get_by_role("link", name="Create a handover").click()
    page.get_by_label("Organisation").select_option(index=1)
    page.get_by_role("button", name="Create file").click(timeout=60_000)  # a report is set meanwhile
    with page.expect_download() as download:
        page.get_by_role("link", name="Download ZIP").click()
    assert download.value.suggested_filename.startswith("northfield-")
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        kinds = sorted(name.rpartition(".")[2] for name in archive.namelist())
        assert kinds == ["SHA256SUMS", "json", "pdf", "sealed", "txt", "yaml"]

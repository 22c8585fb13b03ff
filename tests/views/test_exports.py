"""Choosing assessments, watching them being made, and taking the ZIP away; whose, and what an outsider learns."""

import io
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.actions import assessments
from assessments.models import Consultancy, Engagement, Export, ExportFile, Membership, User
from tests.actions.test_exports import own_storage, queue, run  # noqa: F401 - fixtures
from tests.results.test_changes import played
from tests.security.test_walk import scrubbed
from tests.views.test_portfolio import signed_in

NEW = "/exports/new/"


@pytest.fixture
def browser(alice):
    return signed_in(alice)


@pytest.fixture
def two(northfield, version, alice):
    return [played(northfield, version, alice, name, [2], people=1) for name in ("Q1", "Q2")]


@pytest.fixture
def theirs(lakeside, version, charlie):
    return played(lakeside, version, charlie, "Q1", [5], people=1)


@pytest.fixture
def ask(browser, django_capture_on_commit_callbacks, queue):  # noqa: F811
    def asked(chosen, *types, browser=browser):
        with django_capture_on_commit_callbacks(execute=True):
            return browser.post(NEW, {"rounds": [entry.pk for entry in chosen], "types": types})

    return asked


def test_one_that_has_expired_says_how_to_have_it_again(browser, two, ask, queue):  # noqa: F811
    address = ask(two, "csv")["Location"]
    run(queue)
    Export.objects.update(expires_at=timezone.now())
    for place in (address, f"{address}reports.zip"):
        response = browser.get(place)
        assert response.status_code == 404
        assert "Create it again from the portfolio" in response.content.decode()


def test_from_the_portfolio_to_the_file(browser, two, ask, queue):  # noqa: F811
    assert NEW in browser.get("/portfolio/").content.decode()
    page = browser.get(NEW, {"rounds": [entry.pk for entry in two]})
    assert "Export 2 assessments" in page.content.decode()
    assert page.context["form"]["types"].initial == ["pdf", "xlsx"]
    address = ask(two, "csv", "xlsx")["Location"]
    waiting = browser.get(address).content.decode()
    assert "0 of 4 files are done." in waiting
    assert "js/export.js" in waiting
    assert browser.get(f"{address}reports.zip").status_code == 404
    run(queue)
    ready = browser.get(address).content.decode()
    assert "Ready: 4 files," in ready
    assert "js/export.js" not in ready
    response = browser.get(f"{address}reports.zip")
    assert f"reports-{timezone.localdate():%Y-%m-%d}.zip" in response["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert (archive.testzip(), len(set(archive.namelist()))) == (None, 4)
    assert browser.post(f"{address}remove")["Location"] == "/exports/"
    assert browser.get(address).status_code == 404


def test_a_report_as_pdf(two, ask, queue, browser):  # noqa: F811
    address = ask(two[:1], "pdf")["Location"]
    run(queue)
    content = b"".join(browser.get(f"{address}reports.zip").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("northfield/northfield-q1.pdf").startswith(b"%PDF")


def test_everything_that_was_found_is_exported(browser, two, northfield, version, alice):
    assessments.start(organisation=northfield, bank_version=version, name="Q3", by=alice)
    text = browser.get(NEW, {"every": 1, "state": "", "q": "north"}).content.decode()
    assert "Export 2 assessments" in text
    assert "1 assessment is left out: it has no result yet, or is a pulse, which has no report." in text
    assert "Nothing to export yet" in browser.get(NEW, {"every": 1, "q": "lakeside"}).content.decode()


def test_no_format_no_export(two, ask):
    response = ask(two)
    assert response.status_code == 400
    assert "Choose an answer to" in response.content.decode()
    assert not Export.objects.exists()


def test_a_foreign_assessment_is_as_absent_as_one_that_does_not_exist(browser, two, theirs):
    for others in ([], two):
        foreign, absent = (
            browser.get(NEW, {"rounds": [*(r.pk for r in others), pk]}) for pk in (theirs.pk, uuid.uuid4())
        )
        assert foreign.status_code == absent.status_code == 404
        assert scrubbed(foreign) == scrubbed(absent)
    assert browser.post(NEW, {"rounds": [theirs.pk], "types": ["csv"]}).status_code == 404
    assert browser.get(NEW, {"rounds": ["nonsense"]}).status_code == 404


def test_an_export_is_its_owners_alone(two, ask, queue, northfield):  # noqa: F811
    address = ask(two, "csv")["Location"]
    run(queue)
    dana = User.objects.create_user("dana@hart.example")
    Membership.objects.create(organisation=northfield, user=dana, role="lead")
    other = signed_in(dana)
    for path in (address, f"{address}reports.zip"):
        assert other.get(path).status_code == 404
    for path in ("again", "remove"):
        assert other.post(address + path).status_code == 404
    assert "No exports" in other.get("/exports/").content.decode()


def test_an_engagement_that_ends_closes_the_archive(northfield, two, ask, queue):  # noqa: F811
    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart")
    hart.consultants.add(dana)
    engaged = Engagement.objects.create(consultancy=hart, organisation=northfield)
    browser = signed_in(dana)
    address = ask(two, "csv", browser=browser)["Location"]
    run(queue)
    assert browser.get(f"{address}reports.zip").status_code == 200
    engaged.delete()
    assert browser.get(f"{address}reports.zip").status_code == browser.get(address).status_code == 404


def test_failures_are_named_by_client(browser, two, ask):
    address = ask(two, "csv")["Location"]
    ExportFile.objects.filter(assessment=two[1]).update(state="failed", failure_type="slow")
    text = browser.get(address).content.decode()
    assert "1 file could not be created" in text
    assert "Northfield, Q2" in text
    assert "took too long" in text


def test_a_client_that_is_no_longer_served_is_not_named(browser, two, theirs, ask, lakeside, alice):
    member = Membership.objects.create(organisation=lakeside, user=alice, role="lead")
    address = ask([two[0], theirs], "csv")["Location"]
    member.delete()
    ExportFile.objects.filter(assessment=theirs).update(state="failed", failure_type="closed")
    text = browser.get(address).content.decode()
    assert "you no longer manage" in text
    assert "Lakeside" not in text


def test_what_has_stopped_can_be_gone_on_with(browser, two, ask, queue):  # noqa: F811
    address = ask(two, "csv")["Location"]
    queue.clear()
    browser.post(f"{address}again")
    assert queue == []
    Export.objects.update(moved_at=timezone.now() - timedelta(minutes=2))
    assert "There has been no progress" in browser.get(address).content.decode()
    browser.post(f"{address}again")
    assert len(queue) == 2


def test_five_at_once_are_enough(two, ask, browser):
    for types in (["csv"], ["xlsx"], ["json"], ["pdf"], ["docx"], ["csv", "json"]):
        response = ask(two, *types)
    assert response["Location"] == "/exports/"
    assert Export.objects.count() == 5


def test_whoever_presses_twice_gets_one_export(two, ask):
    first = ask(two, "csv")["Location"]
    assert ask(two, "csv")["Location"] == first
    assert ask(two[:1], "csv")["Location"] != first
    Export.objects.update(state=Export.State.READY)
    assert ask(two, "csv")["Location"] != first, "what is made already may be asked for anew"


def test_the_list_costs_the_same_for_one_and_for_many(browser, two, ask, django_assert_max_num_queries):
    for kind in ("csv", "xlsx", "json", "pdf", "docx"):
        ask(two, kind)
    with django_assert_max_num_queries(7):
        assert browser.get("/exports/").content.count(b"2 files,") == 5

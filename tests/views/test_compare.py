"""Assessments side by side: whose, how many, and what an outsider learns."""

import re
import uuid

import pytest

from assessments import access
from assessments.actions import organisations
from assessments.models import Consultancy, Engagement, User
from tests.results.test_changes import played
from tests.security.test_walk import scrubbed
from tests.views.test_portfolio import signed_in

ADDRESSES = ("/compare/", "/compare.pdf", "/compare.xlsx")


@pytest.fixture
def browser(alice):
    return signed_in(alice)


@pytest.fixture
def two(northfield, version, alice):
    return [played(northfield, version, alice, name, [level]) for name, level in (("Q1", 2), ("Q2", 3))]


@pytest.fixture
def theirs(lakeside, version, charlie):
    return played(lakeside, version, charlie, "Q1", [5])


def ask(browser, assessments, address="/compare/"):
    return browser.get(address, {"rounds": [getattr(entry, "pk", entry) for entry in assessments]})


def test_two_assessments_of_a_client_are_a_change(browser, two):
    response = ask(browser, two)
    page = response.context["page"]
    assert page.kind == "change"
    assert page.title == "Every pillar rose from Q1 to Q2"
    assert page.total.cells[0].delta == "+1.0"
    assert "56 of 56 questions" in response.content.decode()


def test_the_order_in_the_address_does_not_turn_a_rise_into_a_fall(browser, two):
    assert ask(browser, reversed(two)).context["page"].total.cells[0].delta == "+1.0"


def test_clients_are_a_difference_and_the_first_is_compared_against(browser, two, version, alice):
    other = played(organisations.create(name="Other", by=alice), version, alice, "Q1", [2])
    page = ask(browser, [two[1], other]).context["page"]
    assert (page.kind, page.total.cells[0].delta) == ("difference", "−1.0")
    turned = ask(browser, [other, two[1]])
    assert turned.context["page"].total.cells[0].delta == "+1.0"
    assert f"?rounds={two[1].pk}&amp;rounds={other.pk}" in turned.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_foreign_assessment_is_as_absent_as_one_that_does_not_exist(browser, two, theirs, address):
    for others in ([], two[:1], two):
        foreign, absent = (ask(browser, [*others, pk], address) for pk in (theirs.pk, uuid.uuid4()))
        assert foreign.status_code == absent.status_code == 404
        assert scrubbed(foreign) == scrubbed(absent)
        assert b"Lakeside" not in foreign.content
    assert ask(browser, [*two, "nonsense"], address).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_took_part_does_not_compare(two, bob, address):
    for taken in two:
        taken.participants.filter(pseudonym="p-0").update(user=bob)
        assert access.require_assessment(bob, taken.pk).assessment == taken
    assert ask(signed_in(bob), two, address).status_code == 404


def test_an_engagement_opens_the_comparison(two, northfield):
    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart")
    hart.consultants.add(dana)
    assert ask(signed_in(dana), two).status_code == 404
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    assert ask(signed_in(dana), two).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_cannot_be_compared_says_why(browser, two, northfield, version, alice, address):
    from assessments.actions import assessments

    open_one = assessments.start(organisation=northfield, bank_version=version, name="Q3", by=alice)
    other = played(organisations.create(name="Other", by=alice), version, alice, "Q1", [2])
    cases = {
        "Choose two to four assessments": [[], two[:1], two[:1] * 2],
        "Q3: no result yet": [[two[0], open_one]],
        "one assessment each of several organisations": [[*two, other]],
    }
    for words, selections in cases.items():
        for chosen in selections:
            response = ask(browser, chosen, address)
            assert response.status_code == 400
            assert words in response.content.decode()


def test_one_assessment_leads_to_those_it_can_be_compared_with(browser, two):
    first, second = two
    page = ask(browser, [second]).content.decode()
    assert f"?rounds={first.pk}&amp;rounds={second.pk}" in page
    back = browser.get(re.search(r'href="(/portfolio/\?chosen=[^"]+)"', page)[1])
    assert back.context["ticked"].here == {second.pk}


def test_five_assessments_are_too_many(browser, northfield, version, alice):
    five = [played(northfield, version, alice, f"Q{n}", [2], people=1) for n in range(5)]
    assert ask(browser, five).status_code == 400
    assert ask(browser, five[:4]).status_code == 200


def test_files_are_named_after_what_they_compare(browser, two):
    pdf, xlsx = ask(browser, two, "/compare.pdf"), ask(browser, two, "/compare.xlsx")
    assert pdf["Content-Disposition"] == 'attachment; filename="compare-northfield-q1-q2.pdf"'
    assert pdf.content.startswith(b"%PDF")
    assert xlsx["Content-Disposition"] == 'attachment; filename="compare-northfield-q1-q2.xlsx"'
    assert xlsx.content.startswith(b"PK")


def test_a_busy_press_asks_to_come_back(browser, two, monkeypatch):
    from assessments.reports.pdf import compare, worker

    def busy(*_args, **_kwargs):
        raise worker.PdfBusyError("Another report is being made.")

    monkeypatch.setattr(compare, "comparison_pdf", busy)
    response = ask(browser, two, "/compare.pdf")
    assert (response.status_code, response["Retry-After"]) == (503, "2")
    assert "Another report is being made." in response.content.decode()

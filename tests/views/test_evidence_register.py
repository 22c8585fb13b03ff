"""The register of an organisation's evidence: who opens it, what it may say of confidential answers, and its cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import evidence_register
from assessments.models import Assessment, AuditEvent, Citation, Evidence, Participant, Result, Submission
from assessments.pages import evidence as pages
from assessments.results import cited_at, pieces_cited_in_question, unsupported_levels
from tests.actions.test_evidence import files, question, stored, upload
from tests.mailbox import browser_of
from tests.results.test_changes import played
from tests.uploads.files import HTML, PDF
from tests.views.test_evidence import send

__all__ = ["question", "stored"]


@pytest.fixture
def minutes(northfield, alice):
    return evidence_register.add(upload=upload(), organisation=northfield, by=alice)


def address(organisation):
    return reverse("evidence_register", args=[organisation.pk])


def cite(row, assessment, question, people=1):
    for submission in Submission.objects.filter(participant__assessment=assessment)[:people]:
        Citation.objects.create(evidence=row, submission=submission, question=question)


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("bob", 404), ("charlie", 404)])
def test_it_is_open_to_who_manages_the_organisation(who, status, northfield, minutes, request):
    browser = browser_of(request.getfixturevalue(who))
    for name, pk in (
        ("evidence_register", northfield.pk),
        ("evidence_csv", northfield.pk),
        ("evidence_piece", minutes.pk),
    ):
        assert browser.get(reverse(name, args=[pk])).status_code == status, name


def test_a_file_is_added_changed_and_deleted(northfield, alice, stored, django_capture_on_commit_callbacks):
    browser = browser_of(alice)
    assert send(browser, address(northfield), PDF, "Board.pdf").status_code == 302
    row = Evidence.objects.get()
    assert (row.title, row.name, row.owner, row.in_register) == ("Board", "Board.pdf", None, True)
    there = reverse("evidence_piece", args=[row.pk])
    assert (
        browser.post(there, {"title": "Minutes", "as_of": "2026-05-04", "valid_until": "2026-05-01"}).status_code == 400
    )
    browser.post(there, {"title": "Minutes", "as_of": "2026-05-04", "valid_until": "2020-01-01"})
    browser.post(there, {"title": "Minutes", "as_of": "2019-05-04", "valid_until": "2020-01-01"})
    page = browser.get(address(northfield)).content.decode()
    assert "Minutes" in page and "Expired" in page and "4 May 2019" in page
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(there, {"remove": "1"})
    assert files(stored) == [] and not Evidence.objects.exists()
    assert [event.verb for event in AuditEvent.objects.filter(object_type="evidence").order_by("pk")] == [
        "evidence added", "evidence changed", "evidence removed",
    ]  # fmt: skip


def test_a_refused_file_says_why(northfield, alice):
    page = send(browser_of(alice), address(northfield), HTML)
    assert page.status_code == 400 and "This type of file is not accepted" in page.content.decode()


@pytest.fixture
def three(northfield, version, alice):
    return played(northfield, version, alice, "Q1", [2, 3, 4], people=3)


def places(northfield, row):
    return [tuple(each) for each in cited_at(northfield, [row]).get(row.pk, ())]


def test_it_says_where_but_neither_who_nor_how_many(northfield, three, minutes, question, alice):
    cite(minutes, three, question, people=2)
    assert places(northfield, minutes) == [("Q1", question.short or question.text)]
    page = browser_of(alice).get(address(northfield)).content.decode()
    assert page.count(f'<span dir="auto">{question.short or question.text}</span>') == 1


@pytest.mark.parametrize("how", ["open", "two people", "a later result", "a difference"])
def test_it_says_nothing_of_confidential_answers_that_would_tell_whose_they_are(
    northfield, three, minutes, question, how
):
    cite(minutes, three, question)
    result = Result.objects.get()
    if how == "open":
        Assessment.objects.update(state="open")
    elif how == "two people":
        Result.objects.update(counted=dict(list(result.counted.items())[:2]))
    elif how == "a later result":
        Result.objects.update(revision=2)
    else:
        Result.objects.update(differing=list(result.counted)[:1])
    assert places(northfield, minutes) == []


def test_of_named_answers_it_tells_once_they_are_closed(northfield, three, minutes, question):
    Assessment.objects.update(confidentiality="named")
    Result.objects.update(counted={})
    cite(minutes, three, question)
    assert len(places(northfield, minutes)) == 1
    Assessment.objects.update(state="open")
    assert places(northfield, minutes) == []


def test_a_draft_cites_nothing(northfield, three, minutes, question):
    cite(minutes, three, question)
    Submission.objects.update(state="draft")
    assert places(northfield, minutes) == []


def test_levels_without_evidence_are_listed(northfield, version, alice):
    played(northfield, version, alice, "Q1", [4, 4, 4, 4, 4], people=5)
    name, lacking = unsupported_levels(northfield)
    assert name == "Q1" and lacking
    assert all(each.questions for each in lacking)
    page = browser_of(alice).get(address(northfield)).content.decode()
    assert "Missing for" in page and lacking[0].pillar in page


def test_the_file_has_a_line_for_each_place(northfield, three, minutes, question, alice):
    Evidence.objects.update(title="=cmd()")
    cite(minutes, three, question)
    content = browser_of(alice).get(reverse("evidence_csv", args=[northfield.pk])).content.decode()
    assert content.count("'=cmd()") == 1 and "Q1" in content
    assert AuditEvent.objects.filter(verb="taken away as evidence csv").count() == 1


def test_two_thousand_pieces_take_as_many_queries_as_one(northfield, three, minutes, question, alice):
    cite(minutes, three, question)

    def queries():
        browser = browser_of(alice)
        browser.get(address(northfield))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert browser.get(address(northfield)).status_code == 200
        return len(captured)

    few = queries()
    columns = {"organisation": northfield, "kind": "pdf", "size": 1, "in_register": True, "name": "x.pdf"}
    Evidence.objects.bulk_create(Evidence(title=f"A {n}", file=f"a/{n}", **columns) for n in range(2000))
    cite(Evidence.objects.get(title="A 1"), three, question)
    assert queries() == few <= 10


def test_one_piece_is_found_by_its_reference(northfield, minutes, alice):
    assert list(pages.pieces_of(northfield, minutes.reference)) == [minutes]
    page = browser_of(alice).get(address(northfield) + "?piece=e-0").content.decode()
    assert "not in the register" in page


@pytest.mark.parametrize(("who", "listed"), [("alice", 1), ("bob", 0)])
def test_the_page_of_a_question_lists_it_for_who_manages_the_register(
    who, listed, northfield, three, minutes, question, request
):
    cite(minutes, three, question, people=2)
    Participant.objects.filter(pseudonym="p-0").update(user=request.getfixturevalue("bob"))
    Assessment.objects.update(state="released", released_at="2026-01-01T00:00Z")
    page = browser_of(request.getfixturevalue(who)).get(reverse("question", args=[three.pk, question.key]))
    assert page.status_code == 200
    assert page.content.decode().count(reverse("evidence_file", args=[minutes.pk])) == listed


@pytest.mark.parametrize("how", ["two people", "a later result", "a difference", "another question", "a draft"])
def test_the_page_of_a_question_says_no_more_than_the_register(three, minutes, question, how):
    cite(minutes, three, question)
    assert list(pieces_cited_in_question(three, question.key)) == [minutes]
    if how == "two people":
        Result.objects.update(counted=dict(list(Result.objects.get().counted.items())[:2]))
    elif how == "a later result":
        Result.objects.update(revision=2)
    elif how == "a difference":
        Result.objects.update(differing=list(Result.objects.get().counted)[:1])
    elif how == "a draft":
        Submission.objects.update(state="draft")
    key = "vision-funding" if how == "another question" else question.key
    assert list(pieces_cited_in_question(three, key)) == []

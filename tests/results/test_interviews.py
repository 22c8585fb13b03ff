"""What the report says of interviews."""

import json
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from assessments import results
from assessments.actions import answering, assessments, interviews
from assessments.models import Answer, Assessment, Consultancy, Engagement, Submission, User
from assessments.reports.document import document
from assessments.reports.report import report_of


@pytest.mark.parametrize(
    ("confirmed", "printed"),
    [
        (False, "1 recorded in an interview by a lead, 1 not confirmed"),
        (True, "1 recorded in an interview by a lead, confirmed"),
    ],
)
def test_the_report_says_what_was_recorded_and_not_confirmed(assessment, alice, bob, confirmed, printed):
    recorded = interviews.begin(participant=assessment.participants.get(user=bob), by=alice)
    answering.submit(submission=recorded, by=alice)
    recorded.refresh_from_db()
    recorded.confirmed_at = timezone.now() if confirmed else None
    recorded.save()
    assessments.close(assessment=assessment, by=alice)
    shown = results.assessment_result(assessment, reader=alice, may_read_comments=False)
    assert dict(document(report_of(shown)).cover.facts).get("Interviews") == printed


def test_without_an_interview_nothing_is_said(assessment, alice):
    assert results.interviews_of(assessment) == (0, 0, ())


@pytest.fixture
def told(assessment, alice, bob):
    """Bob's answers, recorded by dana of a consultancy that serves Northfield, and his own name for nobody."""
    dana = User.objects.create_user("dana@hart.example", name="Dana")
    hart = Consultancy.objects.create(name="Hart Advisory")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=assessment.organisation)
    recorded = interviews.begin(participant=assessment.participants.get(user=bob), by=dana)
    Answer.objects.create(
        submission=recorded, question=assessment.bank_version.pillars.first().questions.first(), level=3
    )
    answering.submit(submission=recorded, by=dana)
    return assessment


SAID = "1 recorded in an interview by a consultant, 1 not confirmed"


def closed(assessment, alice, client):
    assessments.close(assessment=assessment, by=alice)
    client.force_login(alice)
    return f"/assessments/{assessment.pk}/result/"


def test_page_and_files_say_the_same_and_name_nobody(told, alice, client):
    page = closed(told, alice, client)
    for address in (page, f"{page}report.csv", f"{page}report.json"):
        text = client.get(address).content.decode()
        assert SAID in text, address
        assert "Dana" not in text
    sheet = load_workbook(BytesIO(client.get(f"{page}report.xlsx").content))["About"]
    assert ("Interviews", SAID) in [row[:2] for row in sheet.iter_rows(values_only=True)]


def test_a_confirmation_after_the_assessment_changes_the_page(told, alice, client):
    page = closed(told, alice, client)
    client.get(page)
    Submission.objects.update(confirmed_at=timezone.now())
    assert "by a consultant, confirmed" in client.get(page).content.decode()


def test_a_named_assessment_says_who_recorded_whom(told, alice, client):
    Assessment.objects.update(confidentiality="named")
    told.refresh_from_db()
    page = closed(told, alice, client)
    rows = json.loads(client.get(f"{page}report.json").content)["tables"]["answers"]
    assert {(row["mode"], row["recorded_by"], row["confirmed"]) for row in rows} == {
        ("Interview", "Dana", "not confirmed")
    }

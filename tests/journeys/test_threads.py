"""A lead and one of those who answered, each at a phone: question, reply, close, and what leaves as a file or in print."""

import re
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from assessments.actions import assessments
from assessments.models import Answer, Assessment, Question, Submission, Thread, ThreadEntry
from tests.journeys.conftest import PHONE, person
from tests.journeys.looks import faults
from tests.journeys.respondent import Respondent

KEY, A_DAY = "vision-direction", timedelta(days=1)


def night():
    """Midnight passes for everybody."""
    Thread.objects.update(asked_on=F("asked_on") - A_DAY, opens_on=F("opens_on") - A_DAY)
    ThreadEntry.objects.update(day=F("day") - A_DAY)


def people_who_answered(cast):
    """Six people; two of them answered 4."""
    people = [person(f"p{number}-{cast.alice.pk}@northfield.example") for number in range(6)]
    question = Question.objects.get(pillar__version=cast.version, key=KEY)
    for number, user in enumerate(people):
        part = assessments.add_participant(assessment=cast.assessment, user=user, function="other", by=cast.alice)
        sent = Submission.objects.create(participant=part, state="submitted", submitted_at=timezone.now())
        Answer.objects.create(submission=sent, question=question, level=4 if number < 2 else 2)
    assessments.close(assessment=cast.assessment, by=cast.alice)
    return people


def test_question_reply_close_file_and_report_on_two_phones(cast, tab, site):
    people = people_who_answered(cast)
    assessment = Assessment.objects.get(pk=cast.assessment.pk)
    lead, phone = (Respondent(tab(size=PHONE), site.url, assessment) for _ in range(2))
    lead.sign_in(cast.alice)
    phone.sign_in(people[0])
    lead.page.goto(lead.address(f"questions/{KEY}/"))
    assert faults(lead.page) == []
    lead.page.get_by_role("link", name="Ask about an answer").click()
    lead.page.get_by_role("button", name="Ask").click()  # nothing is chosen
    lead.page.get_by_label(re.compile("level.4")).check()
    lead.page.get_by_label("Your question").fill("Which board minute?")
    assert faults(lead.page) == []
    lead.page.get_by_role("button", name="Ask").click()
    expect(lead.page.get_by_role("link", name="Which board minute?")).to_be_visible()
    night()
    phone.page.goto("/home/")
    phone.page.get_by_role("link", name="Read the question").click()
    assert faults(phone.page) == []
    phone.page.get_by_role("link", name="Which board minute?").click()
    phone.page.get_by_label("Your reply").fill("That of 7 May")
    phone.page.get_by_role("button", name="Reply").click()
    expect(phone.page.get_by_text("visible to the others from tomorrow")).to_be_visible()
    assert faults(phone.page) == []
    lead.page.get_by_role("link", name="Which board minute?").click()
    expect(lead.page.get_by_text("That of 7 May")).to_have_count(0)
    night()
    lead.page.reload()
    expect(lead.page.get_by_text("That of 7 May")).to_be_visible()
    expect(lead.page.get_by_text("P0-")).to_have_count(0)
    lead.page.get_by_role("button", name="Close thread").click()
    expect(lead.page.get_by_text("Closes at the end of the day")).to_be_visible()
    assert faults(lead.page) == []
    with lead.page.expect_download() as file:
        lead.page.get_by_role("link", name="Download as CSV").click()
    assert "That of 7 May" in file.value.path().read_text()
    lead.page.goto(lead.address("result/"))
    lead.page.get_by_text("Other formats").click()
    with lead.page.expect_download() as report:
        lead.page.get_by_role("link", name="PDF with questions and replies").click()
    words = " ".join(page.extract_text() for page in PdfReader(report.value.path()).pages)
    assert "Which board minute?" in words
    assert "That of 7 May" in words

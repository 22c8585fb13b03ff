"""Documents from their rows to a frozen result: valid on the day of closing where the organisation is, and then for ever."""

import datetime
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import results
from assessments.actions import answering, assessments, evidence_register
from assessments.formats.answers import load_answers
from assessments.models import Answer, Citation, Organisation, Participant, Question, Result, Submission
from assessments.reports.report import report_of
from assessments.reports.sections.evidence import evidence_section
from assessments.results.bank import bank_of
from tests.actions.test_evidence import stored, upload
from tests.mailbox import browser_of

__all__ = ["stored"]

TODAY = datetime.date(2026, 6, 30)
KEY = "vision-direction"


@pytest.fixture
def begun(northfield, version, alice):
    """Five people who answered everything with 3; whoever cites, cites one document for every question of the vision."""
    Organisation.objects.update(time_zone="Pacific/Auckland")
    assessment = assessments.start(
        organisation=Organisation.objects.get(pk=northfield.pk), bank_version=version, name="Q1", by=alice
    )
    for number in range(5):
        part = Participant.objects.create(assessment=assessment, name=f"P{number}", pseudonym=f"p-{number}")
        submission = Submission.objects.create(participant=part)
        Answer.objects.bulk_create(
            Answer(submission=submission, question=question, level=3)
            for question in Question.objects.filter(pillar__version=version)
        )
        answering.submit(submission=submission, by=alice)
    return assessment


def cite(assessment, row, people=5):
    for submission in Submission.objects.filter(participant__assessment=assessment)[:people]:
        for question in Question.objects.filter(pillar__version=assessment.bank_version, pillar__key="vision"):
            Citation.objects.create(evidence=row, submission=submission, question=question)


def closed_at(moment, assessment, alice, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return assessments.close(assessment=assessment, by=alice)


def grades(frozen, version):
    answers = load_answers(frozen.answers, bank_of(version))
    return {person.evidence[KEY].grade for person in answers.respondents if KEY in person.evidence}


@pytest.mark.parametrize(("hours", "grade"), [(0, 2), (23.9, 2), (24.1, 1)])
def test_it_expires_at_midnight_where_the_organisation_is(begun, northfield, version, alice, monkeypatch, hours, grade):
    row = evidence_register.add(upload=upload(valid_until=TODAY), organisation=northfield, by=alice)
    cite(begun, row)
    Answer.objects.update(evidence_grade=2)
    begin = datetime.datetime(2026, 6, 30, tzinfo=zoneinfo.ZoneInfo("Pacific/Auckland"))
    frozen = closed_at(begin + datetime.timedelta(hours=hours), begun, alice, monkeypatch)
    assert grades(frozen, version) == {grade}


def test_what_is_cited_is_frozen_with_the_result_and_nothing_later_changes_it(begun, northfield, version, alice):
    row = evidence_register.add(upload=upload(as_of=datetime.date(2020, 1, 1)), organisation=northfield, by=alice)
    cite(begun, row)
    frozen = assessments.close(assessment=begun, by=alice)
    before = frozen.answers, frozen.checksum
    found = results.assessment_result(begun, reader=alice, may_read_comments=True)
    (vision,) = found.backing
    assert (vision.level, vision.documents, vision.old, vision.without_old.level) == (3, 1, 1, 1)
    assert vision.dearest.documents == {row.reference}
    section = evidence_section(report_of(found))
    assert "rests on documents older than a year" in section.title
    evidence_register.remove(evidence=row, by=alice)
    frozen.refresh_from_db()
    assert (frozen.answers, frozen.checksum) == before
    assert results.assessment_result(begun, reader=alice, may_read_comments=True).backing == found.backing


def test_of_four_people_and_of_changed_people_nothing_is_told(begun, northfield, alice):
    row = evidence_register.add(upload=upload(), organisation=northfield, by=alice)
    cite(begun, row, people=4)
    assessments.close(assessment=begun, by=alice)
    (vision,) = results.assessment_result(begun, reader=alice, may_read_comments=True).backing
    assert (vision.documents, vision.dearest, vision.lift) == (None, None, None)
    Result.objects.update(differing=["p-1"])
    assert results.assessment_result(begun, reader=alice, may_read_comments=True).backing == ()


def test_without_documents_the_frozen_answers_keep_their_bytes(begun, alice):
    frozen = assessments.close(assessment=begun, by=alice)
    assert "documents" not in frozen.answers and '"date"' not in frozen.answers


def test_the_page_says_it_and_leads_managers_to_the_document(begun, northfield, alice):
    row = evidence_register.add(upload=upload(as_of=datetime.date(2020, 1, 1)), organisation=northfield, by=alice)
    cite(begun, row)
    assessments.close(assessment=begun, by=alice)
    page = browser_of(alice).get(reverse("result_part", args=[begun.pk, "figures"])).content.decode()
    assert "rests on documents older than a year" in page and "without them it is 1" in page
    assert f"?piece={row.reference}" in page and row.title not in page

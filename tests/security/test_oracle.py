"""A checksum that readers see must not tell which of a few candidates for the hidden answers is the right one."""

import hashlib
import io
import zipfile
from dataclasses import asdict, replace

import pytest
from cryptography.fernet import Fernet

from assessments import results
from assessments.formats.answers import dump_answers
from assessments.formats.result import dump_result
from assessments.handover.archive import write_handover
from assessments.handover.write import closed_assessments, document_of
from assessments.models import Assessment, Commentary, Question, Result
from assessments.reports.files import file_of
from assessments.reports.pdf.manifest import _checksum, manifest
from assessments.reports.pdf.report import report_html
from assessments.reports.report import report_of
from assessments.scoring.result import score
from tests.results.test_changes import played


@pytest.fixture
def closed(northfield, version, alice):
    """Confidential, three people, after another one."""
    played(northfield, version, alice, "Q1", [2, 3, 5])
    return Assessment.objects.get(pk=played(northfield, version, alice, "Q2", [2, 4, 3]).pk)


def shown_to_lead(closed):
    found = results.assessment_result(closed, reader=None, may_read_comments=True)
    return results.with_previous_round(found, lambda before: True)


def published(closed, client, lead):
    """Whatever a lead reads of the assessment, as one text."""
    shown = shown_to_lead(closed)
    yield from (file_of(shown, form, wait=0).decode() for form in ("csv", "json"))
    for form in ("xlsx", "docx", "pptx"):
        archive = zipfile.ZipFile(io.BytesIO(file_of(shown, form, wait=0)))
        yield from (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    report = report_of(shown)
    yield report_html(report, manifest(report, engine="x", look="y"))
    client.force_login(lead)
    for page in ("result/", "roadmap/", "commentary/", "what-if/"):
        response = client.get(f"/assessments/{closed.pk}/{page}", follow=True)
        assert response.status_code == 200, page
        yield f"{response.headers} {response.text}"


def candidates(closed):
    """Every text of result and answers in which one answer of one person is another one; the true one among them."""
    shown = shown_to_lead(closed)
    first, *others = shown.answers.respondents
    for level in range(1, 6):
        guess = replace(first, answers={**first.answers, "vision-direction": level})
        answers = replace(shown.answers, respondents=(guess, *others))
        yield dump_result(score(shown.bank, answers)), dump_answers(answers)


def test_no_candidate_can_be_tried_on_what_a_lead_reads(closed, client, alice):
    row, texts = Result.objects.current().get(assessment=closed), list(candidates(closed))
    assert (row.result, row.answers) in texts
    told = " ".join(published(closed, client, alice))
    assert row.checksum in told
    assert row.salt not in told
    for result, answers in texts:
        for text in (f"{result}\n{answers}", answers, result):
            assert hashlib.sha256(text.encode()).hexdigest()[:32] not in told


def test_the_checksum_of_a_report_cannot_be_tried_either(closed):
    """It covers figures of both assessments that the report does not show."""
    report = report_of(shown_to_lead(closed))
    made_from = manifest(report, engine="x", look="y")
    known = {name: value for name, value in asdict(made_from).items() if name != "salt"}
    assert made_from.checksum not in (_checksum(known), _checksum({**known, "salt": ""}))
    assert made_from.checksum != manifest(replace(report, salt="0" * 32), engine="x", look="y").checksum


def test_the_same_answers_have_another_checksum_each_time(northfield, version, alice):
    made = {
        Result.objects.get(assessment=played(northfield, version, alice, "Q1", [2])).checksum.encode() for _ in range(3)
    }
    assert len(made) == 3


def test_a_sealed_hand_over_is_as_long_whatever_was_answered(northfield, version, alice):
    """And whatever its asker writes beside: nobody finds out to the byte how long the answers are."""

    def size(keys=None, words=""):
        made = played(northfield, version, alice, "Q1", [2, 3, 5], keys=keys)
        Commentary.objects.create(assessment=made, text=words)
        assessments = closed_assessments(northfield)
        document, _others = document_of(northfield, assessments)
        file = io.BytesIO()
        write_handover(file, document, {}, key=Fernet.generate_key().decode())
        length = zipfile.ZipFile(file).getinfo("handover.json.sealed").file_size
        Assessment.objects.all().delete()
        return length

    most = list(Question.objects.filter(pillar__version=version).values_list("key", flat=True))[:-1]
    assert size() == size(keys=most)
    assert {size(words="x" * n) - size(keys=most, words="x" * n) for n in (0, 100, 1000)} == {0}

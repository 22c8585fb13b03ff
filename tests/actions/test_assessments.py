"""Opening, closing and releasing an assessment, and what is frozen when it closes."""

import pytest

from assessments import results
from assessments.actions import answering, assessments
from assessments.actions.answering import Given
from assessments.models import AuditEvent, BankVersion, Participant, Question, QuestionBank
from tests.conftest import submission_of


def answer_all(assessment, user, level):
    submission = submission_of(assessment, user)
    for question in Question.objects.filter(pillar__version=assessment.bank_version):
        answering.save_answer(
            submission=submission, question=question, given=Given(choice=str(level)), revision=0, by=user
        )
    answering.submit(submission=submission, by=user)


def test_an_assessment_starts_open_with_its_lead_taking_part(assessment, alice):
    assert assessment.is_open
    assert assessment.participants.filter(user=alice, function="ceo").exists()


def test_an_assessment_needs_a_published_version(northfield, alice):
    draft = BankVersion.objects.create(bank=QuestionBank.objects.create(key="d"), version="1.0.0", title="D")
    with pytest.raises(assessments.WrongStateError):
        assessments.start(organisation=northfield, bank_version=draft, name="Q1", by=alice)


def test_a_person_keeps_their_pseudonym_from_assessment_to_assessment(assessment, northfield, version, alice, bob):
    later = assessments.start(organisation=northfield, bank_version=version, name="Later", by=alice)
    again = assessments.add_participant(assessment=later, user=bob, function="legal", by=alice)
    assert again.pseudonym == Participant.objects.get(assessment=assessment, user=bob).pseudonym


def test_closing_freezes_the_result(assessment, alice, bob):
    answer_all(assessment, alice, 3)
    answer_all(assessment, bob, 4)
    frozen = assessments.close(assessment=assessment, by=alice)
    assert (frozen.revision, frozen.index, frozen.level, frozen.engine) == (1, 3.5, 3, "2.0.0")
    assert [pillar.score for pillar in frozen.pillars.all()] == [3.5] * 8
    assert frozen.checksum.startswith("sha256:")


def test_only_submitted_answers_count(assessment, alice, bob):
    answer_all(assessment, alice, 3)
    submission = submission_of(assessment, bob)
    question = Question.objects.get(pillar__version=assessment.bank_version, key="vision-direction")
    answering.save_answer(submission=submission, question=question, given=Given(choice="5"), revision=0, by=bob)
    assessments.close(assessment=assessment, by=alice)
    shown = results.assessment_result(assessment, reader=alice, may_read_comments=True)
    assert (shown.result.answered, shown.result.invited, shown.result.pillars[0].score) == (1, 2, 3.0)


def test_an_assessment_closes_once(assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    with pytest.raises(assessments.WrongStateError):
        assessments.close(assessment=assessment, by=alice)
    assert assessment.results.count() == 1
    assert AuditEvent.objects.filter(verb="closed").count() == 1


def test_only_a_closed_assessment_is_released(assessment, alice):
    with pytest.raises(assessments.WrongStateError):
        assessments.release(assessment=assessment, by=alice)


def test_closing_costs_the_same_for_one_and_for_many_answers(assessment, alice, bob, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            results.score_assessment(assessment, assessment_submissions())
        return len(captured)

    def assessment_submissions():
        from assessments.models import Submission

        return Submission.objects.submitted().filter(participant__assessment=assessment)

    answer_all(assessment, alice, 3)
    results.bank_of(assessment.bank_version)
    one = queries()
    answer_all(assessment, bob, 4)
    assert queries() == one <= 9


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_only_what_was_submitted_in_an_open_assessment_is_reopened(assessment, alice, submission, bob, emails, state):
    if state == "closed":
        answering.submit(submission=submission, by=bob)
        assessments.close(assessment=assessment, by=alice)
        emails.clear()  # the receipt
    with pytest.raises(assessments.WrongStateError):
        assessments.reopen(submission=submission, reason="Why", by=alice, base_url="http://testserver/")
    assert emails == []

"""Saving and submitting answers."""

import pytest

from assessments.actions import answering, assessments
from assessments.actions.answering import AnsweringClosedError, Given, StaleAnswerError
from assessments.models import Answer, Assessment, AuditEvent, Question


@pytest.fixture
def question(version):
    return Question.objects.get(pillar__version=version, key="vision-direction")


@pytest.fixture
def save(submission, question, bob):
    def save(revision=0, **given):
        return answering.save_answer(
            submission=submission, question=question, given=Given(**given), revision=revision, by=bob
        )

    return save


def test_first_answer_gets_revision_one(save, bob):
    answer = save(choice="3", comment="As of May")
    assert (answer.level, answer.other, answer.comment, answer.revision, answer.answered_by) == (
        3,
        "",
        "As of May",
        1,
        bob,
    )


def test_each_change_counts_one_revision(save):
    save(choice="3")
    assert save(revision=1, choice="4").revision == 2
    assert Answer.objects.get().level == 4


def test_saving_the_same_twice_changes_nothing(save):
    first = save(choice="3")
    again = save(choice="3")
    assert (again.revision, again.saved_at) == (1, first.saved_at)


def test_a_stale_save_is_refused_and_names_what_stands(save):
    save(choice="3")
    save(revision=1, choice="4")
    with pytest.raises(StaleAnswerError) as stale:
        save(revision=1, choice="5")
    assert stale.value.current.level == 4
    assert Answer.objects.get().level == 4


def test_an_answer_can_be_cleared(save):
    save(choice="3")
    assert save(revision=1).choice == ""


def test_nothing_entered_leaves_no_row(save):
    save()
    assert not Answer.objects.exists()


def test_a_reason_is_kept_only_where_something_does_not_apply(save):
    assert save(choice="not_applicable", reason="No budget of its own").reason == "No budget of its own"
    assert save(revision=1, choice="2", reason="No budget of its own").reason == ""


def test_submitted_answers_are_locked(save, submission, bob):
    save(choice="3")
    answering.submit(submission=submission, by=bob)
    with pytest.raises(AnsweringClosedError):
        save(revision=1, choice="4")
    assert Answer.objects.get().level == 3


def test_answers_of_a_closed_assessment_are_locked(save, assessment, alice):
    save(choice="3")
    assessments.close(assessment=assessment, by=alice)
    with pytest.raises(AnsweringClosedError):
        save(revision=1, choice="4")


def test_submitting_twice_is_once(submission, bob):
    assert answering.submit(submission=submission, by=bob)
    assert not answering.submit(submission=submission, by=bob)
    assert AuditEvent.objects.filter(verb="submitted").count() == 1


def test_a_draft_cannot_be_submitted_to_a_closed_assessment(submission, assessment, alice, bob):
    assessments.close(assessment=assessment, by=alice)
    with pytest.raises(AnsweringClosedError):
        answering.submit(submission=submission, by=bob)


def test_an_assessment_for_one_closes_and_releases_when_submitted(alone, alice):
    from assessments import access

    answering.submit(submission=access.submission_for(alice, alone.pk), by=alice)
    alone.refresh_from_db()
    assert alone.state == Assessment.State.RELEASED
    assert alone.results.count() == 1

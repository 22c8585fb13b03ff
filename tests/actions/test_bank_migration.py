"""An assessment that nobody has begun moves to another version of its bank; one that somebody has answered stays."""

import pytest

from assessments.actions import bank_migration, banks
from assessments.actions.assessments import WrongStateError
from assessments.models import Answer, AuditEvent, Question


@pytest.fixture
def newer(version, alice):
    draft = banks.new_draft(version=version, by=alice)
    draft.pillars.get(key="vision").delete()
    banks.publish(version=draft)
    return draft


def answer(submission):
    question = Question.objects.filter(pillar__version=submission.participant.assessment.bank_version).first()
    Answer.objects.create(submission=submission, question=question, level=3)


def test_an_untouched_assessment_moves_and_loses_targets_of_pillars_that_are_gone(assessment, newer, alice):
    assessment.targets = {"vision": {"target": 4, "reason": ""}, "ethics": {"target": 4, "reason": ""}}
    assessment.save()
    assert bank_migration.move_assessment(assessment=assessment, version=newer, by=alice) == ["vision"]
    assessment.refresh_from_db()
    assert (assessment.bank_version, list(assessment.targets)) == (newer, ["ethics"])
    assert AuditEvent.objects.filter(verb="moved", object_id=str(assessment.pk)).exists()


def test_an_assessment_with_an_answer_stays(assessment, submission, newer, version, alice):
    answer(submission)
    with pytest.raises(WrongStateError):
        bank_migration.move_assessment(assessment=assessment, version=newer, by=alice)
    assessment.refresh_from_db()
    assert assessment.bank_version == version


def test_an_assessment_moves_to_a_published_version_of_its_own_bank_only(assessment, version, alice):
    draft = banks.new_draft(version=version, by=alice)
    foreign = banks.new_draft(version=version, by=alice, key="foreign")
    banks.publish(version=foreign)
    assert bank_migration.destinations(assessment) == []
    for elsewhere in (draft, foreign, version):
        with pytest.raises(WrongStateError):
            bank_migration.move_assessment(assessment=assessment, version=elsewhere, by=alice)


def test_a_closed_assessment_stays(assessment, newer, alice):
    assessment.state = "closed"
    assessment.save()
    with pytest.raises(WrongStateError):
        bank_migration.move_assessment(assessment=assessment, version=newer, by=alice)

"""What a closing assessment remembers of its change since the previous round."""

import datetime

import pytest
from django.utils import timezone

from assessments.actions import answering, assessments
from assessments.models import Assessment, Participant, Question, Result, Submission


def played(organisation, version, by, name, levels, people=3, keys=None):
    """A closed assessment in which everybody chose one level for every question; the same pseudonyms in each assessment."""
    assessment = assessments.start(organisation=organisation, bank_version=version, name=name, by=by)
    questions = Question.objects.filter(pillar__version=version)
    questions = questions if keys is None else questions.filter(key__in=keys)
    for number in range(people):
        participant = Participant.objects.create(assessment=assessment, name=f"P{number}", pseudonym=f"p-{number}")
        submission = Submission.objects.create(participant=participant)
        rows = [(question, levels[number % len(levels)]) for question in questions]
        submission.answers.bulk_create(
            submission.answers.model(submission=submission, question=question, level=level) for question, level in rows
        )
        answering.submit(submission=submission, by=by)
    assessments.close(assessment=assessment, by=by)
    return assessment


def frozen(assessment):
    return Result.objects.current().get(assessment=assessment)


@pytest.fixture
def play(northfield, version, alice):
    return lambda name, levels, **given: played(northfield, version, alice, name, levels, **given)


def test_a_first_round_has_nothing_to_compare_with(play):
    found = frozen(play("Q1", [2]))
    assert (found.compared_with, found.comparability, found.change, found.change_is_real) == (None, None, None, None)


def test_a_real_change_is_kept_with_its_verdict(play):
    first, second = play("Q1", [2]), play("Q2", [3])
    found = frozen(second)
    assert found.compared_with == frozen(first)
    assert (found.comparability, found.change_is_real) == ("comparable", True)
    assert found.change == pytest.approx(1.0)


def test_a_small_change_lies_within_error(play):
    play("Q1", [2, 3, 4])
    found = frozen(play("Q2", [3, 2, 4]))
    assert (found.change, found.change_is_real) == (pytest.approx(0.0), False)


def test_two_people_allow_no_verdict(play):
    play("Q1", [2], people=2)
    found = frozen(play("Q2", [4], people=2))
    assert (found.change, found.change_is_real) == (pytest.approx(2.0), None)


def test_too_little_in_common_leaves_no_figure(play, version):
    keys = list(Question.objects.filter(pillar__version=version).values_list("key", flat=True))
    play("Q1", [2], keys=keys[:28])
    found = frozen(play("Q2", [4], keys=keys[28:]))
    assert (found.comparability, found.change, found.change_is_real) == ("none", None, None)


def test_the_latest_closed_assessment_counts_and_no_open_one(play, northfield, version, alice):
    play("Q1", [1])
    second = play("Q2", [2])
    Assessment.objects.filter(pk=second.pk).update(closed_at=timezone.now() + datetime.timedelta(seconds=1))
    assessments.start(organisation=northfield, bank_version=version, name="Open", by=alice)
    assert frozen(play("Q3", [3])).compared_with == frozen(second)


def test_another_organisation_is_never_compared_with(play, lakeside, version, charlie):
    played(lakeside, version, charlie, "Q1", [1])
    assert frozen(play("Q1", [2])).compared_with is None


def test_a_change_that_would_tell_what_two_people_answered_is_not_kept(play, version):
    keys = list(Question.objects.filter(pillar__version=version).values_list("key", flat=True))
    play("Q1", [2], people=2, keys=keys[1:])
    found = frozen(play("Q2", [4], people=2))
    assert (found.comparability, found.change, found.change_is_real) == ("comparable", None, None)

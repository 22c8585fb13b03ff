"""Who may open which grant."""

import datetime

import pytest
from django.http import Http404
from django.utils import timezone

from assessments import access
from assessments.actions import answering, assessments
from assessments.models import Assessment, Consultancy, Engagement, Membership, User


@pytest.fixture
def consultant(db, northfield):
    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart Advisory")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=northfield)
    return dana


def test_participant_lead_and_consultant_see_the_assessment(assessment, alice, bob, consultant):
    for user in (alice, bob, consultant):
        assert access.require_assessment(user, assessment.pk).assessment == assessment


def test_outsider_sees_nothing(assessment, charlie, lakeside):
    for grant in (
        access.require_assessment,
        access.managed_assessment_for,
        access.submission_for,
        access.require_result,
    ):
        with pytest.raises(Http404):
            grant(charlie, assessment.pk)


def test_staff_is_an_outsider(assessment, db):
    admin = User.objects.create_superuser("admin@demo.example")
    with pytest.raises(Http404):
        access.require_assessment(admin, assessment.pk)


def test_a_member_who_does_not_take_part_sees_nothing(assessment, northfield):
    eve = User.objects.create_user("eve@northfield.example")
    Membership.objects.create(organisation=northfield, user=eve, role="member")
    with pytest.raises(Http404):
        access.require_assessment(eve, assessment.pk)


def test_an_engagement_that_ended_closes_the_door(assessment, consultant):
    Engagement.objects.update(
        since=timezone.localdate() - datetime.timedelta(days=9), until=timezone.localdate() - datetime.timedelta(days=1)
    )
    with pytest.raises(Http404):
        access.require_assessment(consultant, assessment.pk)


def test_an_engagement_that_has_not_begun_opens_nothing(assessment, consultant):
    Engagement.objects.update(since=timezone.localdate() + datetime.timedelta(days=1))
    with pytest.raises(Http404):
        access.require_assessment(consultant, assessment.pk)


def test_a_participant_does_not_run_the_assessment(assessment, bob):
    with pytest.raises(Http404):
        access.managed_assessment_for(bob, assessment.pk)


def test_a_result_is_for_who_runs_the_assessment_until_it_is_released(assessment, alice, bob):
    for user in (alice, bob):
        with pytest.raises(Http404):
            access.require_result(user, assessment.pk)
    answering.submit(submission=access.submission_for(bob, assessment.pk), by=bob)
    assessments.close(assessment=assessment, by=alice)
    assert access.require_result(alice, assessment.pk).assessment == assessment
    with pytest.raises(Http404):
        access.require_result(bob, assessment.pk)
    assessments.release(assessment=assessment, by=alice)
    assert access.require_result(bob, assessment.pk).assessment == assessment


def test_a_released_result_is_for_who_submitted_unless_its_lead_decides_otherwise(assessment, alice, bob, charlie):
    access.submission_for(bob, assessment.pk)  # begun and not submitted
    assessments.close(assessment=assessment, by=alice)
    assessments.release(assessment=assessment, by=alice)
    for user in (bob, charlie):
        assert not access.sees_result(user, assessment)
    assert assessments.show_to(assessment=assessment, everyone=True, by=alice)
    assert access.sees_result(bob, assessment)
    assert not access.sees_result(charlie, assessment)
    assert assessments.show_to(assessment=assessment, everyone=False, by=alice)
    assert not access.sees_result(bob, assessment)


def test_a_draft_assessment_is_hidden_from_its_participants(assessment, bob):
    Assessment.objects.update(state="draft")
    with pytest.raises(Http404):
        access.submission_for(bob, assessment.pk)


def test_the_first_visit_to_a_closed_assessment_makes_no_submission(assessment, alice, bob):
    assessments.close(assessment=assessment, by=alice)
    with pytest.raises(Http404):
        access.submission_for(bob, assessment.pk)


def test_a_page_belongs_to_the_assessment_it_was_opened_in(assessment, northfield, version, alice, bob):
    later = assessments.start(organisation=northfield, bank_version=version, name="Later", by=alice)
    assessments.add_participant(assessment=later, user=bob, function="legal", by=alice)
    here, there = (access.submission_for(bob, pk) for pk in (assessment.pk, later.pk))
    token = access.page_token(bob, here)
    owner, grant = access.owner_of_page(token, assessment.pk, "vision")
    assert (owner, grant.submission) == (bob, here)
    assert access.owner_of_page(token, later.pk, "vision") is None
    assert access.owner_of_page(access.page_token(alice, there), later.pk, "vision") is None
    assert access.owner_of_page(token[:-1], assessment.pk, "vision") is None

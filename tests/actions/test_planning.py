"""Preparing an assessment as a draft, and opening it."""

import datetime

import pytest
from django.utils import timezone

from assessments.actions import assessments, invitations, planning
from assessments.actions.invitations import Invitee
from assessments.models import Assessment, AuditEvent, Invitation, Participant
from tests.mailbox import BASE

ERIN, FRANK = Invitee("erin@northfield.example", "Erin", "legal"), Invitee("Frank@northfield.example", "", "people")


@pytest.fixture
def draft(northfield, version, alice):
    return planning.begin(organisation=northfield, bank_version=version, by=alice, name="Q1")


def plan(draft, alice, *people):
    return planning.plan_people(assessment=draft, invitees=people or (ERIN, FRANK), by=alice)


def test_people_of_a_draft_are_kept_and_not_written_to(draft, alice, emails):
    assert plan(draft, alice) == 2
    assert plan(draft, alice, ERIN, Invitee("gina@northfield.example", "", "other")) == 1, "Erin stands there already"
    assert draft.participants.count() == 3
    assert emails == []
    assert not Invitation.objects.exclude(sent_at=None, token_hash=None).exists()


def test_whoever_prepares_the_assessment_takes_part_without_an_email(draft, alice):
    plan(draft, alice, Invitee(alice.email.upper(), "", "ceo"))
    assert draft.participants.get().user == alice
    assert not Invitation.objects.exists()


def test_a_participant_does_not_hear_of_a_draft(draft, alice):
    plan(draft, alice, Invitee(alice.email, "", "ceo"))
    assert not Assessment.objects.taken_by(alice).exists()


def test_opening_sends_each_invitation_once(draft, alice, emails):
    plan(draft, alice)
    assert planning.open_assessment(assessment=draft, by=alice, base_url=BASE) == 2
    assert sorted(email.to[0] for email in emails) == ["erin@northfield.example", "frank@northfield.example"]
    with pytest.raises(assessments.WrongStateError):
        planning.open_assessment(assessment=draft, by=alice, base_url=BASE)
    assert len(emails) == 2
    draft.refresh_from_db()
    assert draft.is_open
    assert AuditEvent.objects.filter(verb="opened", object_id=str(draft.pk)).count() == 1


def test_an_assessment_without_people_does_not_open(draft, alice):
    with pytest.raises(planning.NotReadyError):
        planning.open_assessment(assessment=draft, by=alice, base_url=BASE)


def test_a_due_date_that_is_over_does_not_open(draft, alice, emails):
    plan(draft, alice)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    planning.set_dates(assessment=draft, due_on=yesterday, reminder_days=[3])
    with pytest.raises(planning.NotReadyError):
        planning.open_assessment(assessment=draft, by=alice, base_url=BASE)
    draft.refresh_from_db()
    assert draft.is_draft
    assert emails == []


def test_so_many_emails_a_day_and_no_more(draft, alice, emails, monkeypatch):
    plan(draft, alice)
    monkeypatch.setattr(planning, "INVITATIONS_PER_DAY", 1)
    with pytest.raises(planning.TooOftenError):
        planning.open_assessment(assessment=draft, by=alice, base_url=BASE)
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_list_longer_than_an_assessment_adds_nobody(draft, alice, monkeypatch):
    monkeypatch.setattr(invitations, "PEOPLE_PER_ASSESSMENT", 1)
    with pytest.raises(invitations.AssessmentIsFullError):
        plan(draft, alice)
    assert not draft.participants.exists()


def test_dropping_leaves_no_trace(draft, alice):
    plan(draft, alice, ERIN)
    planning.drop(participant=draft.participants.get())
    assert not Participant.objects.exists()
    assert not Invitation.objects.exists()


def test_discarding_a_draft_removes_it(draft, alice):
    plan(draft, alice)
    planning.discard(assessment=draft, by=alice)
    assert not Assessment.objects.exists()
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda opened, alice: planning.discard(assessment=opened, by=alice),
        lambda opened, alice: planning.set_dates(assessment=opened, due_on=None, reminder_days=[]),
        lambda opened, alice: planning.set_targets(assessment=opened, targets={}),
        plan,
        lambda opened, alice: planning.drop(participant=opened.participants.first()),
        lambda opened, alice: planning.copy_last(assessment=opened, by=alice),
        lambda opened, alice: planning.set_basics(
            assessment=opened, bank_version=opened.bank_version, name="X", confidentiality="named"
        ),
    ],
)
def test_an_open_assessment_is_no_draft(assessment, alice, change):
    with pytest.raises(assessments.WrongStateError):
        change(assessment, alice)
    assessment.refresh_from_db()
    assert (assessment.name, assessment.participants.count()) == ("Q4", 2)


def test_copying_takes_people_targets_and_settings_over(draft, assessment, alice, bob):
    invitations.invite(assessment=assessment, invitees=[ERIN], by=alice, base_url=BASE)
    target = {"vision": {"target": 4.0, "reason": "Board"}, "gone": {"target": 3, "reason": ""}}
    Assessment.objects.filter(pk=assessment.pk).update(targets=target, reminder_days=[7], confidentiality="named")
    assert planning.copy_last(assessment=draft, by=alice) == assessment
    draft.refresh_from_db()
    assert (draft.targets, draft.reminder_days) == ({"vision": target["vision"]}, [7])
    assert draft.is_named
    assert invitations.addresses_of(draft) == {alice.email, bob.email, ERIN.email}
    assert set(draft.participants.values_list("function", flat=True)) == {"ceo", "legal"}
    assert planning.copy_last(assessment=draft, by=alice) == assessment
    assert draft.participants.count() == 3, "copying twice doubles nobody"


def test_the_first_round_has_nothing_to_copy(draft, alice):
    assert planning.copy_last(assessment=draft, by=alice) is None


def test_a_target_for_a_pillar_that_is_not_asked_is_dropped(draft):
    planning.set_targets(assessment=draft, targets={"vision": {"target": 3}, "nowhere": {"target": 5}})
    draft.refresh_from_db()
    assert list(draft.targets) == ["vision"]

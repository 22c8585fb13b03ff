"""What is past its period goes, what is not stays, and a dry run only counts."""

import datetime
import io

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from assessments.actions import assessments
from assessments.models import ApiToken, Assessment, AuditEvent, Invitation, Submission, User
from assessments.privacy import retention


@pytest.fixture(autouse=True)
def new_hour(db):
    cache.clear()


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def drafts(submission, assessment, alice):
    """Bob's draft in an assessment that closed without it."""
    assessments.close(assessment=assessment, by=alice)
    return assessment


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_a_draft_stays_for_ninety_days(drafts, days, left):
    Assessment.objects.update(closed_at=ago(days))
    retention.run_due()
    assert Submission.objects.count() == left


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_addresses_of_a_closed_assessment_go(drafts, days, left):
    Invitation.objects.create(assessment=drafts, email="gina@northfield.example")
    Assessment.objects.update(closed_at=ago(days))
    retention.run_due()
    assert Invitation.objects.count() == left


def test_an_open_assessment_keeps_everything(submission, assessment):
    Invitation.objects.create(assessment=assessment, email="gina@northfield.example")
    Assessment.objects.update(created_at=ago(5000), opened_at=ago(5000))
    retention.run_due()
    assert (Submission.objects.count(), Invitation.objects.count()) == (1, 1)


@pytest.mark.parametrize(("proven", "days", "left"), [(False, 31, 0), (False, 29, 1), (True, 31, 1)])
def test_an_account_nobody_confirmed_goes(proven, days, left):
    user = User.objects.create_user("gina@northfield.example", date_joined=ago(days))
    EmailAddress.objects.create(user=user, email=user.email, verified=proven)
    retention.run_due()
    assert User.objects.filter(pk=user.pk).count() == left


def test_an_ended_token_goes(alice):
    for name, ended in (("old", 91), ("new", 89)):
        ApiToken.objects.create(user=alice, name=name, token_hash=name, expires_at=ago(ended))
    retention.run_due()
    assert ApiToken.objects.get().name == "new"


def test_what_the_clock_takes_of_people_and_assessments_is_noted_once(drafts, settings):
    Assessment.objects.update(closed_at=ago(5000))
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "ROUNDS": 4000}
    retention.run_due()
    cache.clear()
    retention.run_due()
    noted = AuditEvent.objects.filter(verb="expired").values_list("actor", "object_type")
    assert sorted(noted) == [(None, "assessment"), (None, "submission")]


def test_what_has_no_period_is_kept_for_good(drafts, alice, bob, settings):
    Assessment.objects.update(closed_at=ago(5000))
    User.objects.update(date_joined=ago(5000))
    retention.run_due()
    assert Assessment.objects.exists() and User.objects.filter(pk=bob.pk).exists()
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "ROUNDS": 4000, "IDLE": 4000}
    cache.clear()
    retention.run_due()
    assert not Assessment.objects.exists()
    assert not User.objects.filter(pk=bob.pk).exists()
    assert User.objects.filter(pk=alice.pk).exists(), "who leads an organisation is not erased for being silent"


def test_it_looks_once_an_hour(drafts):
    assert retention.run_due() is not None
    assert retention.run_due() is None


def test_a_dry_run_counts_and_changes_nothing(drafts):
    Assessment.objects.update(closed_at=ago(91))
    said = io.StringIO()
    call_command("run_due", "--dry-run", stdout=said)
    assert "     1 to delete  Answers started but not" in said.getvalue()
    assert "(kept forever)" in said.getvalue()
    assert Submission.objects.count() == 1
    call_command("run_due", stdout=said)
    assert "Expired rows deleted: 1." in said.getvalue()


def test_the_periods_on_the_privacy_page_are_those_of_the_clock():
    assert [what for what, _days in retention.periods()] == [past.label for past in retention.look()]

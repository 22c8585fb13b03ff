"""A person's own profile, and what it changes in what they read."""

import datetime

import pytest
from django.utils import timezone

from assessments.actions import invitations
from assessments.actions.invitations import Invitee
from assessments.emails.phrases import moment_at
from assessments.models import AuditEvent, Consultancy, Engagement, Reminder
from assessments.models.clock import today
from tests.mailbox import BASE, browser_of

GIVEN = {"name": "Alice Grant", "addressed_as": "Dr Grant", "language": "de", "time_zone": "Pacific/Auckland"}


@pytest.fixture
def page(alice):
    browser = browser_of(alice)
    return lambda **changed: browser.post("/account/profile/", GIVEN | changed, follow=True)


def test_a_profile_is_saved_and_read_in_the_chosen_language(page, alice):
    assert "Profil" in page().content.decode()
    alice.refresh_from_db()
    assert {name: getattr(alice, name) for name in GIVEN} == GIVEN
    assert AuditEvent.objects.filter(verb="changed", object_id=str(alice.pk)).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "<b>"}, {"addressed_as": "www.evil.example"}, {"time_zone": "Mars"}]
)
def test_what_cannot_be_saved_changes_nothing(page, alice, wrong):
    response = page(**wrong)
    assert response.status_code == 200 and "error-summary" in response.content.decode()
    alice.refresh_from_db()
    assert alice.addressed_as == ""


def test_times_are_those_of_the_reader_and_rules_those_of_everybody(alice):
    alice.time_zone = "Pacific/Kiritimati"  # fourteen hours ahead
    alice.save()
    ahead = []

    def view(_request):
        ahead.append((timezone.localtime().utcoffset(), Reminder().day == today(), today()))
        raise RuntimeError

    from maturity.middleware import language

    request = type("Request", (), {"user": alice, "COOKIES": {}})()
    with pytest.raises(RuntimeError):
        language.middleware(view)(request)
    assert ahead == [(datetime.timedelta(hours=14), True, timezone.now().astimezone(datetime.UTC).date())]
    assert timezone.localtime().utcoffset() == datetime.timedelta()


# E-mails in a person's name


def invited(assessment, by, emails, email="eve@northfield.example"):
    invitations.invite(assessment=assessment, invitees=[Invitee(email, "Eve Adams", "legal")], by=by, base_url=BASE)
    return emails[-1]


def test_an_email_comes_from_a_person_and_their_organisation(assessment, alice, emails):
    alice.name = "Alice Grant"
    alice.save()
    email = invited(assessment, alice, emails)
    assert email.from_email == '"Alice Grant (Northfield)" <noreply@localhost>'
    assert email.reply_to == [alice.email]


@pytest.mark.parametrize("name", ["", "ceo@bank.example"])
def test_nobody_passes_for_an_address(assessment, alice, emails, name):
    alice.name = name
    alice.save()
    assert invited(assessment, alice, emails).from_email == "Northfield <noreply@localhost>"


def test_a_consultant_writes_for_their_consultancy(assessment, bob, emails):
    hart = Consultancy.objects.create(name="Hart Advisory")
    hart.consultants.add(bob)
    Engagement.objects.create(consultancy=hart, organisation=assessment.organisation)
    assessment.organisation.memberships.filter(user=bob).delete()
    bob.name = "Bob Lund"
    bob.save()
    assert "Bob Lund (Hart Advisory)" in invited(assessment, bob, emails).from_email


def test_an_email_greets_as_its_reader_wishes_and_tells_their_time(assessment, alice, bob, emails):
    bob.participations.all().delete()
    bob.addressed_as, bob.time_zone = "Dr Lund", "Asia/Tokyo"
    bob.save()
    assert "Dear Dr Lund," in invited(assessment, alice, emails, bob.email).body
    assert "Dear Eve Adams," in invited(assessment, alice, emails, "someone@northfield.example").body
    noon = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
    assert [moment_at(noon, assessment.organisation, reader)[-3:] for reader in (bob, alice)] == ["JST", "UTC"]

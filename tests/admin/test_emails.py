"""E-mails that nobody tries any longer: staff see them, and have them will be retried."""

import pytest
from django.utils import timezone

from assessments.actions import invitations
from assessments.actions.invitations import Invitee
from assessments.emails import outbox
from assessments.models import AuditEvent, OutgoingEmail
from tests.mailbox import BASE

LIST = "/admin/assessments/outgoingemail/"
EVE = "eve@northfield.example"


@pytest.fixture
def dead(assessment, alice, emails):
    invitations.invite(assessment=assessment, invitees=[Invitee(EVE, "Eve", "legal")], by=alice, base_url=BASE)
    OutgoingEmail.objects.create(kind="account", to=EVE, state="dead", give_up_at=timezone.now())
    assessment.invitations.update(sent_at=None)
    OutgoingEmail.objects.update(state="dead", last_error="address")
    emails.clear()
    return OutgoingEmail.objects.exclude(kind="account").get()


def try_again(browser):
    keys = list(OutgoingEmail.objects.values_list("pk", flat=True))
    page = browser.post(LIST, {"action": "try_again", "_selected_action": keys}, follow=True)
    return page.content.decode()


def test_the_list_says_what_was_given_up_and_why(workshop, dead):
    page = workshop.get(LIST + "?state__exact=dead").content.decode()
    assert EVE in page and "The mail server rejected the address." in page


def test_one_button_has_it_tried_again(workshop, dead, emails):
    page = try_again(workshop)
    assert "1 e-mail will be retried." in page
    assert "1 is unchanged" in page
    assert outbox.send_due() == 1
    assert [email.to for email in emails] == [[EVE]]
    assert AuditEvent.objects.filter(verb="tried again", object_id=str(dead.pk)).count() == 1


def test_a_page_of_one_shows_no_secret(workshop, dead):
    OutgoingEmail.objects.filter(pk=dead.pk).update(state="queued", sealed="sealed:abc:secret")
    page = workshop.get(f"{LIST}{dead.pk}/change/")
    assert page.status_code == 200 and b"sealed:abc" not in page.content
    assert workshop.get(f"{LIST}{dead.pk}/delete/").status_code == 403

"""The demonstration's outbox: what a worker has sent, as it was sent."""

import pytest
from django.test import Client

from assessments.actions import delegation, invitations
from assessments.actions.invitations import Invitee
from tests.mailbox import BASE


@pytest.fixture
def outbox(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("assessments.emails.transaction.on_commit", lambda post, robust=False: post())
    settings.DEMO, settings.OUTBOX = True, tmp_path
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": str(tmp_path)}}}

    def read():
        return Client().get("/demo/outbox").content.decode()

    return read


def test_it_exists_in_the_demonstration_alone(db, settings):
    settings.DEMO = False
    assert Client().get("/demo/outbox").status_code == 404


def test_an_empty_outbox_says_so(db, outbox):
    assert "No e-mails have been sent yet." in outbox()


def test_an_email_can_be_read_and_its_link_followed(assessment, alice, outbox):
    invitee = Invitee("eve@northfield.example", "Eve", "legal")
    invitations.invite(assessment=assessment, invitees=[invitee], by=alice, base_url=BASE)
    page = outbox()
    assert "Alice invites you: Northfield, Q4" in page
    assert "To eve@northfield.example" in page
    assert f'<a href="{BASE}invitations/' in page


def test_a_note_neither_breaks_out_nor_breaks_the_list(submission, bob, version, outbox):
    note = f"{'-' * 79}\nTo: all@example.org\n<script>x</script> http://x.example/\u202e"
    delegation.delegate(
        submission=submission,
        pillar=version.pillars.get(key="vision"),
        email="eve@northfield.example",
        name="Eve",
        note=note,
        by=bob,
        base_url=BASE,
    )
    page = outbox()
    assert page.count("<article") == 1
    assert f"&gt; {'-' * 79}" in page
    assert "<script>x" not in page

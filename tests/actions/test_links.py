"""What every mailed link promises: hashed, single-use, bound to an address."""

import datetime
import hashlib

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from assessments.actions import links
from assessments.models import Confirmation, Delegation, Invitation, User


@pytest.fixture
def sent(assessment, alice):
    """An invitation to eve, and the token that only her mail would hold."""
    invitation = Invitation(assessment=assessment, email="eve@northfield.example", invited_by=alice)
    token = invitation.new_token()
    invitation.save()
    return invitation, token


def locked(token):
    return links.locked(Invitation.objects.all(), token)


def test_the_database_keeps_a_hash_and_nothing_else_of_a_token(sent):
    invitation, token = sent
    row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert row["token_hash"] == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(row)


def test_a_token_is_256_random_bits(sent):
    invitation, token = sent
    assert len(token) == 43
    assert invitation.new_token() != token


def test_a_link_lasts_as_long_as_it_is_needed(sent, submission):
    """Those into an assessment while it is open, which whoever follows one checks; those to confirm seven days."""
    invitation, token = sent
    assert locked(token) == invitation
    assert invitation.expires_at is None
    assert Delegation().LASTS is None
    confirmation = Confirmation(submission=submission)
    confirmation.new_token()
    left = confirmation.expires_at - timezone.now()
    assert datetime.timedelta(days=6, hours=23) < left <= datetime.timedelta(days=7)


@pytest.mark.parametrize(
    "change",
    [
        {"expires_at": timezone.now() - datetime.timedelta(seconds=1)},
        {"token_hash": None},
        {"used_at": timezone.now()},
        {"revoked_at": timezone.now()},
    ],
    ids=["expired", "never sent", "used", "taken back"],
)
def test_a_link_that_is_over_opens_nothing(sent, change):
    _invitation, token = sent
    Invitation.objects.update(**change)
    with pytest.raises(links.DeadLinkError):
        locked(token)


@pytest.mark.parametrize("token", ["", "wrong", "x" * 43, "x" * 5000, "\u202e"])
def test_a_wrong_token_opens_nothing(sent, token):
    with pytest.raises(links.DeadLinkError):
        locked(token)


def test_the_hash_itself_is_no_token(sent):
    invitation, _token = sent
    with pytest.raises(links.DeadLinkError):
        locked(invitation.token_hash)


def test_only_the_person_it_was_sent_to_uses_it(sent, bob):
    invitation, _token = sent
    with pytest.raises(links.OtherAddressError):
        links.use(invitation, bob)
    assert invitation.used_at is None


def test_the_address_is_compared_without_case(sent):
    invitation, _token = sent
    links.use(invitation, User(email="Eve@Northfield.example"))
    assert invitation.used_at is not None


def test_a_new_account_is_verified_and_has_no_password(db):
    eve = links.new_account(email="eve@northfield.example", name="Eve")
    assert not eve.has_usable_password()
    assert EmailAddress.objects.get(user=eve).verified


def test_nobody_gets_into_an_account_that_exists(bob):
    with pytest.raises(links.AccountExistsError):
        links.new_account(email=bob.email, name="Not bob")
    bob.refresh_from_db()
    assert bob.name == "Bob"


def test_a_second_verified_address_counts_as_an_account(bob):
    EmailAddress.objects.create(user=bob, email="robert@northfield.example", verified=True)
    assert links.has_account("robert@northfield.example")


def test_asking_for_a_new_link_counts_once_a_day(sent):
    invitation, _token = sent
    assert links.ask_again(invitation)
    assert not links.ask_again(invitation)
    Invitation.objects.update(requested_at=timezone.now() - datetime.timedelta(hours=25))
    assert links.ask_again(Invitation.objects.get())


def test_nobody_asks_for_a_new_link_after_using_one(sent):
    invitation, _token = sent
    invitation.used_at = timezone.now()
    assert not links.ask_again(invitation)
    assert not links.ask_again(None)

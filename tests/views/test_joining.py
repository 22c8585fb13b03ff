"""Following a mailed link: opening it uses nothing up, pressing its button does."""

import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from assessments.actions import assessments, delegation, invitations
from assessments.actions.invitations import Invitee
from assessments.models import Delegation, Invitation, User
from tests.conftest import person
from tests.mailbox import BASE, browser_of, token_in

EVE = "eve@northfield.example"


@pytest.fixture
def invited(assessment, alice, emails):
    """The address of an invitation's page."""
    cache.clear()
    invitations.invite(assessment=assessment, invitees=[Invitee(EVE, "Eve Adams", "legal")], by=alice, base_url=BASE)
    return f"/invitations/{token_in(emails[-1])}/"


@pytest.fixture
def asked(submission, bob, version, emails):
    """The same of a delegation: culture."""
    cache.clear()
    culture = version.pillars.get(key="culture")
    delegation.delegate(
        submission=submission, pillar=culture, email=EVE, name="Eve", note="Please!", by=bob, base_url=BASE
    )
    return f"/colleagues/{token_in(emails[-1])}/"


@pytest.fixture
def overview(assessment):
    return f"/assessments/{assessment.pk}/"


@pytest.fixture
def pillar(submission):
    return f"/assessments/{submission.pk}/pillars/culture/"


# An invitation


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_page_uses_nothing_up(invited, method):
    for _time in range(3):
        assert getattr(browser_of(), method)(invited).status_code == 200
    assert Invitation.objects.get().used_at is None
    assert not User.objects.filter(email=EVE).exists()


def test_the_page_says_who_asks_what_and_who_sees_it(invited):
    page = browser_of().get(invited).content.decode()
    for words in ("Alice invites you to take part", "Northfield, Q4", "56 in 8 sections", "About 40 minutes", EVE):
        assert words in page
    assert "This assessment is confidential" in page
    assert "no-store" in browser_of().get(invited)["Cache-Control"]


def test_pressing_the_button_joins_and_signs_in(invited, overview):
    browser = browser_of()
    assert browser.post(invited)["Location"] == overview
    assert browser.get(overview).status_code == 200
    assert Invitation.objects.get().participant.user.email == EVE


def test_whoever_has_just_joined_chooses_a_password_without_signing_in_again(invited):
    browser, password = browser_of(), "four quiet violet boats"
    browser.post(invited)
    browser.post("/accounts/password/set/", {"password1": password, "password2": password})
    assert User.objects.get(pk=browser.session["_auth_user_id"]).check_password(password)


def test_a_second_click_lands_in_the_same_place(invited, overview):
    browser = browser_of()
    assert [browser.post(invited)["Location"] for _click in range(2)] == [overview, overview]
    assert User.objects.filter(email=EVE).count() == 1


def test_the_mail_stays_a_bookmark_for_whoever_joined(invited, overview):
    browser = browser_of()
    browser.post(invited)
    assert browser.get(invited)["Location"] == overview


def pressing(address):
    """A browser that has opened the page, and what its button sends."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(address)
    return browser, {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}


def press_and_lose_the_reply(browser, address, sent):
    before = browser.cookies["csrftoken"].value
    assert browser.post(address, sent).status_code == 302
    del browser.cookies["sessionid"]
    browser.cookies["csrftoken"] = before


def test_whoever_presses_twice_is_signed_in_although_the_first_reply_is_lost(invited, overview):
    browser, sent = pressing(invited)
    press_and_lose_the_reply(browser, invited, sent)
    assert browser.post(invited, sent)["Location"] == overview
    assert browser.get(overview).status_code == 200


@pytest.mark.parametrize("why", ["another browser", "a minute later", "gone"])
def test_it_is_for_that_browser_and_that_minute(invited, why):
    other, others = pressing(invited)
    browser, sent = pressing(invited)
    press_and_lose_the_reply(browser, invited, sent)
    if why == "another browser":
        browser, sent = other, others
    elif why == "a minute later":
        cache.clear()
    else:
        User.objects.filter(email=EVE).update(is_active=False)
    assert browser.post(invited, sent).status_code == 410


def test_an_account_that_existed_is_never_signed_in_by_its_link(invited):
    person(EVE)
    browser, sent = pressing(invited)
    for _time in range(2):
        assert "/accounts/login/" in browser.post(invited, sent)["Location"]
    assert "sessionid" not in browser.cookies


def test_a_used_link_opens_nothing_to_anybody_else(invited, overview, charlie):
    browser_of().post(invited)
    for browser in (browser_of(), browser_of(charlie)):
        for method in ("get", "post"):
            response = getattr(browser, method)(invited)
            assert response.status_code == 410
            assert "This link has been used" in response.content.decode()
        assert browser.get(overview).status_code in (302, 404)


def test_an_account_that_exists_has_to_sign_in_first(invited, overview):
    eve = person(EVE)
    browser = browser_of()
    assert "Sign in and take part" in browser.get(invited).content.decode()
    assert browser.post(invited)["Location"] == f"/accounts/login/?next={invited}"
    assert Invitation.objects.get().used_at is None
    assert browser_of(eve).post(invited)["Location"] == overview


def test_somebody_else_is_told_whose_it_is_and_cannot_use_it(invited, charlie):
    browser = browser_of(charlie)
    page = browser.get(invited)
    assert page.status_code == 200
    assert "Sign out and continue" in page.content.decode()
    assert browser.post(invited).status_code == 403
    assert Invitation.objects.get().used_at is None


def test_signing_out_leads_back_to_the_link(invited, charlie):
    browser = browser_of(charlie)
    assert browser.post("/accounts/logout/", {"next": invited})["Location"] == invited


def test_an_expired_link_says_whom_to_ask_and_asks_them(invited, emails, alice):
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    page = browser_of().get(invited)
    assert page.status_code == 410
    assert "ask Alice (Northfield)" in page.content.decode()
    assert "Request a new invitation" in page.content.decode()
    assert f'action="{invited}new"' in page.content.decode()
    assert browser_of().post(invited).status_code == 410
    assert browser_of().post(invited + "new").status_code == 200
    assert emails[-1].to == [alice.email]
    assert emails[-1].subject == "Eve Adams requests a new invitation: Northfield, Q4"


def test_an_invitation_taken_back_says_no_more_than_an_expired_one(invited, alice):
    invitations.revoke(participant=Invitation.objects.get().participant, by=alice, base_url="https://site.example/")
    page = browser_of().get(invited)
    assert page.status_code == 410
    assert "This link no longer works" in page.content.decode()


def test_a_closed_assessment_says_so(invited, assessment, alice):
    assessments.close(assessment=assessment, by=alice)
    for method in ("get", "post"):
        page = getattr(browser_of(), method)(invited)
        assert page.status_code == 410
        assert "This assessment is closed" in page.content.decode()
        assert "Request a new" not in page.content.decode()


@pytest.mark.parametrize("kind", ["invitations", "colleagues"])
@pytest.mark.parametrize("token", ["wrong", "x" * 43, "x" * 2000, "%00", "%E2%80%AE"])
def test_a_wrong_token_tells_nothing(invited, asked, kind, token, emails):
    sent = len(emails)
    page = browser_of().get(f"/{kind}/{token}/")
    assert page.status_code == 410
    assert b"Northfield" not in page.content
    assert b"Alice" not in page.content
    answer = browser_of().post(f"/{kind}/{token}/new")
    assert answer.status_code == 200
    assert b"Northfield" not in answer.content
    assert len(emails) == sent


def test_asking_is_answered_alike_whatever_the_token(invited):
    Invitation.objects.update(expires_at=timezone.now())
    pages = [browser_of().post(f"/invitations/{token}/new").content for token in (invited.split("/")[2], "wrong")]
    assert pages[0] == pages[1]


def test_asking_is_limited(invited, settings):
    assert "ask_for_new_link" in settings.ACCOUNT_RATE_LIMITS
    answers = [browser_of().post("/invitations/wrong/new").status_code for _time in range(21)]
    assert answers == [200] * 20 + [429]


def test_a_link_of_one_kind_does_not_work_as_the_other(invited, asked):
    assert browser_of().get(invited.replace("invitations", "colleagues")).status_code == 410
    assert browser_of().get(asked.replace("colleagues", "invitations")).status_code == 410


# A delegation


def test_a_colleague_reads_what_is_asked_of_them(asked):
    page = browser_of().get(asked).content.decode()
    for words in ("Bob asks you to answer “Culture”", "Please!", "You see this section only", "About 5 minutes"):
        assert words in page
    assert Delegation.objects.get().used_at is None


def test_pressing_the_button_opens_the_pillar(asked, pillar):
    browser = browser_of()
    assert browser.post(asked)["Location"] == pillar
    assert browser.get(pillar).status_code == 200
    assert browser.post(asked)["Location"] == pillar, "a second click lands in the same place"


def test_a_pillar_taken_back_makes_the_mail_no_bookmark(asked, bob):
    browser = browser_of()
    browser.post(asked)
    delegation.take_back(delegation=Delegation.objects.get(), by=bob)
    page = browser.get(asked)
    assert page.status_code == 410
    assert "has been withdrawn" in page.content.decode()


def test_an_expired_link_asks_the_respondent(asked, emails, bob):
    Delegation.objects.update(expires_at=timezone.now())
    page = browser_of().get(asked).content.decode()
    assert "ask Bob (Northfield)" in page
    assert "Request a new link" in page
    browser_of().post(asked + "new")
    assert emails[-1].to == [bob.email]


def test_whoever_joins_says_how_their_name_is_written(invited):
    browser = browser_of()
    page = browser.get(invited).content.decode()
    assert 'name="name"' in page and "Your name" in page
    assert "error-summary" in browser.post(invited, {"name": " "}).content.decode()
    browser.post(invited, {"name": "Dr Evelyn Berg"})
    assert User.objects.get(name="Dr Evelyn Berg").participations.exists()

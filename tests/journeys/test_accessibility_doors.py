"""The pages around the product, like its rooms: accounts, second factors, mailed links, errors. No finding of axe."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from playwright.sync_api import expect

from assessments.actions import assessments, delegation, invitations
from assessments.actions.invitations import Invitee
from assessments.models import Delegation, Invitation, Submission
from tests.journeys.conftest import PASSWORD
from tests.journeys.emails import email_to, text_of
from tests.journeys.looks import faults, faults_in_the_other_looks
from tests.journeys.respondent import Respondent


class Visitor(Respondent):
    """Alice's browser, at first signed out, with what the letters of an assessment opened."""

    def sign_in_by_form(self):
        self.page.goto("/accounts/login/")
        self.page.get_by_label("E-mail address").fill(self.user.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(lambda url: not url.endswith("/login/"))

    def invite(self, email):
        invitations.invite(
            assessment=self.assessment,
            invitees=[Invitee(email, "Dora Reed", "technology")],
            by=self.user,
            base_url=f"{self.url}/",
        )
        return self.last_link()

    def pass_on(self, email):
        submission, _new = Submission.objects.get_or_create(
            participant=self.assessment.participants.get(user=self.user)
        )
        vision = self.assessment.bank_version.pillars.get(key="vision")
        delegation.delegate(
            submission=submission,
            pillar=vision,
            email=email,
            name="Gina Moreau",
            note="The first two, please.",
            by=self.user,
            base_url=f"{self.url}/",
        )
        return self.last_link()

    def last_link(self):
        return re.search(r"^https?://\S+$", self.emails[-1].body, re.MULTILINE)[0]


@pytest.fixture
def visitor(tab, site, cast, mailoutbox):
    visitor = Visitor(tab(), site.url, cast.assessment)
    visitor.user, visitor.cast, visitor.emails, visitor.database = cast.alice, cast, mailoutbox, site.database
    return visitor


def at(address):
    return lambda visitor: visitor.page.goto(address)


def inside(address):
    def go(visitor):
        visitor.sign_in_by_form()
        proven(visitor, address)

    return go


def proven(visitor, address):
    """Opened, with the password once more where it is asked for."""
    visitor.page.goto(address)
    if "/reauthenticate/" in visitor.page.url:
        visitor.page.get_by_label("Password").fill(PASSWORD)
        visitor.page.get_by_role("button", name="Continue").click()
    expect(visitor.page).to_have_url(re.compile(re.escape(address) + "$"))


def behind_a_password(address):
    """Signed in without the form: the page asks for the password once more."""

    def go(visitor):
        visitor.sign_in(visitor.user)
        visitor.page.goto(address)

    return go


def protected(address):
    def go(visitor):
        inside("/accounts/2fa/")(visitor)
        TOTP.activate(visitor.user, generate_totp_secret())
        RecoveryCodes.activate(visitor.user)
        visitor.page.goto(address)

    return go


def second_step(visitor):
    TOTP.activate(visitor.user, generate_totp_secret())
    visitor.sign_in_by_form()
    expect(visitor.page).to_have_url(re.compile("/2fa/authenticate/"))


def wrong_password(visitor):
    visitor.page.goto("/accounts/login/")
    visitor.page.get_by_label("E-mail address").fill(visitor.user.email)
    visitor.page.get_by_label("Password").fill("wrong")
    visitor.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(visitor.page.locator(".error-summary, .error").first).to_be_visible()


def code_by_mail(visitor):
    page = visitor.page
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill("Eve Berg")
    page.get_by_label("E-mail address").fill(f"new-{visitor.user.pk}@northfield.example")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.locator("form[method=post] .button").first.click()
    expect(page).to_have_url(re.compile("/confirm-email/"))


def ask_for_a_code(visitor):
    visitor.page.goto("/accounts/login/")
    visitor.page.get_by_role("link", name="E-mail me a sign-in code").click()


def code_to_sign_in(visitor):
    ask_for_a_code(visitor)
    visitor.page.get_by_label("E-mail address").fill(visitor.user.email)
    visitor.page.locator("form[method=post] .button").first.click()
    expect(visitor.page).to_have_url(re.compile("/login/code/confirm/"))


def a_key(way):
    """A page about a passkey of one's own, which a device would have made."""

    def go(visitor):
        inside("/accounts/2fa/webauthn/")(visitor)
        key = Authenticator.objects.create(
            user=visitor.user, type=Authenticator.Type.WEBAUTHN, data={"name": "My phone", "credential": {}}
        )
        proven(visitor, f"/accounts/2fa/webauthn/keys/{key.pk}/{way}/")

    return go


def reset_sent(visitor):
    page = visitor.page
    page.goto("/accounts/password/reset/")
    page.get_by_label("E-mail address").fill(visitor.user.email)
    page.locator("form[method=post] .button").first.click()
    expect(page).to_have_url(re.compile("/password/reset/done/"))


def reset_link(visitor):
    reset_sent(visitor)
    email = email_to(visitor.user.email, visitor.database)
    visitor.page.goto(re.search(r"https?://\S+/key/\S+", text_of(email))[0])


def invitation(visitor):
    visitor.page.goto(visitor.invite(f"dora-{visitor.user.pk}@northfield.example"))
    expect(visitor.page.get_by_role("button", name="Take part")).to_be_visible()


def invitation_of_another(visitor):
    link = visitor.invite(f"dora-{visitor.user.pk}@northfield.example")
    visitor.sign_in(visitor.cast.charlie)
    visitor.page.goto(link)


def expired(visitor):
    link = visitor.invite(f"dora-{visitor.user.pk}@northfield.example")
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(days=1))
    visitor.page.goto(link)
    expect(visitor.page.get_by_role("button", name="Request a new invitation")).to_be_visible()


def asked(visitor):
    expired(visitor)
    visitor.page.get_by_role("button", name="Request a new invitation").click()
    expect(visitor.page).to_have_url(re.compile("/new$"))


def used(visitor):
    invitation(visitor)
    link = visitor.page.url
    visitor.page.get_by_role("button", name="Take part").click()
    visitor.page.wait_for_url("**/assessments/**")
    visitor.page.context.clear_cookies()
    visitor.page.goto(link)
    expect(visitor.page.get_by_role("heading", name="This link has been used")).to_be_visible()


def assessment_closed(visitor):
    link = visitor.invite(f"dora-{visitor.user.pk}@northfield.example")
    assessments.close(assessment=visitor.assessment, by=visitor.user)
    visitor.page.goto(link)
    expect(visitor.page.get_by_role("heading", name="This assessment is closed")).to_be_visible()


def colleague_invited(visitor):
    visitor.page.goto(visitor.pass_on(f"gina-{visitor.user.pk}@northfield.example"))
    expect(visitor.page.get_by_role("button", name="Go to the questions")).to_be_visible()


def colleague(visitor):
    colleague_invited(visitor)
    visitor.page.get_by_role("button", name="Go to the questions").click()
    expect(visitor.page.get_by_role("button", name="Save and finish")).to_be_visible()


def colleague_home(visitor):
    colleague(visitor)
    visitor.page.goto("/home/")


def colleague_after_the_end(visitor):
    colleague(visitor)
    assessments.close(assessment=visitor.assessment, by=visitor.user)
    visitor.page.reload()
    expect(visitor.page.get_by_role("heading", name="Nothing was changed")).to_be_visible()


def colleague_link_taken_back(visitor):
    link = visitor.pass_on(f"gina-{visitor.user.pk}@northfield.example")
    delegation.take_back(delegation=Delegation.objects.latest("pk"), by=visitor.user)
    visitor.page.goto(link)


def error(name, status):
    """An error page as the product renders it, on an address that stands for all those where it may happen."""

    def go(visitor):
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        html = render_to_string(f"{name}.html", request=request)
        visitor.page.route("**/broken", lambda route: route.fulfill(status=status, body=html, content_type="text/html"))
        visitor.page.goto("/broken")

    return go


PAGES = {
    "sign in, wrong": wrong_password,
    "sign up, code by mail": code_by_mail,
    "sign in by code": ask_for_a_code,
    "sign in, code by mail": code_to_sign_in,
    "reset sent": reset_sent,
    "reset, new password": reset_link,
    "reset, broken link": at("/accounts/password/reset/key/1-broken/"),
    "inactive": at("/accounts/inactive/"),
    "password": inside("/accounts/password/change/"),
    "sessions": inside("/account/sessions/"),
    "once more": behind_a_password("/accounts/2fa/totp/activate/"),
    "app": inside("/accounts/2fa/totp/activate/"),
    "keys": inside("/accounts/2fa/webauthn/"),
    "new key": inside("/accounts/2fa/webauthn/add/"),
    "key, its name": a_key("edit"),
    "key, removed": a_key("remove"),
    "protected": protected("/accounts/2fa/"),
    "app off": protected("/accounts/2fa/totp/deactivate/"),
    "recovery codes": protected("/accounts/2fa/recovery-codes/"),
    "new recovery codes": protected("/accounts/2fa/recovery-codes/generate/"),
    "second step": second_step,
    "invitation": invitation,
    "invitation of another": invitation_of_another,
    "invitation, expired": expired,
    "invitation, asked for": asked,
    "invitation, used": used,
    "invitation, assessment closed": assessment_closed,
    "colleague, invited": colleague_invited,
    "colleague": colleague,
    "colleague, home": colleague_home,
    "colleague, after the end": colleague_after_the_end,
    "colleague, taken back": colleague_link_taken_back,
    "400": error("400", 400),
    "403": error("403", 403),
    "403, form": error("403_csrf", 403),
    "413": error("413", 413),
    "429": error("429", 429),
    "500": error("500", 500),
    "503": error("503", 503),
}


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use(name, visitor):
    PAGES[name](visitor)
    assert faults(visitor.page) == []


@pytest.mark.long
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_in_the_other_looks(name, visitor):
    PAGES[name](visitor)
    assert faults_in_the_other_looks(visitor.page) == []

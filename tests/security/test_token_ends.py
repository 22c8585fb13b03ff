"""What ends every token of a person: whatever ends their sessions, and whatever makes them somebody else."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client

from assessments.actions import tokens
from assessments.models import ApiToken, AuditEvent, Consultancy, User
from tests.admin.conftest import change, form_of
from tests.security.test_front_door import code_in
from tests.security.test_sign_in import PASSWORD, SECRET, account, code, enters_password, untouched_limits  # noqa: F401

NEW = "another quiet violet boat"


@pytest.fixture
def gina(db):
    return account("gina@northfield.example")


@pytest.fixture
def robots(gina):
    """Two programs of Gina's, and one of somebody else's, which goes on."""
    return [program(gina, "one"), program(gina, "two"), program(account("henry@northfield.example"), "other")]


def program(user, name):
    return Client(headers={"Authorization": f"Bearer {tokens.make(name=name, scopes=['portfolio'], by=user)}"})


def answers(robots):
    return [robot.get("/api/v1/portfolio").status_code for robot in robots]


@pytest.fixture
def office(db):
    admin = account("admin@demo.example", is_staff=True, is_superuser=True)
    browser = enters_password(admin)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def signs_out_everywhere(gina, office):
    enters_password(gina).post("/account/sign-out-everywhere")


def changes_the_password(gina, office):
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    enters_password(gina).post("/accounts/password/change/", given)


def resets_the_password(gina, office):
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": gina.email})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    browser.post(browser.get(link)["Location"], {"password1": NEW, "password2": NEW})


def sets_a_first_password(gina, office):
    User.objects.filter(pk=gina.pk).update(password="!none")
    browser = Client()
    browser.post("/accounts/login/code/", {"email": gina.email})
    browser.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    browser.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    assert User.objects.get(pk=gina.pk).check_password(NEW)


def changes_the_address(gina, office):
    browser = enters_password(gina)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/email/", {"action_add": "", "email": "gina@elsewhere.example"})
    assert ApiToken.objects.active().filter(user=gina).count() == 2, "not before the new address is proven"
    browser.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert User.objects.get(pk=gina.pk).email == "gina@elsewhere.example"


def is_made_staff(gina, office):
    person_is_changed(gina, office, is_staff="on", sure="on")


def is_closed(gina, office):
    person_is_changed(gina, office, is_active="", sure="on")
    person_is_changed(gina, office, is_active="on", sure="on")


def is_signed_out(gina, office):
    person_is_changed(gina, office, end_sessions="on")


def person_is_changed(gina, office, **changes):
    given = {"email": gina.email, "name": "", "is_active": "on", **changes}
    assert office.post(change(gina), {name: value for name, value in given.items() if value}).status_code == 302


def becomes_a_consultant(gina, office):
    hart = Consultancy.objects.create(name="Hart")
    rows = {"Consultancy_consultants-TOTAL_FORMS": "1", "Consultancy_consultants-0-user": str(gina.pk)}
    assert office.post(change(hart), {**form_of(office.get(change(hart))), **rows}).status_code == 302
    assert gina in hart.consultants.all()


WAYS = [
    signs_out_everywhere,
    changes_the_password,
    resets_the_password,
    sets_a_first_password,
    changes_the_address,
    is_made_staff,
    is_closed,
    is_signed_out,
    becomes_a_consultant,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_token_of_the_person_ends_and_the_log_says_so(gina, robots, office, way):
    assert answers(robots) == [200, 200, 200]
    way(gina, office)
    assert answers(robots) == [401, 401, 200]
    ended = ApiToken.objects.filter(user=gina).values_list("pk", flat=True)
    told = AuditEvent.objects.filter(verb="token revoked").values_list("object_id", flat=True)
    assert sorted(told) == sorted(map(str, ended))


def test_a_second_factor_ends_none(gina, robots):
    TOTP.activate(gina, SECRET)
    browser = enters_password(gina)
    browser.post("/accounts/2fa/authenticate/", {"code": code()})
    assert answers(robots) == [200, 200, 200]


@pytest.mark.parametrize(
    "page", ["/accounts/password/change/", "/accounts/email/", "/account/data/", "/account/tokens/"]
)
def test_the_pages_say_so_before(gina, page):
    said = enters_password(gina).get(page).content.decode()
    assert "API tokens are revoked" in said or "revokes your API tokens" in said

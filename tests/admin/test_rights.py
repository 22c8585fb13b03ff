"""Who may do what to whom: staff with every right of the admin but one, superuser, try to become more than they are."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client

from assessments.actions import tokens
from assessments.models import ApiToken, AuditEvent, Consultancy, Engagement, Membership, User
from tests.mailbox import browser_of
from tests.security.test_front_door import signed_in
from tests.views.reauthentication import PASSWORD, confirmed

from .conftest import change, form_of

NEW = "another quiet violet boat"


def password_page(person):
    return change(person).replace("change", "password")


@pytest.fixture
def sam(db):
    """Staff who may do everything in the admin, by permissions alone."""
    sam = User.objects.create_user("sam@demo.example", PASSWORD, name="Sam", is_staff=True)
    sam.user_permissions.set(Permission.objects.all())
    return sam


@pytest.fixture
def office(sam):
    return confirmed(sam)


@pytest.fixture(params=["superuser", "staff", "with a permission", "in a group", "consultant"])
def entrusted(request, db):
    """Somebody with rights of their own."""
    user = User.objects.create_user("eve@demo.example", "a password of Eve's", name="Eve")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    match request.param:
        case "superuser":
            User.objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
        case "staff":
            User.objects.filter(pk=user.pk).update(is_staff=True)
        case "with a permission":
            user.user_permissions.add(Permission.objects.first())
        case "in a group":
            user.groups.add(Group.objects.create(name="Readers"))
        case "consultant":
            Consultancy.objects.create(name="Hart").consultants.add(user)
    return user


def sent(person, **changes):
    given = {"email": person.email, "name": person.name, "is_active": "on", **changes}
    return {name: value for name, value in given.items() if value != ""}


def rights_of(person):
    person = User.objects.get(pk=person.pk)
    return (person.is_staff, person.is_superuser, *person.groups.all(), person.user_permissions.count())


@pytest.mark.parametrize("right", ["is_superuser", "is_staff", "groups", "user_permissions"])
@pytest.mark.parametrize("whose", ["own", "another's"])
def test_staff_give_nobody_a_right(office, sam, alice, right, whose):
    person = sam if whose == "own" else alice
    before = rights_of(person)
    group = Group.objects.create(name="Everything")
    value = {"groups": [group.pk], "user_permissions": [Permission.objects.first().pk]}.get(right, "on")
    office.post(change(person), sent(person, **{right: value, "sure": "on"}))
    assert rights_of(person) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "sam+eve@demo.example"},
        {"is_active": "", "sure": "on"},
        {"name": "Somebody"},
        {"end_sessions": "on"},
        {"forget_provider": "on"},
    ],
)
def test_staff_change_nothing_of_somebody_with_rights(office, entrusted, changes):
    before = User.objects.filter(pk=entrusted.pk).values().get()
    assert office.post(change(entrusted), sent(entrusted, **changes)).status_code == 403
    assert User.objects.filter(pk=entrusted.pk).values().get() == before
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [entrusted.email]


def test_staff_look_at_them_all_the_same(office, entrusted):
    page = office.get(change(entrusted))
    assert page.status_code == 200
    assert 'name="email"' not in page.content.decode() and entrusted.password not in page.content.decode()


def test_staff_set_no_password_of_somebody_with_rights(office, entrusted):
    for ask in (office.get, office.post):
        given = {"password1": NEW, "password2": NEW, "usable_password": "true"}
        assert ask(password_page(entrusted), given).status_code == 403
    assert User.objects.get(pk=entrusted.pk).check_password("a password of Eve's")


def test_nobody_is_deleted_and_no_group_is_written_here(office, entrusted, workshop):
    for browser in (office, workshop):
        assert browser.post(change(entrusted).replace("change", "delete"), {"post": "yes"}).status_code == 403
        assert browser.get("/admin/auth/group/").status_code == 404
    assert User.objects.filter(pk=entrusted.pk).exists()


def test_staff_close_and_rename_people_without_rights(office, alice):
    assert office.post(change(alice), sent(alice, name="Alice Ash", is_active="", sure="on")).status_code == 302
    alice.refresh_from_db()
    assert (alice.name, alice.is_active) == ("Alice Ash", False)


# Rights over clients


def test_staff_make_nobody_a_lead(office, sam, northfield):
    rows = {"memberships-TOTAL_FORMS": "2", "memberships-INITIAL_FORMS": "1", "memberships-1-user": str(sam.pk)}
    office.post(change(northfield), {**form_of(office.get(change(northfield))), **rows, "memberships-1-role": "lead"})
    assert not Membership.objects.filter(user=sam).exists()


def test_staff_make_nobody_a_consultant_and_open_no_client(office, sam, northfield):
    hart = Consultancy.objects.create(name="Hart")
    rows = {
        "Consultancy_consultants-TOTAL_FORMS": "1", "Consultancy_consultants-INITIAL_FORMS": "0",
        "Consultancy_consultants-0-user": str(sam.pk),
        "engagements-TOTAL_FORMS": "1", "engagements-INITIAL_FORMS": "0",
        "engagements-0-organisation": str(northfield.pk), "engagements-0-since": "2026-01-01",
    }  # fmt: skip
    assert (
        office.post(change(hart), {**form_of(office.get(change(hart))), **rows, "name": "Hart & Co"}).status_code == 302
    )
    assert Consultancy.objects.get().name == "Hart & Co"
    assert not hart.consultants.exists() and not Engagement.objects.exists()


def test_a_superuser_does(workshop, alice, northfield):
    hart = Consultancy.objects.create(name="Hart")
    rows = {"Consultancy_consultants-TOTAL_FORMS": "1", "Consultancy_consultants-0-user": str(alice.pk)}
    workshop.post(change(hart), {**form_of(workshop.get(change(hart))), **rows})
    assert alice in hart.consultants.all()


# Passwords, as the account's own page does


@pytest.fixture
def gina(db):
    gina = User.objects.create_user("gina@northfield.example", "four quiet violet boats", language="de")
    EmailAddress.objects.create(user=gina, email=gina.email, verified=True, primary=True)
    return gina


@pytest.mark.parametrize("by", ["office", "workshop"])
@pytest.mark.parametrize("kind", ["true", "false"])
def test_a_password_set_here_ends_everything_is_noted_and_told(request, by, kind, gina, emails):
    browser, hers = request.getfixturevalue(by), browser_of(gina)
    tokens.make(name="robot", scopes=["results"], by=gina)
    button = {"set-password": ""} if kind == "true" else {"unset-password": ""}
    given = {"password1": NEW, "password2": NEW, "usable_password": kind, **button}
    assert browser.post(password_page(gina), given).status_code == 302
    gina.refresh_from_db()
    assert gina.check_password(NEW) if kind == "true" else not gina.has_usable_password()
    assert not signed_in(hers) and not ApiToken.objects.active().exists()
    verb = "password set" if kind == "true" else "password removed"
    event = AuditEvent.objects.get(verb=verb, object_type="user", object_id=str(gina.pk))
    assert event.actor is not None and event.actor != getattr(getattr(gina, "actor", None), "pk", None)
    (told,) = emails
    assert told.to == [gina.email] and told.subject == "Ihr Passwort wurde gesetzt" and NEW not in told.body


def test_a_refused_password_changes_and_tells_nothing(workshop, gina, emails):
    page = workshop.post(password_page(gina), {"password1": "short", "password2": "short"})
    assert page.status_code == 200 and not emails
    assert not AuditEvent.objects.filter(verb__startswith="password").exists()


def test_an_open_browser_of_staff_is_not_enough(sam, alice):
    sams = browser_of(sam)
    for address in (password_page(alice), "/admin/assessments/user/add/"):
        for ask in (sams.get, sams.post):
            answer = ask(address, {"password1": NEW, "password2": NEW, "email": "x@y.example"})
            assert answer.status_code == 302 and NEW not in str(dict(sams.session)), "what was typed waits nowhere"
    assert sams.get(password_page(alice))["Location"].startswith("/accounts/reauthenticate/")
    assert sams.post(change(alice), sent(alice, name="No"))["Location"].startswith("/accounts/reauthenticate/")
    alice.refresh_from_db()
    assert not alice.has_usable_password() and alice.name == "Alice" and not User.objects.filter(email="x@y.example")


def test_what_waited_goes_on_after_the_password(sam, alice):
    sams = browser_of(sam)
    asked = sams.post(change(alice), sent(alice, name="Alice Ash"))["Location"]
    sams.post(asked, {"password": PASSWORD, "next": change(alice)})
    alice.refresh_from_db()
    assert alice.name == "Alice Ash"


def test_ones_own_password_is_changed_where_everybody_changes_theirs(workshop, dana):
    for address in ("/admin/password_change/", password_page(dana)):
        for ask in (workshop.get, workshop.post):
            assert ask(address, {"new_password1": NEW})["Location"] == "/accounts/password/change/"


def test_the_admin_takes_no_address_and_password(office, dana):
    dana.set_password(NEW)
    dana.save()
    answer = office.post("/admin/login/", {"username": dana.email, "password": NEW})
    assert answer["Location"] == "/admin/"
    assert office.get("/session").json()["person"] != dana.pk
    assert Client().post("/admin/login/", {"username": dana.email})["Location"].startswith("/accounts/login/")


# Addresses: whoever has the address has the password, by a reset


def test_an_address_changed_here_is_told_to_the_old_one_and_has_to_be_proven(office, gina, emails):
    hers = browser_of(gina)
    tokens.make(name="robot", scopes=["results"], by=gina)
    office.post(change(gina), sent(gina, email="gina@lakeside.example"))
    assert not signed_in(hers) and not ApiToken.objects.active().exists()
    (address,) = EmailAddress.objects.filter(user=gina)
    assert (address.email, address.verified, address.primary) == ("gina@lakeside.example", False, True)
    assert AuditEvent.objects.filter(verb="address changed", object_id=str(gina.pk)).count() == 1
    (told,) = emails
    assert told.to == ["gina@northfield.example"] and "lakeside" not in told.body


def test_a_reset_by_the_old_address_opens_nothing_any_more(office, gina):
    office.post(change(gina), sent(gina, email="gina@lakeside.example"))
    Client().post("/accounts/password/reset/", {"email": "gina@northfield.example"})
    assert not any(re.search(r"/reset/key/", email.body) for email in mail.outbox)


# What the account's own pages tell


def test_the_account_tells_of_a_new_password_without_an_address_of_the_network(gina):
    browser = Client()
    browser.post("/accounts/login/", {"login": gina.email, "password": "four quiet violet boats"})
    given = {"oldpassword": "four quiet violet boats", "password1": NEW, "password2": NEW}
    browser.post("/accounts/password/change/", given)
    (told,) = mail.outbox
    assert told.to == [gina.email] and "127.0.0.1" not in told.body

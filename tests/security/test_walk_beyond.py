"""The walk of test_walk.py through the pages of accounts and of the admin: address × method × identity."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin import site
from django.core.cache import cache
from django.urls import get_resolver

from assessments.models import AuditEvent, BankVersion, Question, User
from tests.mailbox import browser_of
from tests.security.test_walk import METHODS, OUTSIDERS, anonymous, consultants, identities, lakes_assessment, walked

__all__ = ["consultants", "identities", "lakes_assessment"]
NOT_STAFF = ("nobody", "participant", "lead", "consultant", *sorted(OUTSIDERS))
SIGNING_IN = {"account_login", "account_signup", "account_reset_password", "account_reset_password_done"}
SIGNING_IN |= {"account_reset_password_from_key", "account_reset_password_from_key_done", "account_request_login_code"}
SIGNING_IN |= {
    "account_inactive",
    "mfa_login_webauthn",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_code_link",  # of a wrong one, everybody learns the same
}
SIGNING_IN |= {"account_logout", "mfa_authenticate"}  # these two lead away who has nothing to end or to confirm
LEAD_OUT = ("admin/logout/", "admin/login/")
ABSENT = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "99999999"}


def addresses(prefix):
    return sorted(
        {(name or "-", route) for name, route in walked(get_resolver().url_patterns) if route.startswith(prefix)}
    )


def row_of(route):
    """The id of a row that is there, of the kind that the route is about."""
    kind = re.match(r"admin/assessments/(\w+)/", route)
    model = next((model for model in site._registry if kind and model._meta.model_name == kind[1]), None)
    row = model and model.objects.first()
    return row and str(row.pk)


def path_of(route, pk):
    """The route with its holes filled."""
    route = re.sub(r"\(\?P<(\w+)>\[0-9A-Za-z\]\+\)-\(\?P<key>\.\+\)", "MQ-wrong", route).replace(
        "(?P<url>.*)", "nowhere"
    )
    route = route.replace("(?P<app_label>assessments)", "assessments").replace("^", "").replace("$", "")
    holes = {
        "pk": pk,
        "object_id": pk,
        "id": pk,
        "edit": "1",
        "key": "vision",
        "language": "de",
        "content_type_id": "1",
    }
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda hole: holes.get(hole[1], "wrong"), route)


@pytest.mark.parametrize("identity", NOT_STAFF)
def test_the_admin_is_shut_and_looks_the_same_whatever_is_behind_it(identity, identities, assessment):
    """To all seven who are not staff: to the front door at each address, whether the row is there or not."""
    browser, before, asked = identities[identity], everything(), 0
    for _name, route in addresses("admin/"):
        there, absent = row_of(route) or "1", ABSENT["uuid" if "-" in (row_of(route) or "") else "int"]
        for method in METHODS:
            found = getattr(browser, method)(path_of(route, there))
            nowhere = getattr(browser, method)(path_of(route, absent)) if "<" in route else found
            assert found.status_code in (302, 403, 404, 405), (route, method)
            assert found.status_code == nowhere.status_code, (route, method)
            assert b"Northfield" not in found.content
            if found.status_code != 302:
                assert anonymous(found, "")[1:] == anonymous(nowhere, "")[1:], (route, method)
            else:  # to the front door, or to an address that is walked itself
                assert found["Location"].startswith(("/accounts/", "/admin/")) or route in LEAD_OUT, (route, method)
            asked += 1
    assert everything() == before
    assert asked > 700


def test_staff_without_rights_find_no_row_of_the_admin(assessment):
    """One who may open the admin, and has been given nothing in it."""
    browser, before = browser_of(User.objects.create_user("new@demo.example", is_staff=True)), everything()
    for _name, route in addresses("admin/assessments/"):
        for method in METHODS:
            answer = getattr(browser, method)(path_of(route, row_of(route) or "1"))
            assert answer.status_code in (302, 403, 404, 405), (route, method)
            assert b"Northfield" not in answer.content
    assert everything() == before


def test_account_pages_are_their_owners(identities):
    """Each address × method × identity: whoever is not signed in gets no further than the pages of signing in."""
    asked, before = 0, everything()
    for name, route in addresses("accounts/"):
        for identity, browser in identities.items():
            for method in METHODS:
                cache.clear()
                if (identity != "nobody" and name == "account_logout") or method == "post":
                    continue  # what a POST does is tested where its form is
                answer = getattr(browser, method)(path_of(route, "1"))
                assert answer.status_code < 500, (route, method, identity)
                if identity == "nobody" and name not in SIGNING_IN:
                    assert answer.status_code in (302, 405), (route, method)
                    assert answer.status_code == 405 or "/accounts/" in answer["Location"]
                asked += 1
    assert everything() == before
    assert asked > 1200


@pytest.mark.parametrize("way", ["edit", "remove"])
def test_a_passkey_of_somebody_else_is_as_absent_as_one_that_is_not_there(way, identities, alice):
    key = Authenticator.objects.create(user=alice, type="webauthn", data={"name": "Key", "credential": {}})
    for identity, browser in identities.items():
        for method in METHODS if identity != "lead" else ():
            found, nowhere = (
                getattr(browser, method)(f"/accounts/2fa/webauthn/keys/{pk}/{way}/") for pk in (key.pk, 99_999_999)
            )
            assert found.status_code == nowhere.status_code, (identity, method)
            assert found.status_code in (302, 403, 404, 405) or method == "options", (identity, method)
    assert Authenticator.objects.filter(pk=key.pk).exists()


def everything():
    """How much there is of what such a page could make or take."""
    return [model.objects.count() for model in (User, Authenticator, AuditEvent, BankVersion, Question)]

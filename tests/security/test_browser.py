"""What every answer tells the browser: run only our code, keep nothing, show us in no frame, tell nobody where from."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings as live
from django.test import Client

from assessments.actions import assessments
from tests.security.test_front_door import CHOSEN
from tests.security.test_sign_in import account
from tests.security.test_walk import addresses, consultants, identities, lakes_assessment, path_of  # noqa: F401 - fixtures

WORKSHOP = [
    "/admin/",
    "/admin/assessments/user/",
    "/admin/assessments/user/add/",
    "/admin/assessments/organisation/",
    "/admin/assessments/auditevent/",
    "/admin/assessments/questionbank/",
]
SIGN_IN = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/login/code/"]
ACCOUNT = ["/accounts/2fa/", "/accounts/email/", "/accounts/password/change/", "/accounts/logout/"]
TIMELESS = {"landing", "method", "privacy", "healthz", "sample_report", "styleguide"}  # the same for everybody


@pytest.fixture
def answers(identities, assessment, alice):  # noqa: F811
    """(address, answer) of every GET as a lead, of the workshop as staff, and of signing in as nobody."""
    assessments.close(assessment=assessment, by=alice)
    found = [
        (path_of(route, pk=assessment.pk), identities["lead"].get(path_of(route, pk=assessment.pk)))
        for name, route in addresses()
        if name not in ("report", "report_file", "sample_report")
    ]
    found += [(address, identities["staff"].get(address)) for address in WORKSHOP]
    found += [(address, identities["nobody"].get(address)) for address in (*SIGN_IN, "/", "/nowhere/", "/privacy/")]
    return found + [(address, identities["lead"].get(address)) for address in ACCOUNT]


def test_every_page_runs_our_own_code_only_and_stands_in_no_frame(answers):
    pages = 0
    for address, answer in answers:
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy and "http:" not in policy and "*" not in policy, address
        for rule in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"):
            assert rule in policy, (address, rule)
        pages += answer["Content-Type"].startswith("text/html")
    assert pages > 40


def test_every_answer_carries_the_other_headers(answers):
    for address, answer in answers:
        assert answer["X-Frame-Options"] == "DENY", address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["Referrer-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert "camera=()" in answer["Permissions-Policy"], address


def test_what_somebody_signed_in_sees_is_stored_nowhere(identities, assessment, alice):  # noqa: F811
    assessments.close(assessment=assessment, by=alice)
    for name, route in addresses():
        answer = identities["lead"].get(path_of(route, pk=assessment.pk))
        if name not in TIMELESS and answer.status_code == 200:
            assert "no-store" in answer["Cache-Control"], name
    for address in ACCOUNT:
        assert "no-store" in identities["lead"].get(address)["Cache-Control"], address
    for address in WORKSHOP:
        assert "no-store" in identities["staff"].get(address)["Cache-Control"], address


def test_pages_carry_no_inline_code(answers):
    for address, answer in answers:
        if answer["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            assert not re.findall(r"<[a-z][^>]*\s(?:on[a-z]+)=", html), address
            for script in re.findall(r"<script(?![^>]*(?:\ssrc=|json))[^>]*>", html):
                assert "nonce=" in script, (address, script)


def test_over_https_the_browser_stays_there(settings, db):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 31_536_000, True
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    assert Client().get("/privacy/", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")
    assert Client().get("/privacy/")["Location"].startswith("https://")


HOSTS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "localhost:80@evil.example",
    "localhost/evil.example",
    "",
    "evil.example:80",
    "localhost evil.example",
    "[::1].evil.example",
    "*",
]


@pytest.mark.parametrize("host", HOSTS)
def test_another_host_name_is_answered_with_400(host, db, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    assert Client().get("/accounts/login/", headers={"host": host}).status_code == 400


def test_a_forwarded_host_is_not_believed(db):
    answer = Client().get("/home/", headers={"x-forwarded-host": "evil.example", "x-host": "evil.example"})
    assert "evil" not in str(answer.headers)
    assert not live.USE_X_FORWARDED_HOST


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("::ffff:127.0.0.1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("192.0.2.7", {"x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1"}, 404),
        ("127.0.0.1", {"x-forwarded-for": "192.0.2.7"}, 404),  # a proxy on this machine, for somebody who is not on it
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}, 404),
        ("", {}, 404),
        ("unix:", {}, 404),
    ],
)
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_the_demonstrations_mail_is_for_its_own_machine(db, settings, tmp_path, peer, headers, status, host):
    settings.DEMO, settings.OUTBOX, settings.ALLOWED_HOSTS = True, tmp_path, live.LOOPBACK
    assert Client(REMOTE_ADDR=peer).get("/demo/outbox", headers={"host": host, **headers}).status_code == status


TARGETS = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "/%09/evil.example",
    "\t//evil.example",
    "javascript:alert(1)//evil",
    "data:text/html,evil",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "/evil\x00",
    "/evil\r\nSet-Cookie: evil=1",
]
WAYS = [
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/signup/",
    "/accounts/reauthenticate/",
    "/accounts/login/code/",
    "/language",
    "/admin/login/",
]


@pytest.mark.parametrize("target", TARGETS)
def test_no_way_leads_to_another_site(target, db):
    account("gina@northfield.example")
    for way in WAYS:
        for browser in (Client(), signed_in_browser()):
            given = {
                "next": target,
                "login": "gina@northfield.example",
                "password": CHOSEN,
                "email": "x@y.example",
                "name": "X",
            }
            for answer in (browser.get(way, {"next": target}), browser.post(way, given)):
                location = answer.headers.get("Location", "/")
                assert location.startswith("/") and not location.startswith(("//", "/\\")), (way, location)
                assert urlsplit(location).netloc == "" and "\t" not in location, (way, location)


def signed_in_browser():
    browser = Client()
    browser.post("/accounts/login/", {"login": "gina@northfield.example", "password": CHOSEN})
    return browser

"""Each error page says what was kept and what to do, is really reached, and the worst of them needs nothing but itself."""

import pytest
from django.conf import settings
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

STANDALONE = ["400", "500", "503"]
FRAMED = ["403", "403_csrf", "404", "413", "429", "refused"]
KEPT = ("kept", "saved", "nothing was changed", "unchanged")


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("name", STANDALONE)
def test_page_renders_without_any_context(name):
    html = render_to_string(f"{name}.html")
    assert html.count("<h1>") == 1


@pytest.mark.parametrize("name", FRAMED)
def test_page_renders_in_the_frame(name):
    html = render_to_string(f"{name}.html", request=RequestFactory().get("/"))
    assert html.count("<h1>") == 1
    assert 'class="masthead"' in html


@pytest.mark.parametrize("name", [*STANDALONE, *FRAMED])
def test_page_says_what_was_kept_and_offers_a_way_on(name):
    html = render_to_string(f"{name}.html", request=RequestFactory().get("/"))
    main = html[html.index("<main") : html.index("</main>")]
    assert any(word in main for word in KEPT)
    assert 'class="actions"' in main or "keep that page open" in main


@pytest.mark.django_db
def test_unknown_address_offers_a_way_on():
    response = Client().get("/no-such-page/")
    assert response.status_code == 404
    assert "Nothing you saved is lost" in response.content.decode()


@pytest.mark.django_db
def test_forged_form_gets_our_page():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()


def test_foreign_host_is_a_bad_request(browser):
    response = browser.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "We could not read that request" in response.content.decode()


@pytest.mark.django_db
def test_body_over_the_limit_is_too_long():
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.get("/accounts/login/")
    body = "login=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    response = browser.post("/accounts/login/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "That is too long to save" in response.content.decode()


@pytest.mark.django_db
def test_more_fields_than_any_form_has_are_too_many(browser):
    response = browser.post("/accounts/login/", {f"f{number}": "" for number in range(2000)})
    assert response.status_code == 413


@pytest.mark.django_db
def test_many_attempts_are_too_many(browser):
    """The product's own limits: nobody may have somebody else's mailbox filled."""
    for _attempt in range(40):
        response = browser.post("/accounts/password/reset/", {"email": "eve@x.example"})
        if response.status_code == 429:
            break
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()


def test_page_without_a_database_says_when_to_come_back(browser, monkeypatch):
    """No database fixture: whatever asks it fails, as it does when the server is away."""

    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
    response = browser.post("/accounts/login/", {"login": "eve@x.example", "password": "guess"})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "Everything that you saved is kept" in response.content.decode()


def test_fault_of_ours_admits_it(browser, monkeypatch):
    monkeypatch.setattr("assessments.views.landing.sample.bank_in", lambda _language: 1 / 0)
    response = browser.get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()

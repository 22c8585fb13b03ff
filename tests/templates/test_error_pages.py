"""Each error page says what was kept and what to do, and the worst of them needs nothing but itself."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

STANDALONE = ["400", "500", "503"]
FRAMED = ["403", "403_csrf", "404", "413", "429"]


@pytest.mark.parametrize("name", STANDALONE)
def test_page_renders_without_any_context(name):
    html = render_to_string(f"{name}.html")
    assert html.count("<h1>") == 1
    assert "kept" in html or "saved" in html


@pytest.mark.parametrize("name", FRAMED)
def test_page_renders_in_the_frame(name):
    request = RequestFactory().get("/")
    html = render_to_string(f"{name}.html", request=request)
    assert html.count("<h1>") == 1
    assert 'class="masthead"' in html


@pytest.mark.django_db
def test_unknown_address_offers_a_way_on():
    response = Client().get("/no-such-page/")
    assert response.status_code == 404
    assert "Nothing that you saved is lost" in response.content.decode()


@pytest.mark.django_db
def test_forged_form_gets_our_page():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()

"""The front door: what it promises is what is behind it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from assessments.demo import sample


@pytest.fixture(autouse=True)
def nothing_known():
    cache.clear()
    sample.sample_report.cache_clear()


@pytest.fixture
def page(client, db):
    def page():
        return client.get(reverse("landing")).content.decode()

    return page


def test_one_primary_button(page):
    main = page().partition("<main")[2].partition("</main>")[0]
    assert main.count('class="button"') == 1


@pytest.mark.parametrize(
    "promise", ["About 40 minutes", "56 in 8 sections", "Each answer is saved", "Confidential by default"]
)
def test_promise_stands_beside_the_button(page, promise):
    assert promise in page()


def test_report_is_named_by_pages_and_size_once_it_was_made(client, page):
    assert "A PDF for the board" in page()
    response = client.get(reverse("sample_report"))
    assert response.content.startswith(b"%PDF-")
    facts = sample.report_facts("en")
    assert facts.size == len(response.content)
    assert f"PDF, {facts.pages} pages, {round(facts.size / 1000)} KB" in page()


def test_whoever_is_signed_in_goes_home_instead(client, alice, page):
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    assert "Go to your assessments" in page()
    assert "Start assessment" not in page()

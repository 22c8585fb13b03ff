"""By the button to an organisation's own provider and back, in a real browser, under the policy of our pages."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.site import Site
from tests.security.provider import Provider, provider_address  # noqa: F401 - a fixture


@pytest.fixture
def guarded(site, provider_address):  # noqa: F811
    """The same site with a provider."""
    names = {"OIDC_NAME": "Northfield ID", "OIDC_CLIENT_ID": "maturity", "OIDC_DOMAINS": "northfield.example"}
    guarded = Site(site.database, OIDC_SERVER=provider_address, **names)
    guarded.start()
    yield guarded
    guarded.kill()


def test_there_and_back(tab, cast, guarded, provider_address):  # noqa: F811
    Provider(provider_address).knows(sub=cast.bob.email, email=cast.bob.email)
    page = tab(size=PHONE)
    page.goto(f"{guarded.url}/assessments/{cast.assessment.pk}/")
    page.get_by_role("link", name="Sign in with Northfield ID").click()
    page.wait_for_url(f"{provider_address}/**")
    page.locator("[name=sub]").first.fill(cast.bob.email)
    page.locator("[name=sub]").first.press("Enter")
    expect(page).to_have_url(f"{guarded.url}/assessments/{cast.assessment.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your assessment")

"""An identity provider that is not ours, and a person's browser that goes there and back."""

from urllib.parse import parse_qs, quote, urlsplit

import oidc_provider_mock
import pytest
import requests
from django.test import Client

BEGIN, BACK = "/sign-in/provider", "/sign-in/provider/answer"
GINA = "gina@northfield.example"


@pytest.fixture(scope="session")
def provider_address():
    with oidc_provider_mock.run_server_in_thread() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "localhost")
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def provider(provider_address, settings):
    """The site trusts it with Northfield's addresses."""
    settings.OIDC_SERVER, settings.OIDC_NAME = provider_address, "Northfield ID"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "maturity", "a secret"
    settings.OIDC_DOMAINS = ["northfield.example"]
    return Provider(provider_address)


class Provider:
    """`knows` sets what it says of somebody; a claim such as `exp` also stands in its signed token."""

    def __init__(self, address):
        self.address = address

    def knows(self, sub="gina-1", **claims):
        said = {"email": GINA, "email_verified": True} | claims
        said = {name: value for name, value in said.items() if value is not None}
        assert requests.put(f"{self.address}/users/{quote(sub)}", json=said, timeout=60).status_code == 204

    def lets_in(self, address, sub="gina-1", **form):
        """What the browser is sent back with, after signing in there."""
        reply = requests.post(address, data={"sub": sub, **form}, allow_redirects=False, timeout=60)
        assert reply.status_code == 302, reply.text
        return reply.headers["Location"]

    def signs_in(self, browser=None, sub="gina-1", next_url=""):
        """The whole way; the browser, and what it was answered in the end."""
        browser = browser or Client()
        address = browser.get(BEGIN, {"next": next_url} if next_url else None)["Location"]
        back = urlsplit(self.lets_in(address, sub))
        assert back.path == BACK
        return browser, browser.get(f"{back.path}?{back.query}")


def asked(address):
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

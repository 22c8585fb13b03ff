"""Signing in with an organisation's own provider: a whole way there and back, and everything that is refused on it."""

import base64
import hmac
import io
import json
import logging
import time
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from requests.adapters import HTTPAdapter

from assessments.models import AuditEvent, Consultancy, User
from maturity.accounts.openid import Adapter
from tests.security.provider import BACK, BEGIN, GINA, asked, provider, provider_address  # noqa: F401 - fixtures
from tests.security.test_front_door import signed_in
from tests.security.test_sign_in import SECRET, account, code
from tests.views.reauthentication import confirmed


@pytest.fixture(autouse=True)
def untouched_limits(db):
    cache.clear()


@pytest.fixture
def gina(db):
    return account(GINA)


def page_of(answer):
    assert answer.status_code in (403, 503) and answer["Cache-Control"].count("no-store")
    html = answer.content.decode()
    assert "You are not signed in" in html and 'class="masthead"' in html
    return html


# The way there and back


def test_a_person_signs_in_by_the_button(provider, gina):  # noqa: F811
    provider.knows()
    html = Client().get("/accounts/login/").content.decode()
    assert html.count("Sign in with Northfield ID") == 1 and f'href="{BEGIN}"' in html
    browser, answer = provider.signs_in()
    assert answer["Location"] == "/home/"
    assert signed_in(browser)
    assert browser.get("/session").json()["person"] == gina.pk


def test_they_come_to_where_they_wanted_to_go(provider, gina):  # noqa: F811
    provider.knows()
    html = Client().get("/accounts/login/?next=/portfolio/%3Fq%3Da%26b").content.decode()
    assert f'href="{BEGIN}?next=%2Fportfolio%2F%3Fq%3Da%26b"' in html
    assert provider.signs_in(next_url="/portfolio/")[1]["Location"] == "/portfolio/"


def test_nobody_is_led_to_another_site(provider, gina):  # noqa: F811
    provider.knows()
    assert provider.signs_in(next_url="https://evil.example/")[1]["Location"] == "/home/"


def test_the_request_carries_state_nonce_and_pkce_and_asks_for_little(provider):  # noqa: F811
    one, other = (asked(Client().get(BEGIN)["Location"]) for _visit in range(2))
    assert one["code_challenge_method"] == "S256" and one["response_type"] == "code"
    assert set(one["scope"].split()) == {"openid", "email"}
    for secret in ("state", "nonce", "code_challenge"):
        assert len(one[secret]) >= 16 and one[secret] != other[secret], secret
    dictated = asked(
        Client().get(BEGIN, {"scope": "admin", "auth_params": "prompt=none", "process": "connect"})["Location"]
    )
    assert set(dictated["scope"].split()) == {"openid", "email"} and "prompt" not in dictated


def test_the_session_key_changes(provider, gina):  # noqa: F811
    provider.knows()
    browser = Client()
    address = browser.get(BEGIN)["Location"]
    before = browser.cookies["sessionid"].value
    back = urlsplit(provider.lets_in(address))
    browser.get(f"{back.path}?{back.query}")
    assert browser.cookies["sessionid"].value not in ("", before)


def test_what_is_kept_is_the_providers_id_of_the_person_alone(provider, gina):  # noqa: F811
    provider.knows(name="Gina Grey", phone_number="12345")
    for _time in range(2):
        provider.signs_in()
    link = SocialAccount.objects.get()
    assert (link.user, link.uid, link.provider, link.extra_data) == (gina, "gina-1", provider.address, {})
    assert not SocialToken.objects.exists()
    verbs = list(AuditEvent.objects.filter(object_type="user").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["provider connected", "signed in", "signed in"]


def test_they_are_known_again_when_the_provider_names_another_address(provider, gina):  # noqa: F811
    provider.knows()
    provider.signs_in()
    provider.knows(email="gina.married@northfield.example", email_verified=False)
    assert signed_in(provider.signs_in()[0])


# Whose word counts for whom


@pytest.mark.parametrize("said", [False, None, "false", "yes", 0])
def test_an_address_that_the_provider_has_not_verified_opens_nothing(provider, gina, said):  # noqa: F811
    provider.knows(sub="unverified", email_verified=said)
    browser, answer = provider.signs_in(sub="unverified")
    html = page_of(answer)
    assert "did not confirm" in html and f'href="{BEGIN}"' not in html, "trying again would help nobody"
    assert not signed_in(browser) and not SocialAccount.objects.exists()


def test_a_silent_provider_is_believed_where_the_operator_says_so(provider, gina, settings):  # noqa: F811
    settings.OIDC_ADDRESSES_PROVEN = True
    provider.knows(sub="silent", email_verified=None)
    assert signed_in(provider.signs_in(sub="silent")[0])
    provider.knows(sub="denied", email_verified=False)
    assert "did not confirm" in page_of(provider.signs_in(sub="denied")[1])


def test_a_provider_without_addresses_opens_nothing(provider, gina):  # noqa: F811
    provider.knows(sub="nameless", email=None)
    assert "did not confirm" in page_of(provider.signs_in(sub="nameless")[1])


@pytest.mark.parametrize(
    "email", ["charlie@lakeside.example", "x@sub.northfield.example", "x@northfield.example.evil.example"]
)
def test_a_provider_has_no_say_over_other_domains(provider, email):  # noqa: F811
    account(email)
    provider.knows(sub="outside", email=email)
    browser, answer = provider.signs_in(sub="outside")
    assert "did not confirm" in page_of(answer)
    assert not signed_in(browser)


def test_nor_over_another_address_of_somebody_of_its_own(provider, gina):  # noqa: F811
    EmailAddress.objects.create(user=gina, email="gina@elsewhere.example", verified=True)
    provider.knows(sub="outside", email="gina@elsewhere.example")
    assert "did not confirm" in page_of(provider.signs_in(sub="outside")[1])


def test_nobody_gets_an_account_by_it(provider, db):  # noqa: F811
    provider.knows()
    browser, answer = provider.signs_in()
    assert "no account here yet" in page_of(answer)
    assert not signed_in(browser) and not User.objects.exists() and not SocialAccount.objects.exists()


def test_an_account_whose_address_nobody_has_proven_stays_closed(provider, db):  # noqa: F811
    """Somebody may have begun to register gina's address with a password of their own."""
    user = User.objects.create_user(GINA, "four quiet violet boats")
    EmailAddress.objects.create(user=user, email=GINA, verified=False, primary=True)
    provider.knows()
    browser, answer = provider.signs_in()
    assert "no account here yet" in page_of(answer)
    assert not signed_in(browser)


def test_an_address_that_was_given_to_another_person_does_not_open_the_first_ones_account(provider, gina):  # noqa: F811
    provider.knows()
    provider.signs_in()
    provider.knows(sub="gina-2")
    browser, answer = provider.signs_in(sub="gina-2")
    assert "connected to a different identity" in page_of(answer)
    assert not signed_in(browser)


def test_staff_can_let_the_new_one_in(provider, gina):  # noqa: F811
    provider.knows()
    before, _answer = provider.signs_in()
    admin = account("admin@demo.example", is_staff=True, is_superuser=True)
    office = confirmed(admin)
    page = f"/admin/assessments/user/{gina.pk}/change/"
    assert "Disconnect this person" in office.get(page).content.decode()
    office.post(page, {"email": GINA, "name": "", "is_active": "on", "forget_provider": "on"})
    assert not signed_in(before)
    provider.knows(sub="gina-2")
    assert signed_in(provider.signs_in(sub="gina-2")[0])


def test_whoever_has_moved_to_another_address_is_out_of_the_providers_reach(provider, gina):  # noqa: F811
    provider.knows()
    provider.signs_in()
    EmailAddress.objects.update(email="gina@elsewhere.example")
    browser, answer = provider.signs_in()
    assert "did not confirm" in page_of(answer)
    assert not signed_in(browser)


def test_a_closed_account_stays_closed(provider, gina):  # noqa: F811
    User.objects.update(is_active=False)
    provider.knows()
    browser, _answer = provider.signs_in()
    assert not signed_in(browser)


def test_another_provider_has_other_ids(provider, gina, settings):  # noqa: F811
    SocialAccount.objects.create(user=account("other@northfield.example"), provider="https://old.example", uid="gina-1")
    provider.knows()
    browser, _answer = provider.signs_in()
    assert browser.get("/session").json()["person"] == gina.pk


# Answers that were tampered with


@pytest.mark.parametrize(
    ("claim", "value", "cause"),
    [
        ("aud", "another-site", "Audience"),
        ("exp", 1_700_000_000, "expired"),
        ("iss", "https://evil.example", "issuer"),
        ("nonce", "another", "nonce"),
        ("azp", "another-site", "another site"),
    ],
)
def test_a_token_that_was_not_meant_for_this_moment_and_site_is_refused(provider, gina, claim, value, cause, caplog):  # noqa: F811
    provider.knows(sub=f"forged-{claim}", **{claim: value})
    with caplog.at_level(logging.WARNING, "maturity.accounts.provider"):
        browser, answer = provider.signs_in(sub=f"forged-{claim}")
    assert "could not be used" in page_of(answer)
    assert cause.lower() in caplog.text.lower()
    assert not signed_in(browser) and not SocialAccount.objects.exists()


@pytest.fixture
def altered(monkeypatch):
    """Has the provider sign a token whose head and claims were changed by the given functions."""

    def alter(claims=lambda claims: claims, head=lambda head: head):
        sign = jwt.encode
        monkeypatch.setattr(jwt, "encode", lambda top, said, *rest: sign(head(top), claims(said), *rest))

    return alter


@pytest.mark.parametrize("claim", ["iss", "sub", "aud", "exp", "iat", "nonce"])
def test_a_token_without_a_claim_is_refused(provider, gina, altered, claim, caplog):  # noqa: F811
    altered(lambda said: {name: value for name, value in said.items() if name != claim})
    provider.knows()
    browser, answer = provider.signs_in()
    assert "could not be used" in page_of(answer) and f"MissingRequiredClaimError('{claim}')" in caplog.text
    assert not signed_in(browser) and not SocialAccount.objects.exists()


MINUTE = 60


@pytest.mark.parametrize(
    ("claims", "opens"),
    [
        ({"iat": lambda now: now + MINUTE // 2}, True),  # clocks differ
        ({"iat": lambda now: now + 5 * MINUTE}, False),
        ({"iat": lambda now: "yesterday"}, False),
        ({"nbf": lambda now: now + 5 * MINUTE}, False),
        ({"exp": lambda now: now - MINUTE // 2}, True),
        ({"exp": lambda now: now - 5 * MINUTE}, False),
        ({"exp": lambda now: None}, False),
        ({"exp": lambda now: "never"}, False),
        ({"aud": lambda now: ["maturity"]}, True),
        ({"aud": lambda now: ["maturity", "another-site"]}, False),
        ({"aud": lambda now: ["maturity", "another-site"], "azp": lambda now: "maturity"}, True),
        ({"aud": lambda now: ["maturity", "another-site"], "azp": lambda now: "another-site"}, False),
        ({"aud": lambda now: []}, False),
    ],
)
def test_a_token_is_of_this_moment_and_for_this_site(provider, gina, altered, claims, opens):  # noqa: F811
    now = int(time.time())
    altered(lambda said: {**said, **{name: value(now) for name, value in claims.items()}})
    provider.knows()
    browser, _answer = provider.signs_in()
    assert signed_in(browser) is opens


def test_a_token_signed_by_somebody_else_is_refused(provider, gina, monkeypatch, caplog):  # noqa: F811
    (real,) = requests.get(f"{provider.address}/jwks", timeout=60).json()["keys"]
    forged = KeySet([RSAKey.generate_key(parameters={"kid": real["kid"]})])
    monkeypatch.setattr("oidc_provider_mock._app.OpenIDCode.resolve_client_private_key", lambda *_who: forged)
    provider.knows()
    browser, answer = provider.signs_in()
    assert "could not be used" in page_of(answer) and "Signature" in caplog.text
    assert not signed_in(browser)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_that_nobody_or_the_public_key_signed_is_refused(provider, gina, monkeypatch, caplog, algorithm):  # noqa: F811
    """Whoever can read the provider's public key must not be able to sign with it."""
    public = requests.get(f"{provider.address}/jwks", timeout=60).json()["keys"][0]
    real = Adapter.get_access_token_data

    def forged(self, *given, **more):
        data = real(self, *given, **more)
        said = data["id_token"].split(".")[1]
        head = encoded(json.dumps({"alg": algorithm, "kid": public["kid"]}).encode())
        key = RSAKey.import_key(public).as_pem(private=False)
        signature = hmac.digest(key, f"{head}.{said}".encode(), "sha256") if algorithm == "HS256" else b""
        return {**data, "id_token": f"{head}.{said}.{encoded(signature)}"}

    monkeypatch.setattr(Adapter, "get_access_token_data", forged)
    provider.knows()
    browser, answer = provider.signs_in()
    assert "could not be used" in page_of(answer) and "Not signed by the provider" in caplog.text
    assert not signed_in(browser)


def encoded(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def test_details_of_another_person_are_refused(provider, gina, monkeypatch, caplog):  # noqa: F811
    monkeypatch.setattr(
        "maturity.accounts.openid.Adapter._fetch_user_info",
        lambda *_: {"sub": "x", "email": GINA, "email_verified": True},
    )
    provider.knows()
    browser, answer = provider.signs_in()
    assert "could not be used" in page_of(answer) and "Two people" in caplog.text
    assert not signed_in(browser)


def test_a_wrong_state_is_refused(provider, gina):  # noqa: F811
    provider.knows()
    browser = Client()
    back = asked(provider.lets_in(browser.get(BEGIN)["Location"]))
    for state in ("", "wrong", back["state"][::-1]):
        assert "could not be used" in page_of(browser.get(BACK, {"code": back["code"], "state": state}))
    assert not signed_in(browser)


def test_an_answer_works_once_and_in_its_own_browser_alone(provider, gina):  # noqa: F811
    provider.knows()
    browser, stranger = Client(), Client()
    stranger.get(BEGIN)
    back = asked(provider.lets_in(browser.get(BEGIN)["Location"]))
    assert "could not be used" in page_of(stranger.get(BACK, back))
    browser.get(BACK, back)
    assert signed_in(browser) and not signed_in(stranger)
    browser.post("/accounts/logout/")
    assert "could not be used" in page_of(browser.get(BACK, back))


def test_whoever_changes_their_mind_comes_back_calmly(provider, gina):  # noqa: F811
    browser = Client()
    back = asked(provider.lets_in(browser.get(BEGIN)["Location"], action="deny"))
    html = page_of(browser.get(BACK, back))
    assert "without signing in" in html and f'href="{BEGIN}"' in html


@pytest.mark.parametrize("address", ["http://localhost:9", "http://localhost:9/.well-known/x"])
def test_a_provider_that_does_not_answer_is_no_fault_of_ours(provider, settings, address):  # noqa: F811
    settings.OIDC_SERVER = address
    for page in (BEGIN, f"{BACK}?code=1&state=2"):
        answer = Client().get(page)
        assert page_of(answer)
        assert answer.status_code == (503 if page == BEGIN else 403)


def test_a_provider_that_falls_silent_on_the_way_is_none_either(provider, gina, settings):  # noqa: F811
    provider.knows()
    browser = Client()
    back = asked(provider.lets_in(browser.get(BEGIN)["Location"]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("requests.Session.send", lambda *_a, **_k: (_ for _ in ()).throw(requests.ConnectTimeout()))
        answer = browser.get(BACK, back)
    assert answer.status_code == 503 and "is not responding" in page_of(answer)


@pytest.mark.parametrize("address", [".well-known/openid-configuration", "oauth2/token", "userinfo", "jwks"])
def test_a_provider_that_leads_elsewhere_has_not_answered(provider, gina, monkeypatch, caplog, address):  # noqa: F811
    """Not even to where the right answer would be."""
    provider.knows()
    send = HTTPAdapter.send

    def moved(adapter, request, **options):
        if urlsplit(request.url).path.strip("/") != address or urlsplit(request.url).query:
            return send(adapter, request, **options)
        away = requests.Response()
        away.status_code, away.request, away.url, away.raw = 307, request, request.url, io.BytesIO()
        away.headers["Location"] = f"{request.url}?moved"
        return away

    browser = Client()
    back = asked(provider.lets_in(browser.get(BEGIN)["Location"]))
    monkeypatch.setattr(HTTPAdapter, "send", moved)
    assert page_of(browser.get(BACK, back))
    assert "TooManyRedirects" in caplog.text and not signed_in(browser)


def test_a_provider_that_calls_itself_another_is_not_spoken_with(provider, monkeypatch, caplog):  # noqa: F811
    said = property(lambda _adapter: {"issuer": "https://evil.example", "token_endpoint": "https://evil.example/token"})
    monkeypatch.setattr(
        "allauth.socialaccount.providers.openid_connect.views.OpenIDConnectOAuth2Adapter.openid_config", said
    )
    answer = Client().get(BEGIN)
    assert answer.status_code == 503 and "calls itself" in caplog.text


def test_asking_is_limited(provider):  # noqa: F811
    answers = {Client().get(BACK).status_code for _visit in range(61)}
    assert answers == {403, 429}


# A second factor


def test_a_second_factor_is_still_asked_for(provider, gina):  # noqa: F811
    TOTP.activate(gina, SECRET)
    provider.knows()
    browser, answer = provider.signs_in()
    assert answer["Location"].startswith("/accounts/2fa/authenticate/") and not signed_in(browser)
    browser.post("/accounts/2fa/authenticate/", {"code": code()})
    assert signed_in(browser)


def test_a_consultant_sets_one_up_unless_the_provider_asks_for_it(provider, gina, settings):  # noqa: F811
    Consultancy.objects.create(name="Hart Advisory").consultants.add(gina)
    settings.SECOND_FACTOR_REQUIRED = True
    provider.knows()
    assert provider.signs_in()[0].get("/portfolio/")["Location"] == "/accounts/2fa/"
    settings.OIDC_SECOND_FACTOR = True
    assert provider.signs_in()[0].get("/portfolio/").status_code == 200
    TOTP.activate(gina, SECRET)
    assert signed_in(provider.signs_in()[0])


def test_the_providers_second_factor_does_not_spare_it_a_password(provider, gina, settings):  # noqa: F811
    settings.OIDC_SECOND_FACTOR = True
    TOTP.activate(gina, SECRET)
    browser = Client()
    browser.post("/accounts/login/", {"login": GINA, "password": "four quiet violet boats"})
    assert not signed_in(browser)


# Without a provider


def test_nothing_shows_where_none_is_set(db):
    assert "/sign-in/" not in Client().get("/accounts/login/").content.decode()
    office = Client()
    office.force_login(
        User.objects.create_superuser("admin@demo.example"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    assert (
        "forget_provider" not in office.get(f"/admin/assessments/user/{User.objects.get().pk}/change/").content.decode()
    )
    assert {Client().get(page).status_code for page in (BEGIN, BACK)} == {404}


@pytest.mark.parametrize("name", ["connections", "signup", "login_cancelled", "login_error"])
def test_the_librarys_own_pages_about_providers_are_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"socialaccount_{name}")

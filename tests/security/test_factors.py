"""What opens an account beside a password: seeds of second factors sealed in the database, and who may give it a first key."""

import json
from types import SimpleNamespace

import pytest
from allauth.account import app_settings as allauth
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from assessments import encryption
from assessments.operations import totp_encryption
from maturity import settings as site
from tests.security.test_front_door import code_in, signed_in
from tests.security.test_sign_in import PASSWORD, SECRET, code, enters_password, gina, protected, untouched_limits

__all__ = ["gina", "protected", "untouched_limits"]


@pytest.fixture(autouse=True)
def one_moment(monkeypatch):
    """No code ends while a slow machine types it."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: 1_800_000_000))


def kept():
    """All that the database holds of second factors, as text."""
    return json.dumps(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))


def comes_in(user, answer):
    browser = enters_password(user)
    browser.post("/accounts/2fa/authenticate/", {"code": answer})
    return signed_in(browser)


def test_no_seed_can_be_read_in_the_database(protected):
    codes = RecoveryCodes.activate(protected)
    seed = totp_encryption.decrypt(codes.instance.data["seed"])
    assert SECRET not in kept() and seed not in kept() and len(seed) == 80
    assert comes_in(protected, codes.get_unused_codes()[0]) and comes_in(protected, code())


def test_seeds_from_before_are_read_and_sealed(gina):
    Authenticator.objects.create(user=gina, type="totp", data={"secret": SECRET})
    Authenticator.objects.create(user=gina, type="recovery_codes", data={"seed": "ab" * 40, "used_mask": 1})
    before = RecoveryCodes.activate(gina).get_unused_codes()
    assert totp_encryption.reencrypt() == 2
    assert SECRET not in kept() and "abab" not in kept()
    assert RecoveryCodes.activate(gina).get_unused_codes() == before
    assert comes_in(gina, code())
    assert totp_encryption.reencrypt() == 0


def test_a_key_may_go_once_seeds_are_sealed_anew(protected, settings):
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of the site", [old]
    assert totp_encryption.decrypt(Authenticator.objects.get().data["secret"]) == SECRET
    assert totp_encryption.reencrypt() == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert totp_encryption.decrypt(Authenticator.objects.get().data["secret"]) == SECRET
    assert comes_in(protected, code())


def test_without_its_key_a_factor_lets_nobody_in_and_can_be_replaced(protected, settings, caplog):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of the site", []
    assert not comes_in(protected, code())
    assert "SECRET_KEY was changed without SECRET_KEY_FALLBACKS" in caplog.text
    before = kept()
    assert totp_encryption.reencrypt() == 0 and kept() == before
    with pytest.raises(encryption.UnreadableError):
        totp_encryption.decrypt(Authenticator.objects.get().data["secret"])
    Authenticator.objects.all().delete()
    TOTP.activate(protected, SECRET)
    assert comes_in(protected, code())


def test_the_clock_seals_anew(gina):
    Authenticator.objects.create(user=gina, type="totp", data={"secret": SECRET})
    call_command("run_due", verbosity=0)
    assert SECRET not in kept()


# Codes, and an account's first key


def test_codes_end_within_ten_minutes():
    timeouts = (allauth.LOGIN_BY_CODE_TIMEOUT, allauth.EMAIL_VERIFICATION_BY_CODE_TIMEOUT)
    assert max(timeouts) <= 600 and mfa.TOTP_PERIOD <= 30


def test_a_crowd_makes_the_site_forget_neither_guesses_nor_codes(protected, settings):
    """What hundreds of others do in the same minutes is kept beside them."""
    settings.CACHES = site.CACHES
    cache.clear()
    used = code()
    assert comes_in(protected, used)
    for _guess in range(5):
        enters_password(protected, "wrong")
    for number in range(350):
        cache.set(f"zz-{number}", 1)  # culled from the beginning of the alphabet on
    assert not TOTP(Authenticator.objects.get()).validate_code(used)
    assert not comes_in(protected, code())


FIRST_KEYS = {
    "/accounts/password/set/": {"password1": PASSWORD, "password2": PASSWORD},
    "/accounts/2fa/totp/activate/": {"code": "123456"},
    "/accounts/2fa/webauthn/add/": {"name": "Key", "credential": "{}"},
}


@pytest.mark.parametrize("address", FIRST_KEYS)
def test_an_open_browser_is_not_enough_to_give_an_account_its_first_key(gina, address):
    """Of somebody who has neither password nor factor, and signed in by a mailed code an hour ago."""
    gina.set_unusable_password()
    gina.save()
    browser = Client()
    browser.post("/accounts/login/code/", {"email": gina.email})
    browser.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert browser.get(address).status_code == 200
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] -= 3600
    session.save()
    answer = browser.post(address, FIRST_KEYS[address])
    assert answer["Location"].startswith("/accounts/login/") and not signed_in(browser)
    gina.refresh_from_db()
    assert not gina.has_usable_password() and not Authenticator.objects.exists()

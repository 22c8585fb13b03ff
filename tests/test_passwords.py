"""Passwords that are refused: those appeared in a data breach (asked by five digits of the hash), and words that are tried here."""

import hashlib

import pytest
import requests
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError

from assessments.models import Consultancy
from maturity.accounts.passwords import BreachedPasswordValidator, OwnWordsValidator

PASSWORD = "four quiet violet boats"
DIGITS = hashlib.sha1(PASSWORD.encode()).hexdigest().upper()


@pytest.fixture
def asked(settings, monkeypatch):
    """The requests that would have left, and `said`, what comes back."""
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": "maturity.accounts.passwords.BreachedPasswordValidator"}]
    asked = Asked()
    monkeypatch.setattr("requests.Session.send", asked.send)
    return asked


class Asked:
    def __init__(self):
        self.sent, self.said, self.problem = [], "", None

    def send(self, request, **options):
        self.sent.append((request, options))
        if self.problem:
            raise self.problem
        response = requests.Response()
        response.status_code, response._content, response.encoding = 200, self.said.encode(), "utf-8"
        return response


def test_a_known_password_is_refused_in_our_words(asked):
    asked.said = f"0018A45C4D1DEF81644B54AB7F969B88D65:3\r\n{DIGITS[5:]}:1,204\r\n"
    with pytest.raises(ValidationError, match="appeared in a data breach"):
        validate_password(PASSWORD)


def test_five_digits_leave_and_nothing_else_of_it(asked):
    asked.said = "0018A45C4D1DEF81644B54AB7F969B88D65:3"
    validate_password(PASSWORD)
    ((request, options),) = asked.sent
    assert request.url == f"https://api.pwnedpasswords.com/range/{DIGITS[:5]}"
    assert request.body is None and DIGITS[5:] not in str(request.headers)
    assert options["timeout"] <= 2


@pytest.mark.parametrize("problem", [requests.ConnectTimeout(), requests.ConnectionError(), None])
def test_where_no_answer_comes_the_password_is_taken(asked, problem, caplog):
    asked.problem, asked.said = problem, "<html>not what was asked for: at all</html>"
    validate_password(PASSWORD)
    assert "could not be asked for" in caplog.text and PASSWORD not in caplog.text and DIGITS[:5] not in caplog.text


def test_without_the_operators_wish_nobody_is_asked():
    assert not [each for each in get_default_password_validators() if isinstance(each, BreachedPasswordValidator)]


# Words that anybody here would try


@pytest.mark.parametrize(
    "password", ["AI-leadership-2026!", "maturity.maturity", "Passwort-Reife-1", "FührungFührung7"]
)
def test_a_password_of_our_words_is_refused(password):
    with pytest.raises(ValidationError, match="mostly made of words that are easy to guess here"):
        OwnWordsValidator().validate(password)


@pytest.mark.parametrize(
    "password", [PASSWORD, "7h-9Kd!2-04-5-(+)", "leadership of eleven wet owls", "repaid sailmakers"]
)
def test_others_are_taken(password):
    OwnWordsValidator().validate(password)


def test_the_name_of_ones_own_organisation_is_refused(assessment, alice, bob, charlie):
    for user in (alice, bob):  # who leads it, who takes part
        with pytest.raises(ValidationError):
            OwnWordsValidator().validate("Northfield-2026", user)
    OwnWordsValidator().validate("Northfield-2026", charlie)
    Consultancy.objects.create(name="Hart Advisory").consultants.add(charlie)
    with pytest.raises(ValidationError):
        OwnWordsValidator().validate("advisory+hart-1", charlie)


def test_the_site_asks_for_them():
    assert [each for each in get_default_password_validators() if isinstance(each, OwnWordsValidator)]

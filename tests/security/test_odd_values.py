"""What nobody types and somebody sends: each gets a sentence, none an answer of 500."""

import json
from urllib.parse import quote_from_bytes

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from assessments.actions import tokens
from assessments.models import EXPORT_LASTS, Export, User, Vote
from tests.mailbox import browser_of
from tests.views.room import Room, text

DIGITS = "1" * 5000
ODD_NUMBERS = ["²", "Ⅷ", "٣", DIGITS, "-1", "99999999999999999999", "1e9", "\0", ""]


@pytest.fixture
def staff(db):
    return browser_of(User.objects.create_superuser("admin@demo.example"))


@pytest.mark.parametrize("back", ["foo", "foo:bar", "\0", "/\0", "/a\r\nb", "?", "#", "/" + "x" * 5000, "//[", "/%00"])
def test_a_language_leads_back_to_a_page_whatever_is_sent(back):
    answer = Client().post("/language", {"language": "de", "next": back})
    assert answer.status_code == 302
    assert answer.url.startswith("/")
    assert Client().get(answer.url).status_code < 500


@pytest.mark.parametrize("back", ["http://[", "//[", "\0", "/\0", "x:y", "/" + "x" * 5000, "\ud800"])
@pytest.mark.parametrize("page", ["login/", "reauthenticate/", "2fa/reauthenticate/", "logout/", "password/change/"])
def test_an_account_page_leads_to_no_address_that_is_none(page, back, alice):
    her = browser_of(alice)
    back = back.encode(errors="surrogatepass")
    for ask in (her.get, her.post, Client().get, Client().post):
        answer = ask(f"/accounts/{page}?next={quote_from_bytes(back)}")
        assert answer.status_code < 500, ask
        assert not answer.headers.get("Location", "").startswith(("http", "//")), ask


@pytest.mark.parametrize("sent", ["", "asking=", "choice=3", "asking=²&choice=²", "asking=%00&choice=%00", "%FF=%FF"])
def test_a_vote_without_a_vote_is_refused_in_words(sent, assessment, alice):
    room = Room(assessment, alice)
    room.start()
    address = f"{room.base}vote/"
    before = room.phones["ben"].post(address, sent, "application/x-www-form-urlencoded", follow=True)
    assert "Voting on that question is over; your vote was not counted." in text(before)
    room.ask()
    page = text(room.phones["ben"].post(address, sent, "application/x-www-form-urlencoded"))
    assert "There is a problem" in page
    assert Vote.objects.count() == 0


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_admin_finds_nothing_under_an_odd_number(number, staff, version):
    pillar = version.pillars.first()
    base = "/admin/assessments"
    for address, name in (
        (f"{base}/bankversion/{version.pk}/edits/", "row"),
        (f"{base}/bankversion/{version.pk}/edits/", "page"),
        (f"{base}/bankversion/add/", "bank"),
        (f"{base}/pillar/add/", "version"),
        (f"{base}/question/add/", "pillar"),
        (f"{base}/question/", "p"),
    ):
        expected = (400,) if number == "\0" else (200, 302)
        assert staff.get(address, {name: number}).status_code in expected, (address, name)
    for kind in ("bankversion", "questionbank", "pillar", "question"):
        assert staff.get(f"{base}/{kind}/{number}x/change/").status_code == 302  # to the front page, which says so
    for kind, holder in (("question", "pillar"), ("pillar", "version")):
        assert staff.post(f"{base}/{kind}/add/", {holder: number, "key": "new"}).status_code == 200
    assert staff.get(f"{base}/pillar/{pillar.pk}/change/").status_code == 200


ODD_DAYS = ["0", "-1", "9999", "10000", "²", DIGITS, "x", "", "1"]


@pytest.mark.parametrize("odd", ODD_DAYS)
def test_the_audit_log_of_a_day_that_never_was(odd, staff):
    days = [{"year": odd}, {"year": odd, "month": "12"}, {"year": "9999", "month": "12", "day": "31"}, {"day": odd}]
    days += [{"year": "2026", "month": odd}, {"year": "2026", "month": "2", "day": odd}]
    for day in days:
        asked = {f"at__{name}": value for name, value in day.items()}
        for address in ("/admin/assessments/auditevent/", "/admin/assessments/auditevent/export.csv"):
            answer = staff.get(address, asked, follow=True)
            assert answer.status_code in (200, 400), (address, day)
            assert answer.getvalue()


CREDENTIALS = [
    DIGITS,
    "[" * 100_000,
    "null",
    "[]",
    "1e999",
    "NaN",
    '"x"',
    "{}",
    "",
    "\0",
    json.dumps({"id": "a", "rawId": "a", "response": None}),
    json.dumps({"id": "YWJj", "rawId": "YWJj", "response": {"clientDataJSON": "é"}}),
    json.dumps({"id": "YWJj", "rawId": "YWJj", "response": {"userHandle": [], "clientDataJSON": "e30"}}),
    json.dumps(
        {
            "id": "YWJj",
            "rawId": "YWJj",
            "type": "public-key",
            "response": {
                **dict.fromkeys(("clientDataJSON", "authenticatorData", "signature", "attestationObject"), "YWJj"),
                "userHandle": "MQ",
            },
        }
    ),
]
SAID = ("We couldn’t read this passkey", "Incorrect code", "This field is required")


@pytest.mark.parametrize("credential", CREDENTIALS, ids=lambda sent: sent[:12])
def test_a_passkey_that_is_none_is_refused_in_words(credential, alice):
    cache.clear()
    nobody, her = Client(), browser_of(alice)
    page = nobody.post("/accounts/2fa/webauthn/login/", {"credential": credential}, follow=True)
    assert page.status_code == 200
    assert any(said in text(page) for said in SAID)
    alice.set_password("four quiet violet boats")
    alice.save()
    her.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    her.post("/accounts/reauthenticate/", {"password": "four quiet violet boats"})
    answer = her.post("/accounts/2fa/webauthn/add/", {"name": "key", "credential": credential})
    assert answer.status_code == 200
    assert any(said in text(answer) for said in SAID)
    assert her.post("/accounts/2fa/reauthenticate/webauthn/", {"credential": credential}).status_code in (200, 302, 404)


@pytest.fixture
def emptied(alice):
    """An export that is ready, and whose file somebody has taken from the folder."""
    made = Export.objects.create(
        user=alice, language="en", state="ready", size=3, expires_at=timezone.now() + EXPORT_LASTS
    )
    made.file.save(f"{made.folder}/reports.zip", ContentFile(b"zip"))
    made.file.storage.delete(made.file.name)
    return made


def test_an_export_whose_file_is_gone_says_what_to_do(emptied, alice):
    answer = browser_of(alice).get(f"/exports/{emptied.pk}/reports.zip")
    assert answer.status_code == 404
    assert "Create it again from the portfolio" in text(answer)
    assert "Its file is no longer in storage" in text(answer)


def test_a_program_learns_that_the_file_of_an_export_is_gone(emptied, alice):
    token = tokens.make(name="robot", scopes=tokens.SCOPES, by=alice)
    answer = Client(headers={"Authorization": f"Bearer {token}"}).get(f"/api/v1/exports/{emptied.pk}/reports.zip")
    assert answer.status_code == 404
    assert "file is gone" in answer.json()["detail"]


def test_what_only_a_button_does_says_so_to_whoever_opens_its_address(alice):
    answer = browser_of(alice).get("/account/sign-out-everywhere")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "nothing was changed" in text(answer)


@pytest.mark.parametrize(("method", "address"), [("get", "/api/v1/nothing"), ("post", "/api/v1/portfolio")])
def test_a_program_is_refused_in_json(method, address, db):
    answer = getattr(Client(), method)(address, headers={"Host": "evil.example"} if method == "post" else {})
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["detail"]


@pytest.mark.parametrize("address", ["auditevent/", "auditevent/export.csv", "assessment/", "user/"])
def test_nul_is_asked_of_no_database(address, staff):
    answer = staff.get(f"/admin/assessments/{address}", {"verb": "\0", "state__exact": "\0", "is_staff__exact": "a\0b"})
    assert answer.status_code == 400
    assert "<h1>" in text(answer)

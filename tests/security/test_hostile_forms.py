"""What no file or database keeps (NUL, half characters), and hostile strings, sent to every form and to every import."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.models import Answer, Consultancy, Engagement, User
from tests.formats.minimal import BANK
from tests.mailbox import browser_of
from tests.security.hostile import CANARY, HOSTILE
from tests.security.test_hostile_text import canaries
from tests.security.test_walk import addresses, path_of

UNPRINTABLE = f"a\0b\x1b[31m\u2028{CANARY}\uffff"
LEAVES = {
    "erase",
    "sign_out_everywhere",
    "plan_discard",
    "close",
}  # tested where they are; here they would end the walk
LAST = {"hand_over"}  # signs out people who have neither a password nor a second factor


class Fields(HTMLParser):
    """The names of whatever on a page takes text, and what its hidden fields hold."""

    def __init__(self):
        super().__init__()
        self.text, self.hidden = set(), {}

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "input" and given.get("type") == "hidden" and "name" in given:
            self.hidden[given["name"]] = given.get("value") or ""
        elif tag in ("input", "textarea", "select") and given.get("name"):
            self.text.add(given["name"])


@pytest.fixture
def both(assessment, alice):
    """The browsers of a lead and of the consultant of the assessment's organisation."""
    dana = User.objects.create_user("dana@hart.example")
    hart = Consultancy.objects.create(name="Hart Advisory")
    hart.consultants.add(dana)
    Engagement.objects.create(consultancy=hart, organisation=assessment.organisation)
    return browser_of(alice), browser_of(dana)


@pytest.mark.parametrize("words", [UNPRINTABLE, "\n".join(HOSTILE)], ids=["unprintable", "hostile"])
def test_every_form_takes_or_refuses_it_in_words(words, both, assessment):
    sent = 0
    for name, route in sorted(addresses(), key=lambda one: one[0] in LAST):
        address = path_of(route, pk=assessment.pk)
        for browser in () if name in LEAVES else both:
            page = browser.get(address)
            if page.status_code != 200 or page.streaming or "html" not in page["Content-Type"]:
                continue
            fields = Fields()
            fields.feed(page.content.decode())
            response = browser.post(address, {**fields.hidden, **dict.fromkeys(fields.text, words)})
            assert response.status_code < 500, address
            assert canaries(response.content.decode()).found == [], address
            sent += response.status_code != 405 and bool(fields.text)
    assert sent > 18


@pytest.mark.parametrize("words", ["\n".join(HOSTILE), UNPRINTABLE, "half \ud83d", "\0"])
def test_an_answer_is_kept_as_text(words, assessment, bob):
    body = json.dumps({"choice": "2", "comment": words, "revision": 0})
    address = path_of("assessments/<uuid:pk>/answers/<str:key>", pk=assessment.pk)
    response = browser_of(bob).put(address, body, "application/json")
    assert response.status_code == 200, response.content
    kept = Answer.objects.get().comment
    assert not re.search("[\0\x1b\ud800-\udfff]", kept)
    assert kept.count(CANARY) == words.count(CANARY)


def test_what_an_import_says_is_text(db):
    staff = browser_of(User.objects.create_superuser("admin@demo.example"))
    odd = ["".join(f"{json.dumps(text)}: 1\n" for text in part) for part in (HOSTILE[:30], HOSTILE[30:])]
    seen = 0
    for content in (
        BANK + odd[0],
        BANK + odd[1],
        BANK.replace("A tiny bank", json.dumps(" ".join(HOSTILE))),
        "\n".join(HOSTILE),
    ):
        for name in (f"<{CANARY}>.yaml", f'"><img src=x onerror={CANARY}()>.yaml', f"..\\{CANARY}\u202e.yaml"):
            upload = SimpleUploadedFile(name, content.encode())
            response = staff.post("/admin/assessments/questionbank/import/", {"file": upload})
            found = canaries(response.content.decode())
            assert response.status_code in (200, 422)
            assert found.found == [], name
            seen += found.seen
    assert seen > 50

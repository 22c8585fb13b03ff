"""What templates look up on an object exists there: a misspelt attribute would silently count as empty."""

import re
from collections import Counter

import pytest
from django.forms import Field
from django.template.base import Variable, VariableDoesNotExist
from django.test import override_settings
from django.urls import resolve

from assessments.demo import demonstration
from assessments.models import User
from tests.mailbox import browser_of

VISITORS = ("executive@northfield.example", "consultant@hart.example", "daniel.frost@northfield.example")
LINK = re.compile(r'href="(/[^"#?]*)')
FILES = re.compile(r"^/static/|\.(png|svg|csv|json|xlsx|docx|pdf)$")


@pytest.fixture
def undefined(monkeypatch):
    """Attributes of this product's objects that templates asked for in vain, as (class, name)."""
    missing, usual = set(), Variable._resolve_lookup

    def recording(self, context):
        try:
            return usual(self, context)
        except VariableDoesNotExist as error:
            name, owner = error.params
            is_ours = type(owner).__module__.startswith(("assessments.", "maturity."))
            if is_ours and not isinstance(owner, Field):  # crispy-forms asks every field for what some have
                missing.add((type(owner).__name__, name))
            raise

    monkeypatch.setattr(Variable, "_resolve_lookup", recording)
    return missing


def visit(browser):
    """Open the pages that links lead to from the home page, up to three of each kind; return how many kinds."""
    waiting, seen, opened = ["/home/", "/portfolio/"], set(), Counter()
    while waiting:
        address = waiting.pop(0)
        seen.add(address)
        kind = resolve(address).view_name
        opened[kind] += 1
        if opened[kind] > 3:
            continue
        response = browser.get(address)
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for link in LINK.findall(response.content.decode()):
            if link not in seen and link not in waiting and not FILES.search(link):
                waiting.append(link)
    return len(opened)


def test_templates_ask_only_for_what_is_there(db, undefined):
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        demonstration.make()
    for email in VISITORS:
        assert visit(browser_of(User.objects.get(email=email))) > 10, email
    assert undefined == set()

"""A real Chromium at the real server."""

import itertools
import shutil
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from playwright.sync_api import expect

from assessments.actions import assessments, organisations
from assessments.models import BankVersion, User

from .chromium import launched
from .respondent import Respondent
from .site import Site, looking_at

HERE = Path(__file__).parent
PHONE, TABLET, DESK = (390, 844), (768, 1024), (1280, 900)
PASSWORD = "a-long-enough-sentence"
PATIENCE = 45_000  # milliseconds: a slow machine is no fault
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def _queries_beside_playwright():
    """Playwright keeps an event loop in this thread, in which Django would not query, or on a connection of its own."""
    usual, plain = connections._connections, threading.local()
    plain.default = connections["default"]
    connections._connections = plain
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield
    connections._connections = usual


@pytest.fixture(scope="package")
def chromium(_queries_beside_playwright):
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def site(tmp_path_factory, ready, _queries_beside_playwright):
    """One server for all journeys: each of them has people and assessments of its own."""
    database = tmp_path_factory.mktemp("site") / "site.sqlite3"
    shutil.copyfile(ready, database)
    site = Site(database)
    site.start()
    yield site
    site.kill()


@pytest.fixture(autouse=True)
def _queries_go_to_the_site(site, django_db_blocker):
    with django_db_blocker.unblock(), looking_at(site.database):
        yield


numbers = itertools.count(1)


@pytest.fixture
def cast():
    """Alice, who leads a Northfield of her own, Bob, who takes part in its open assessment, and Charlie, who does not."""
    return cast_of(next(numbers))


def cast_of(number):
    alice, bob, charlie = (person(f"{name}-{number}@northfield.example") for name in ("alice", "bob", "charlie"))
    northfield = organisations.create(name=f"Northfield {number}", by=alice)
    version = BankVersion.objects.published().get()
    assessment = assessments.start(organisation=northfield, bank_version=version, name="Q4", by=alice, function="ceo")
    assessments.add_participant(assessment=assessment, user=bob, function="legal", by=alice)
    return SimpleNamespace(
        alice=alice, bob=bob, charlie=charlie, northfield=northfield, assessment=assessment, version=version
    )


def person(email):
    user = User.objects.create_user(email, PASSWORD, name=email.split("-")[0].title())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@pytest.fixture
def tab(chromium, site):
    """Opens a tab in a browser of its own; at the end nothing may have gone wrong in any that a person could notice."""
    contexts, problems = [], []

    def tab(*, size=DESK, **options):
        context = chromium.new_context(
            **{"viewport": {"width": size[0], "height": size[1]}, "base_url": site.url, "reduced_motion": "reduce"}
            | {"locale": "en-GB"}  # whatever the machine speaks
            | options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch(page, problems)
        return page

    tab.problems = problems
    yield tab
    for context in contexts:
        context.close()
    assert not problems


def remember(page, response):
    if response.request.is_navigation_request() and response.frame == page.main_frame:
        page.document = response


def watch(page, problems):
    """Errors of our own scripts, and whatever the content security policy refuses; `document` is the page as served."""
    page.document = None
    page.on("response", lambda response: remember(page, response))
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: (
            problems.append(f"{page.url}: {message.text}") if "Content Security Policy" in message.text else None
        ),
    )


@pytest.fixture
def respondent(tab, cast, site):
    """Bob, signed in, in a tab of his own; `respondent(size=PHONE)` for another."""

    def respondent(user=None, **options):
        bob = Respondent(tab(**options), site.url, cast.assessment)
        bob.sign_in(user or cast.bob)
        return bob

    return respondent

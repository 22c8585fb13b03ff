"""All sixty strings, twenty in a field, before a real browser: in pages, admin, letters and a chart nothing runs, nothing is fetched.

The answers are gathered first and handed to Chromium as they were sent, headers included; whatever it asks for beyond
our own files is noted and gets nothing.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client

from assessments import emails
from assessments.models import User
from tests.journeys.chromium import launched
from tests.security.hostile import CANARY, HOSTILE
from tests.security.test_hostile_text import pages, passed_and_reopened, stage

__all__ = ["passed_and_reopened", "stage"]
pytestmark = pytest.mark.browser
HOST = "testserver"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(params=[pytest.param(n, marks=[pytest.mark.long] if n else []) for n in range(3)])
def text(request):
    """Twenty strings in one, for every field."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps to the length of names; what a browser does is the same")
    return " ".join(HOSTILE[request.param :: 3])


class Watch:
    """A browser that gets answers gathered before, and notes what it should not have done."""

    def __init__(self, answers: dict[str, tuple[dict[str, str], bytes]]) -> None:
        self.answers, self.noted, self.shown = answers, [], 0

    def answer(self, route) -> None:
        url = urlsplit(route.request.url)
        if url.scheme == "data":
            return route.continue_()
        if url.hostname != HOST:
            self.noted.append(f"asked for {route.request.url}")
            return route.abort()
        if url.path in self.answers:
            headers, body = self.answers[url.path]
            return route.fulfill(headers=headers, body=body)
        found = finders.find(url.path.removeprefix("/static/")) if url.path.startswith("/static/") else None
        if found:
            return route.fulfill(path=found)
        moved = route.request.is_navigation_request() and route.request.frame.parent_frame is None
        if moved or CANARY in url.path:  # a frame of ours in the admin's preview is none of theirs
            self.noted.append(f"led to {url.path}")
        return route.fulfill(status=404, body="")

    def look(self, page) -> None:
        page.on("dialog", lambda dialog: (self.noted.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda said: self.noted.append(said.text) if "Content Security" in said.text else None)
        page.on("pageerror", lambda error: self.noted.append(str(error)) if CANARY in str(error) else None)
        page.route("**/*", self.answer)
        for path, (_headers, body) in self.answers.items():
            page.goto(f"http://{HOST}{path}")
            self.shown += body.count(CANARY.encode())


def watched(answers) -> Watch:
    watch = Watch(answers)
    with launched() as browser:
        watch.look(browser.new_page())
    return watch


def kept(responses) -> Iterator[tuple[str, tuple[dict[str, str], bytes]]]:
    for number, response in enumerate(responses):
        headers = {name: value for name, value in response.headers.items() if name != "Content-Disposition"}
        yield f"/{number}{response.request['PATH_INFO']}", (headers, response.content)


def test_pages_admin_and_charts_run_and_fetch_nothing(stage):
    alice, assessment = stage
    responses = list(pages(alice, assessment))
    lead, staff = Client(), Client()
    lead.force_login(alice, BACKEND)
    responses.append(lead.get(f"/assessments/{assessment.pk}/result/charts/pillars.svg"))
    staff.force_login(User.objects.create_superuser("staff@demo.example", name="Staff"), BACKEND)
    base = "/admin/assessments/"
    for path in (
        *("organisation/", "user/", "consultancy/", "assessment/"),
        f"organisation/{assessment.organisation_id}/change/",
        f"user/{alice.pk}/change/",
        f"assessment/{assessment.pk}/change/",
        f"bankversion/{assessment.bank_version_id}/preview/",
    ):
        responses.append(staff.get(base + path))
    assert [r.request["PATH_INFO"] for r in responses if r.status_code != 200] == []
    watch = watched(dict(kept(responses)))
    assert watch.noted == []
    assert watch.shown > 500


def test_emails_run_and_fetch_nothing(passed_and_reopened, mailoutbox):
    """Without a policy, as in a mail program that would run what it finds."""
    for kind, about in passed_and_reopened:
        emails.send(kind=kind, pk=str(about.pk), base_url=f"http://{HOST}/")
    found = {
        f"/{number}": ({"Content-Type": "text/html; charset=utf-8"}, email.alternatives[0].content.encode())
        for number, email in enumerate(mailoutbox)
    }
    watch = watched(found)
    assert len(found) == 6 and watch.noted == [] and watch.shown > 50


@pytest.mark.parametrize(
    "planted",
    [
        f"<img src=//{CANARY}.example/>",
        f"<script>alert('{CANARY}')</script>",
        f"<style>@import '//{CANARY}.example/x'</style>",
    ],
)
def test_a_planted_hole_is_noticed(planted):
    watch = watched({"/0": ({"Content-Type": "text/html"}, f"<p>{planted}<p>{CANARY}".encode())})
    assert watch.noted

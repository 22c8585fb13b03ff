"""A person who answers, at a browser."""

import re
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Locator, Page, expect

from assessments.models import Answer, User
from maturity.accounts.sessions import BEGAN, SessionStore

SAVED = re.compile(r"^Saved \d\d:\d\d$")


def session_of(user: User) -> str:
    """The key of a new session in which a person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[BEGAN] = int(time.time())
    session.save()
    return session.session_key


class Respondent:
    """One tab of one person, and what they do with a pillar page."""

    def __init__(self, page: Page, url: str, assessment=None) -> None:
        self.page, self.url, self.assessment = page, url, assessment

    def sign_in(self, user: User) -> None:
        """Without the form: what signs in by the form is one journey of its own."""
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": self.url}
        self.page.context.add_cookies([cookie])

    def address(self, rest: str = "") -> str:
        return f"{self.url}/assessments/{self.assessment.pk}/{rest}"

    def open(self, pillar: str = "vision", rest: str = "") -> None:
        self.page.goto(self.address(f"pillars/{pillar}/{rest}"))

    @property
    def keys(self) -> list[str]:
        return self.page.locator(".question").evaluate_all("all => all.map(each => each.id)")

    def card(self, key: str, choice: object) -> Locator:
        return self.page.locator(f"label:has(#{key}-{choice})")

    def choose(self, key: str, choice: object) -> None:
        self.card(key, choice).click()

    def chosen(self, key: str) -> str:
        radio = self.page.locator(f"#{key} input[type=radio]:checked")
        return radio.get_attribute("value") if radio.count() else ""

    def comment(self, key: str) -> Locator:
        field = self.page.locator(f"#{key}-comment")
        if not field.is_visible():
            self.page.locator(f"#{key} summary").click()
        return field

    @property
    def status(self) -> Locator:
        return self.page.locator("[data-status]").filter(visible=True).first

    def is_saved(self, user: User, *, within: float = 45) -> None:
        """The database comes to hold what the page shows, and the page says so."""
        eventually(self, lambda: of_pillar(self.assessment, user, self.keys) == self.shown(), within=within)
        assert of_pillar(self.assessment, user, self.keys) == self.shown()
        expect(self.status).to_have_text(SAVED)

    def says(self, words: str | re.Pattern[str], *, within: float = 45) -> None:
        expect(self.status).to_have_text(words, timeout=within * 1000)

    def second_tab(self) -> "Respondent":
        page = self.page.context.new_page()
        page.set_default_timeout(45_000)
        return Respondent(page, self.url, self.assessment)

    def go_on(self) -> None:
        self.page.locator(".bar > .button").click()

    def shown(self) -> dict[str, tuple[str, str]]:
        """What the page shows: choice and comment, by question; space around a comment is not kept."""
        pairs = """all => all.map(each => [each.id, [each.querySelector("input[type=radio]:checked")?.value ?? "",
                                                     each.querySelector("textarea[id$=-comment]").value.trim()]])"""
        return {key: tuple(values) for key, values in self.page.locator(".question").evaluate_all(pairs)}


def stored(assessment, user: User) -> dict[str, tuple[str, str]]:
    """What the database holds: choice and comment, by question that has either."""
    answers = Answer.objects.filter(submission__participant__assessment=assessment, submission__participant__user=user)
    rows = {answer.question.key: (answer.choice, answer.comment) for answer in answers.select_related("question")}
    return {key: row for key, row in rows.items() if any(row)}


def of_pillar(assessment, user: User, keys: list[str]) -> dict[str, tuple[str, str]]:
    """The same for these questions; one without a row is blank."""
    rows = stored(assessment, user)
    return {key: rows.get(key, ("", "")) for key in keys}


def eventually(tab: Respondent, holds: Callable[[], bool], *, within: float = 45) -> None:
    """Wait until a condition holds, or give up; the browser goes on meanwhile."""
    until = time.monotonic() + within
    while not holds() and time.monotonic() < until:
        tab.page.wait_for_timeout(50)

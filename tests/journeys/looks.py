"""How a page looks to whom, and what axe, a narrow window and the standard of HTML find wrong with it."""

import re
from urllib.parse import urlsplit
from zlib import crc32

import html5lib
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Error

from assessments.models import User
from tests.journeys.conftest import DESK, PHONE

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": STANDARDS, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
AXE = Axe()
LOOKS = [("light", PHONE), ("dark", DESK)]
OTHER_LOOKS = [("dark", PHONE), ("light", DESK), ("forced", PHONE), ("forced", DESK)]


def findings(page, scheme, size):
    """What axe finds in a scheme, light, dark, or the forced colours of a reader's own, at a size."""
    page.wait_for_load_state()
    page.emulate_media(
        color_scheme="light" if scheme == "forced" else scheme,
        forced_colors="active" if scheme == "forced" else "none",
        reduced_motion="reduce",
    )
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")  # a bar at the bottom covers no target there
    return [
        f"{scheme} {size[0]}: {each['id']} ({each['help']}): {node['html'][:160]}"
        for each in violations(page)
        for node in each["nodes"]
    ]


def violations(page):
    """The rules that axe finds broken in a page as it looks now, each with its nodes."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return page.evaluate("rules => axe.run(rules).then(found => found.violations)", RULES)


# What stands out of the window on the right, as a person would have to scroll sideways for it
SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll("*")].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => each.outerHTML.slice(0, 120)).slice(0, 5)"""


def sideways(page):
    """At 320 pixels, and with letters twice as large on a window of 640."""
    page.set_viewport_size({"width": 320, "height": 640})
    narrow = settled_sideways(page)
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return [f"320: {each}" for each in narrow] + [f"200 %: {each}" for each in settled_sideways(page)]


def settled_sideways(page):
    """After charts had the time to draw themselves anew."""
    for _look in range(30):
        if not (found := page.evaluate(SIDEWAYS)):
            break
        page.wait_for_timeout(100)
    return found


def invalid(text):
    """Where a page breaks the standard of HTML."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    lines = text.split("\n")
    return [f"{line}: {problem} {lines[line - 1].strip()[:120]}" for (line, _at), problem, _data in parser.errors]


def served(page):
    """The text of the page as the server sent it; None if the browser has forgotten it, as after a page of a test's own."""
    try:
        return page.document.text()
    except Error:
        return None


def another(page):
    """One of the other looks, the same for all pages of a kind, so that each look meets a quarter of the kinds."""
    kind = re.sub(r"[0-9a-f-]{36}|[0-9]+", "", urlsplit(page.url).path)
    return OTHER_LOOKS[crc32(kind.encode()) % len(OTHER_LOOKS)]


def faults(page):
    """In the two looks that differ most and one of the others, as it was served, and at its narrowest."""
    found = [each for look in [*LOOKS, another(page)] for each in findings(page, *look)]
    return found + invalid(served(page) or "<!doctype html><title>x</title>") + sideways(page)


def faults_in_the_other_looks(page):
    """In all the others, then in every look in German."""
    found = [each for look in OTHER_LOOKS for each in findings(page, *look)]
    before = page.evaluate("document.documentElement.lang")
    speak(page, "de")
    found += [f"German, {each}" for look in LOOKS + OTHER_LOOKS for each in findings(page, *look)]
    speak(page, before)
    return found


def speak(page, language):
    """The page once more, in another language."""
    User.objects.update(language=language)
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": page.url}])
    page.reload()

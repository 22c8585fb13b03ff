"""No regular expression of the code lets a hostile text stop the site: 100,000 characters in 50 ms, however it is used."""

import json
import re
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from tests.security import patterns

LIMIT = 0.05  # seconds of processor time
SIZES = (25, 1_000, 10_000, 100_000)  # the small ones first: a pattern that is slow already there is not asked again


def cost(use, text):
    """The least of up to three runs, for the machine has other work."""
    best = LIMIT + 1
    for _try in range(3):
        began = time.process_time()
        use(text)
        best = min(best, time.process_time() - began)
        if best <= LIMIT or best > 10 * LIMIT:  # no other work makes it that slow
            break
    return best


def use_of(pattern, way):
    match way:
        case "sub":
            return lambda text: pattern.sub(text[:0], text)
        case _:
            return getattr(pattern, way)


def slowest(pattern, ways):
    """The first text that takes too long, as (seconds, size, way, beginning); None where there is none."""
    for size in SIZES:
        for text in patterns.hostile(pattern, size):
            for way in ways:
                seconds = cost(use_of(pattern, way), text)
                if seconds > LIMIT:
                    return seconds, size, way, text[:40], text[-10:]
    return None


@pytest.mark.parametrize("found", patterns.of_the_code(), ids=str)
def test_pattern_is_linear(found):
    assert slowest(found.pattern, found.ways) is None


def test_every_pattern_that_is_handed_on_is_in_the_code():
    named = {*patterns.HANDED_ON, *(f"{file}:made 0" for file in patterns.MADE)}
    assert named - {found.where for found in patterns.of_the_code()} == set()


def patterns_of_schemas():
    def walk(node):
        if isinstance(node, dict):
            if isinstance(node.get("pattern"), str):
                yield node["pattern"]
            yield from (each for value in node.values() for each in walk(value))
        elif isinstance(node, list):
            yield from (each for value in node for each in walk(value))

    files = (settings.BASE_DIR / "fixtures" / "schemas").glob("*.json")
    return sorted({pattern for file in files for pattern in walk(json.loads(file.read_text()))})


@pytest.mark.parametrize("pattern", [*patterns_of_schemas(), *settings.SECURE_REDIRECT_EXEMPT])
def test_pattern_of_a_schema_or_setting_is_linear(pattern):
    assert slowest(re.compile(pattern), ("search",)) is None


def addresses(resolver, before=""):
    for each in resolver.url_patterns:
        yield f"{before}{each.pattern}", each.pattern
        if hasattr(each, "url_patterns"):
            yield from addresses(each, f"{before}{each.pattern}")


def test_addresses_are_read_in_linear_time():
    slow = []
    for name, pattern in addresses(get_resolver()):
        beginning = re.sub(r"<[^>]*>.*|[\^$()?].*", "", str(pattern))
        for piece in ("a", "0", "-", "/", "a/", "0a-", "%", ".", "\n", "ä"):
            text = (beginning + piece * 100_000)[:100_000]
            if cost(pattern.match, text) > LIMIT:
                slow.append((name, piece))
    assert slow == []


@pytest.mark.parametrize(
    ("source", "slow"),
    [
        (r're.compile(r"[\w.]+@\w+").search', True),
        (r're.sub(r"\s+$", "", text)', True),
        (r're.search("<b>(.*?)</b>", text, re.DOTALL)', True),
        (r'RegexValidator("^(a+)+$")', True),
        (r'forms.RegexField(regex=r"[\w-]+\.de$")', True),
        (r're.match(r"[\w.]+@\w+", text)', False),
        (r're.fullmatch(r"\s+x", text)', False),
    ],
)
def test_a_planted_pattern_is_found(source, slow):
    (found,) = patterns.of_source(source, Path("assessments/planted.py"))
    assert (slowest(found.pattern, found.ways) is not None) is slow


def test_a_pattern_that_is_made_when_it_is_used_needs_an_example():
    with pytest.raises(patterns.NotReadable):
        patterns.of_source("def f(words):\n    return re.compile('|'.join(words))", Path("maturity/apps.py"))


def test_every_way_of_use_is_read_from_the_file():
    (found,) = patterns.of_source("A = re.compile('a')\nA.sub('', t)\nA.finditer(t)", Path("assessments/planted.py"))
    assert found.ways == ("findall", "sub")

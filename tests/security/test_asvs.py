"""docs/asvs.md names every item of levels 1 and 2 once, and every test and file that it names is there."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

# Of each section the level of its items in order: ASVS 5.0.0, May 2025
LEVELS = {
    "1.1": "22",
    "1.2": "1111122223",
    "1.3": "112222222223",
    "1.4": "222",
    "1.5": "123",
    "2.1": "122",
    "2.2": "112",
    "2.3": "12223",
    "2.4": "23",
    "3.1": "3",
    "3.2": "113",
    "3.3": "12223",
    "3.4": "11222233",
    "3.5": "11122333",
    "3.6": "3",
    "3.7": "22333",
    "4.1": "12233",
    "4.2": "23333",
    "4.3": "22",
    "4.4": "1222",
    "5.1": "2",
    "5.2": "112333",
    "5.3": "113",
    "5.4": "222",
    "6.1": "122",
    "6.2": "111111112222",
    "6.3": "11223333",
    "6.4": "112233",
    "6.5": "22222333",
    "6.6": "2223",
    "6.7": "33",
    "6.8": "2222",
    "7.1": "222",
    "7.2": "1111",
    "7.3": "22",
    "7.4": "11222",
    "7.5": "223",
    "7.6": "22",
    "8.1": "1233",
    "8.2": "1123",
    "8.3": "133",
    "8.4": "23",
    "9.1": "111",
    "9.2": "1222",
    "10.1": "22",
    "10.2": "223",
    "10.3": "22223",
    "10.4": "1111122222233333",
    "10.5": "22222",
    "10.6": "22",
    "10.7": "222",
    "11.1": "2233",
    "11.2": "22233",
    "11.3": "11233",
    "11.4": "1222",
    "11.5": "23",
    "11.6": "23",
    "11.7": "33",
    "12.1": "12233",
    "12.2": "11",
    "12.3": "22223",
    "13.1": "2333",
    "13.2": "222223",
    "13.3": "2233",
    "13.4": "1222233",
    "14.1": "22",
    "14.2": "12223333",
    "14.3": "122",
    "15.1": "12233",
    "15.2": "12233",
    "15.3": "1222222",
    "15.4": "3333",
    "16.1": "2",
    "16.2": "22222",
    "16.3": "2222",
    "16.4": "222",
    "16.5": "2223",
    "17.1": "23",
    "17.2": "22223333",
    "17.3": "22",
}
ITEMS = {
    f"{section}.{place}": level
    for section, levels in LEVELS.items()
    for place, level in enumerate(levels, start=1)
    if level in "12"
}
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
PAGE = Path("docs/asvs.md").read_text()


def rows(page=PAGE):
    return ROW.findall(page)


def test_the_standard_has_as_many_items():
    assert Counter(ITEMS.values()) == {"1": 70, "2": 183}
    assert sum(map(len, LEVELS.values())) == 345


def test_every_item_stands_once_with_its_level():
    assert Counter(item for item, *_rest in rows()) == Counter(ITEMS.keys())
    assert {item: level for item, level, *_rest in rows()} == ITEMS


def missing(where):
    """What of the files, folders and tests that a cell names is not there."""
    for named in re.findall("`([^`]+)`", where):
        path, _, test = named.partition("::")
        if not Path(path).exists() or (test and not re.search(rf"^def {test}\(", Path(path).read_text(), re.MULTILINE)):
            yield named


def test_every_item_says_where_it_is_seen_or_why_not():
    for item, _level, _asks, how, where in rows():
        excused = how.startswith(("not applicable: ", "not met: "))
        assert excused or "`" in where, item
        assert list(missing(where)) == [], item


@pytest.mark.parametrize("named", ["tests/security/test_none.py", "tests/security/test_walk.py::test_none"])
def test_what_is_not_there_is_noticed(named):
    assert list(missing(f"`{named}`")) == [named]


def test_cookies_are_of_this_host_alone_over_https():
    """Of a process that is served over HTTPS, as it sets them."""
    code = (
        "import django, json; django.setup(); from django.conf import settings as s; from maturity.message_storage import MessageCookie;"
        "print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, MessageCookie.cookie_name]))"
    )
    own = {"DJANGO_SETTINGS_MODULE": "maturity.settings", "HTTPS": "on", "DEBUG": "off", "DEMO": "off"}
    said = subprocess.run([sys.executable, "-c", code], env=os.environ | own, capture_output=True, check=True)
    names = json.loads(said.stdout)
    assert len(names) == 4 and all(name.startswith("__Host-") for name in names)


def test_no_script_stores_anything_in_the_browser():
    scripts = list(Path("static/js").rglob("*.js"))
    stores = re.compile("localStorage|sessionStorage|indexedDB|document.cookie|cookieStore|caches.open")
    assert scripts and [str(path) for path in scripts if stores.search(path.read_text())] == []

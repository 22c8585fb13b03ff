"""Every word of the banks and of the German interface is in hunspell's dictionary, or in our list of terms.

Needs `apt-get install hunspell hunspell-de-de hunspell-en-gb`, and is skipped without them.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from ruamel.yaml import YAML

from tests.languages.extraction import ROOT

TERMS = Path(__file__).with_name("spelling.txt")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
CODE = re.compile(r"%\(\w+\)\w|%\w|<[^>]*>|&\w+;|`[^`]*`|\{[^}]*\}|https?://\S+|\S*[/_]\S*|\w+\.\w[\w.]*|(?<!\S)-\S+")
HIDDEN = {
    "format",
    "key",
    "bank",
    "version",
    "bank_version",
    "language",
    "source",
    "licence",
    "covers",
    "horizon",
    "requires",
}
EDITIONS = {"ai-leadership.yaml": "en_GB", "ai-leadership-2.yaml": "en_GB", "ai-leadership.de.yaml": "de_DE", "ai-leadership-2.de.yaml": "de_DE"}  # fmt: skip

pytestmark = pytest.mark.long


def texts_in(node: object) -> Iterator[str]:
    """Every text of a bank's file that a person reads."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from (text for name, value in node.items() if name not in HIDDEN for text in texts_in(value))
    elif isinstance(node, list):
        yield from (text for each in node for text in texts_in(each))


def german() -> Iterator[str]:
    """Every text of the German interface."""
    with (ROOT / "locale" / "de" / "LC_MESSAGES" / "django.po").open("rb") as file:
        for message in filter(lambda message: message.id, read_po(file)):
            yield from message.string if isinstance(message.string, tuple) else [message.string]


def misspelt(texts: Iterator[str], dictionary: str) -> list[str]:
    """The words that neither the dictionary nor our terms know; a word with a hyphen may be known in parts."""
    words = {word.replace("’", "'") for text in texts for word in WORD.findall(CODE.sub(" ", text))}
    parts = {part for word in unknown(words, dictionary) for part in word.split("-") if part}
    return sorted(unknown(parts, dictionary) - set(TERMS.read_text("utf-8").split()))


def unknown(words: set[str], dictionary: str) -> set[str]:
    program = shutil.which("hunspell")
    if program is None:
        pytest.skip("hunspell is not installed: apt-get install hunspell hunspell-de-de hunspell-en-gb")
    asked = subprocess.run(
        [program, "-d", dictionary, "-i", "utf-8", "-l"],
        input="\n".join(words),
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode:
        pytest.skip(f"hunspell has no dictionary {dictionary}: {asked.stderr.strip()}")
    return set(asked.stdout.split())


@pytest.mark.parametrize(("name", "dictionary"), EDITIONS.items(), ids=EDITIONS)
def test_the_bank_is_spelt_right(name, dictionary):
    assert misspelt(texts_in(YAML(typ="safe").load(ROOT / "fixtures" / name)), dictionary) == []


def test_the_german_interface_is_spelt_right():
    assert misspelt(german(), "de_DE") == []


@pytest.mark.parametrize(("text", "dictionary"), [("Die Strategihe", "de_DE"), ("The strategyy", "en_GB")])
def test_a_slip_is_noticed(text, dictionary):
    assert misspelt(iter([text]), dictionary) == [text.split()[1]]

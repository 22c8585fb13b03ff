"""The German catalogue: every marked word translated, every place for a name or a number kept."""

import re

import pytest

from maturity import catalogues

from .extraction import marked_in, marked_words


@pytest.fixture(scope="module")
def german():
    (path,) = (path for path in catalogues.catalogue_files() if path.parts[-3] == "de")
    return catalogues.read(path, whole=True)


def first(words):
    return words if isinstance(words, str) else words[0]


def forms(message):
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


def is_whole(message):
    return message is not None and all(forms(message)) and not message.fuzzy


def test_every_marked_word_is_translated(german):
    """What is missing here is collected by `make messages`, and translated in locale/de/LC_MESSAGES/django.po."""
    missing = {first(words) for context, words in marked_words() if not is_whole(german.get(first(words), context))}
    assert sorted(missing) == []


def test_translations_keep_the_places_for_names_and_numbers(german):
    """A plural form for one may leave its number out; nothing may name what the source does not have."""
    wrong = {}
    for message in (message for message in german if message.id and is_whole(message)):
        source = message.id if isinstance(message.id, tuple | list) else (message.id,)
        known = places(*source)
        for form in forms(message):
            if places(form) - known or (len(source) == 1 and places(form) != known):
                wrong[source[0]] = form
    assert wrong == {}


def places(*texts):
    return {place for text in texts for place in re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text)}


def test_plurals_have_two_forms_in_german(german):
    assert german.num_plurals == 2
    assert [message.id for message in german if isinstance(message.id, tuple) and len(forms(message)) != 2] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Hello")', [(None, "Hello")]),
        ('ngettext("%(n)d page", "%(n)d pages", n)', [(None, ("%(n)d page", "%(n)d pages"))]),
        ('pgettext("a verb", "Open")', [("a verb", "Open")]),
        ('say("Hello")', []),
    ],
)
def test_words_are_found_where_gettext_finds_them(source, found):
    assert list(marked_in(source)) == found

"""A language that nobody speaks: every word of the interface, 40 % longer."""

import re

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from .extraction import marked_words

CODE = "xp"
LONGER = 0.4
# Places for names and numbers, tags and characters by name stay as they are
KEPT = re.compile(r"(%\(\w+\)[^a-z]*[a-z]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;|\s+|[^\w\s])")


def longer(text):
    """The same sentence with longer words: `Answered` becomes `Answeredered`."""
    return "".join(part if KEPT.fullmatch(part) else _longer(part) for part in KEPT.split(text))


def _longer(word):
    more = round(LONGER * len(word) + 0.3)
    return word + word[len(word) - more :] if more else word


def write_catalogue(folder):
    """The compiled catalogue below `folder`, which becomes one of LOCALE_PATHS."""
    catalogue = Catalog(locale=None)
    catalogue.fuzzy = False
    for context, words in marked_words():
        said = tuple(map(longer, words)) if isinstance(words, tuple) else longer(words)
        catalogue.add(words, said, context=context)
    target = folder / CODE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)

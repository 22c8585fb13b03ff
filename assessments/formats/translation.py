"""Load a bank's translation from YAML: the format `maturity-translation/1` has the bank's keys and only texts."""

import pathlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assessments.scoring.bank import Bank

from .documents import read_bytes
from .dump import dump_translation, sha256_of
from .places import Place, TranslatedTexts, texts_of
from .problems import Problems
from .readability import words
from .yaml_text import MAX_BYTES, line_of

LONGEST_ANCHOR = 30  # words; other languages need more than the 25 of English

type Finder = Callable[[str, str], Bank | None]


@dataclass(frozen=True)
class LoadedTranslation:
    """A translation, its bank, and the line of each of its texts."""

    translation: TranslatedTexts
    bank: Bank
    file: str
    lines: dict[Place, int] = field(repr=False)

    @property
    def missing(self) -> tuple[Place, ...]:
        """The places without a translation, which readers see in the bank's own language."""
        return tuple(place for place in texts_of(self.bank) if place not in self.translation.texts)

    def line(self, place: Place) -> int:
        """The line of a place's text, or 1 if the file has no text for it."""
        return self.lines.get(place, 1)


def translations_beside(path: pathlib.Path, bank: Bank) -> Iterator[LoadedTranslation]:
    """The translations in the same folder as a bank's file: `bank.de.yaml` for `bank.yaml`. Raises ProblemsError."""
    for file in sorted(path.parent.glob(f"{path.stem}.*{path.suffix}")):
        yield parse_translation(read_bytes(file, MAX_BYTES), str(file), lambda _key, _version: bank)


def checksum(translation: TranslatedTexts, bank: Bank) -> str:
    """The checksum of the translation's canonical YAML."""
    return sha256_of(dump_translation(translation, bank))


def parse_translation(source: str | bytes, name: str, find: Finder) -> LoadedTranslation:
    """The translation in a YAML text of the bank from `find(key, version)`. Raises ProblemsError with every problem."""
    from .bank_rules import checked, of_translation, source_of, texts_in
    from .bank_shapes import TRANSLATION
    from .yaml_tree import read_tree

    problems = Problems(name)
    tree = read_tree(source, problems)
    named = source_of(tree)
    bank = find(*named) if named else None
    fields = checked(TRANSLATION, tree, problems, of_translation(tree, bank))
    if bank is None:
        raise problems.error()
    texts, lines = {}, {}
    for path, place, text in texts_in(tree):
        texts[place], lines[place] = text, line_of(tree, path)
    translation = TranslatedTexts(
        fields["bank"],
        fields["bank_version"],
        fields["language"],
        fields["version"],
        {place: texts[place] for place in texts_of(bank) if place in texts},
        frozenset(fields.get("source_changed", ())),
    )
    return LoadedTranslation(translation, bank, name, lines)


def warnings(loaded: LoadedTranslation) -> Iterator[tuple[Place, str]]:
    """Warnings for the translator as (place, sentence); none prevents loading."""
    source = texts_of(loaded.bank)
    for place, text in loaded.translation.texts.items():
        length = len(words(text))
        if "/anchors/" in place and length > LONGEST_ANCHOR:
            yield place, f"{length} words; a statement of more than {LONGEST_ANCHOR} is not read to its end"
        if text == source[place] and length > 3:
            yield place, "the same words as in the bank's own language"
        if place in loaded.translation.changed:
            yield place, "the source has changed since this was translated"

"""A bank's texts in another language from YAML: the overlay `maturity-translation/1`, the same keys and only texts."""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from assessments.scoring.bank import Bank

from . import places
from .bank import LANGUAGE, SEMVER, matching
from .bank_parts import SHORT, few
from .cursor import MAX_TEXT, Cursor, Record
from .files import read_bytes
from .places import Place, texts_of
from .problems import Path, Problems, in_words, shown
from .readability import words
from .translation_dump import FORMAT, dump_texts
from .tree import MAX_BYTES, Node, decoded, line_of

LONGEST_ANCHOR = 30  # words; other languages need more of them than the English 25

type Finder = Callable[[str, str], Bank | None]


@dataclass(frozen=True)
class Translation:
    """Texts by place, in bank order. Those in `changed` were made from a source text that has changed since."""

    bank: str
    bank_version: str
    language: str
    version: str
    texts: dict[Place, str]
    changed: frozenset[Place] = frozenset()


@dataclass(frozen=True)
class LoadedTranslation:
    """A translation with the bank that it belongs to, and where in its file each text stands."""

    translation: Translation
    bank: Bank
    file: str
    root: Node
    paths: dict[Place, Path] = field(repr=False)

    @property
    def missing(self) -> tuple[Place, ...]:
        """Places that readers get in the bank's own language."""
        return tuple(place for place in texts_of(self.bank) if place not in self.translation.texts)

    def line(self, place: Place) -> int:
        """The line of a text, or 1 where the file has none for the place."""
        return line_of(self.root, self.paths[place]) if place in self.paths else 1


def translations_beside(path: pathlib.Path, bank: Bank) -> Iterator[LoadedTranslation]:
    """The translations of a bank's file that lie beside it: `bank.de.yaml` beside `bank.yaml`. Raises ProblemsError."""
    for file in sorted(path.parent.glob(f"{path.stem}.*{path.suffix}")):
        yield parse_translation(read_bytes(file, MAX_BYTES), str(file), lambda _key, _version: bank)


def dump_translation(translation: Translation, bank: Bank) -> str:
    """The file; loading it gives the same translation, dumping that the same text. Places unknown to the bank go."""
    return dump_texts(
        bank,
        language=translation.language,
        version=translation.version,
        texts=translation.texts,
        changed=translation.changed,
    )


def checksum(translation: Translation, bank: Bank) -> str:
    """`sha256:` and the hexadecimal SHA-256 of the dumped text in UTF-8."""
    return f"sha256:{hashlib.sha256(dump_translation(translation, bank).encode('utf-8')).hexdigest()}"


def parse_translation(source: str | bytes, name: str, find: Finder) -> LoadedTranslation:
    """A translation of the bank that `find(key, version)` gives. Raises ProblemsError with everything that is wrong."""
    from .parsing import read_tree

    problems = Problems(name)
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    root = read_tree(decoded(raw, name), problems)
    record = Cursor(root, (), root.line, problems).record(
        ("format", "bank", "bank_version", "language", "version"),
        (*places.BANK, "levels", "pillars", "source_changed"),
    )
    record.one_of("format", (FORMAT,))
    key, number = record.key("bank"), matching(record, "bank_version", SEMVER, "a version such as 1.0.0")
    language = matching(record, "language", LANGUAGE, "a language tag such as de, pt-BR or ar")
    version = matching(record, "version", SEMVER, "a version such as 1.0.0")
    bank = _bank(record, key, number, language, find) if key and number else None
    if bank is None:
        raise problems.error()
    reader = _Reader(bank)
    reader.read(record)
    problems.raise_if_any()
    texts = {place: reader.texts[place] for place in texts_of(bank) if place in reader.texts}
    found = Translation(key, number, language, version, texts, frozenset(reader.changed))
    return LoadedTranslation(found, bank, name, root, reader.paths)


def _bank(record: Record, key: str, number: str, language: str, find: Finder) -> Bank | None:
    bank, at, tongue = find(key, number), record["bank"], record["language"]
    if bank is None and at is not None:
        at.refuse(f"there is no question bank {shown(f'{key} {number}')} here; load it first")
    if bank is not None and tongue is not None and language.lower() == bank.language.lower():
        tongue.refuse(f"{shown(language)} is the bank's own language; a translation has another")
    return bank


class _Reader:
    """Takes the texts off a file, place by place, and notes what the bank does not have."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.known = texts_of(bank)
        self.texts: dict[Place, str] = {}
        self.paths: dict[Place, Path] = {}
        self.changed: list[Place] = []
        self.pillars = {pillar.key: pillar for pillar in bank.pillars}
        self.seen: set[tuple[str, str]] = set()

    def read(self, record: Record) -> None:
        for name in places.BANK:
            self.take(record[name], name)
        for number, entry in enumerate(few(record, "levels", 5, 5), start=1):
            level = entry.record((), places.LEVEL)
            for name in places.LEVEL:
                self.take(level[name], places.of_level(number, name))
        for entry in record.items("pillars"):
            self.read_pillar(entry)
        for entry in record.items("source_changed"):
            self.read_changed(entry)

    def read_changed(self, entry: Cursor) -> None:
        place = entry.text(300)
        if place and place not in self.texts:
            entry.refuse(f"this file has no text for {shown(place)}")
        self.changed.append(place)

    def read_pillar(self, entry: Cursor) -> None:
        record = entry.record(("key",), (*places.PILLAR, "questions"))
        key = self.key(record, "pillar", self.pillars)
        if not key:
            return
        for name in places.PILLAR:
            self.take(record[name], places.of_pillar(key, name), SHORT if name == "short" else MAX_TEXT)
        for question in record.items("questions"):
            self.read_question(question, key)

    def read_question(self, entry: Cursor, pillar: str) -> None:
        record = entry.record(("key",), (*places.QUESTION, "anchors", "next_steps"))
        key = self.key(record, "question", self.bank.questions)
        if not key:
            return
        if self.bank.pillar_of[key].key != pillar:
            entry.refuse(f"{shown(key)} stands in the pillar {shown(self.bank.pillar_of[key].key)} of the bank")
        for name in places.QUESTION:
            self.take(record[name], places.of_question(key, name), SHORT if name == "short" else MAX_TEXT)
        for level, anchor in enumerate(few(record, "anchors", 5, 5), start=1):
            self.take(anchor, places.of_anchor(key, level))
        self.read_steps(record, key)

    def read_steps(self, record: Record, key: str) -> None:
        steps, entries, cursor = self.bank.questions[key].next_steps, record.items("next_steps"), record["next_steps"]
        if cursor is not None and len(entries) != len(steps):
            cursor.refuse(f"the bank has {in_words(len(steps))} next steps here, {in_words(len(entries))} found")
            return
        for number, (step, entry) in enumerate(zip(steps, entries, strict=False), start=1):
            fields = entry.record(("from",), places.STEP)
            if (start := fields["from"]) is not None and start.whole(1, 5) != step.from_level:
                start.refuse(f"the bank's step {number} here is from level {step.from_level}; keep the bank's order")
            for name in places.STEP:
                self.take(fields[name], places.of_step(key, number, name))

    def key(self, record: Record, what: str, known: Collection[str]) -> str:
        """A key that the bank has and that has not come before; "" where it is neither."""
        key, at = record.key("key"), record["key"]
        if not key or at is None:
            return ""
        if key not in known:
            at.refuse(f"there is no {what} {shown(key)} in this bank")
            return ""
        if (what, key) in self.seen:
            at.refuse(f"{shown(key)} is the key of a {what} before this one; every key is used once")
        self.seen.add((what, key))
        return key

    def take(self, cursor: Cursor | None, place: Place, longest: int = MAX_TEXT) -> None:
        """The text at a cursor; null, like a field left out, means that there is none yet."""
        if cursor is None or cursor.null():
            return
        text = cursor.text(longest)
        if place not in self.known:
            cursor.refuse("the bank has no text here; leave it out")
        self.texts[place], self.paths[place] = text, cursor.path


def warnings(loaded: LoadedTranslation) -> Iterator[tuple[Place, str]]:
    """What its author should look at again: it never keeps a translation from loading."""
    source = texts_of(loaded.bank)
    for place, text in loaded.translation.texts.items():
        length = len(words(text))
        if "/anchors/" in place and length > LONGEST_ANCHOR:
            yield place, f"{length} words; a statement of more than {LONGEST_ANCHOR} is not read to its end"
        if text == source[place] and length > 3:
            yield place, "the same words as in the bank's own language"
        if place in loaded.translation.changed:
            yield place, "the source has changed since this was translated"

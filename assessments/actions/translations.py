"""Translations of a bank version: loading a file, changing single texts, offering them to readers.

Each change keeps the previous texts and increases the translation's own version; the bank version does not change.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from assessments import audit, results
from assessments.formats import translation as content
from assessments.formats.difference import numbers
from assessments.formats.places import Place, TranslatedTexts, texts_of
from assessments.models import BankVersion, Translation, TranslationEdit, User

Verb = TranslationEdit.Verb


class TranslationConflictError(Exception):
    """The database has other texts for this language under the same or a later version; nothing was changed."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


@dataclass(frozen=True)
class Clash:
    """A text that someone else has changed since it was read."""

    place: Place
    current: str | None


class TranslationChangedError(Exception):
    """Some of the same texts have since been changed by others; nothing was changed."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        super().__init__(clashes)
        self.clashes = clashes


@transaction.atomic
def load(*, version: BankVersion, translation: TranslatedTexts, by: User | None = None) -> tuple[Translation, bool]:
    """Store the texts of a file; returns (row, whether anything changed).

    Raises TranslationConflictError if different texts exist under the same or a later version.
    """
    source = texts_of(results.bank_of(version))
    sources = {place: None if place in translation.changed else source[place] for place in translation.texts}
    row = _locked(version, translation.language)
    if row is None:
        row = Translation(bank_version=version, language=translation.language)
    elif row.texts == translation.texts and row.sources == sources:
        return row, False
    elif numbers(translation.version) <= numbers(row.version):
        raise TranslationConflictError(row.version)
    before = row.texts
    row.version, row.texts, row.sources = translation.version, translation.texts, sources
    _store(row, before, Verb.LOADED, by)
    return row, True


@transaction.atomic
def change(*, row: Translation, texts: Mapping[Place, str], read: Mapping[Place, str], by: User) -> bool:
    """Set the texts of these places ("" removes one), based on the current source. Returns False if nothing changes.

    `read` holds the texts the user saw; raises TranslationChangedError if they have changed since.
    """
    current = Translation.objects.select_for_update().select_related("bank_version__bank").get(pk=row.pk)
    source = texts_of(results.bank_of(current.bank_version))
    new = {place: text for place, text in texts.items() if place in source}
    changed = {place for place, text in new.items() if text != read.get(place, "")}
    clashes = [place for place in changed if current.texts.get(place, "") not in (read.get(place, ""), new[place])]
    if clashes:
        raise TranslationChangedError(tuple(Clash(place, current.texts.get(place)) for place in sorted(clashes)))
    before = dict(current.texts)
    for place in changed:
        _put(current, place, new[place], source[place])
    if current.texts == before:
        return False
    current.version = next_version(current.version)
    _store(current, before, Verb.CHANGED, by)
    row.refresh_from_db()
    return True


@transaction.atomic
def confirm(*, row: Translation, places: frozenset[Place], by: User) -> None:
    """Confirm that texts are still valid although their source has changed."""
    current = Translation.objects.select_for_update().select_related("bank_version__bank").get(pk=row.pk)
    source = texts_of(results.bank_of(current.bank_version))
    outdated = {place for place in places if place in current.texts and current.sources.get(place) != source.get(place)}
    if not outdated:
        return
    for place in outdated:
        current.sources[place] = source[place]
    current.version = next_version(current.version)
    _store(current, current.texts, Verb.CHANGED, by)
    row.refresh_from_db()


@transaction.atomic
def offer(*, row: Translation, offered: bool, by: User | None = None) -> bool:
    """Offer a translation to readers, or withdraw it. Returns False if nothing changes."""
    current = Translation.objects.select_for_update().select_related("bank_version__bank").get(pk=row.pk)
    if current.is_offered == offered:
        return False
    current.is_offered = offered
    _store(current, current.texts, Verb.OFFERED if offered else Verb.WITHDRAWN, by)
    audit.record(
        by=by, verb=audit.Verb.TRANSLATION_OFFERED if offered else audit.Verb.TRANSLATION_WITHDRAWN, what=current
    )
    row.refresh_from_db()
    return True


@transaction.atomic
def begin(*, version: BankVersion, language: str, by: User) -> Translation:
    """Return the translation into a language, created without texts if there is none."""
    row, new = Translation.objects.get_or_create(
        bank_version=version, language=language, defaults={"version": "0.1.0", "is_offered": False}
    )
    if new:
        audit.record(by=by, verb=audit.Verb.TRANSLATION_STARTED, what=row)
    return row


@transaction.atomic
def carry_over(*, before: BankVersion, version: BankVersion, by: User | None) -> None:
    """Copy translations to a new version; each text keeps the source it was translated from."""
    for old in before.translations.all():
        row = Translation(
            bank_version=version,
            language=old.language,
            version=old.version,
            texts=old.texts,
            sources=old.sources,
            is_offered=old.is_offered,
        )
        _store(row, {}, Verb.COPIED, by)


def next_version(version: str) -> str:
    """One patch above."""
    major, minor, patch = numbers(version)
    return f"{major}.{minor}.{patch + 1}"


def _locked(version: BankVersion, language: str) -> Translation | None:
    rows = Translation.objects.select_for_update().filter(bank_version=version, language__iexact=language)
    return rows.select_related("bank_version__bank").first()


def _put(row: Translation, place: Place, text: str, source: str) -> None:
    if text:
        row.texts[place], row.sources[place] = text, source
    else:
        row.texts.pop(place, None)
        row.sources.pop(place, None)


def _store(row: Translation, before: Mapping[Place, str], verb: str, by: User | None) -> None:
    """Save the row, its history and the version's list of offered languages, which readers load with the version."""
    row.save()
    places = {place for place in {*before, *row.texts} if before.get(place) != row.texts.get(place)}
    TranslationEdit.objects.create(
        translation=row,
        by=by,
        verb=verb,
        version=row.version,
        before={place: before.get(place) for place in places},
        after={place: row.texts.get(place) for place in places},
    )
    _tell_readers(row.bank_version)


def _tell_readers(version: BankVersion) -> None:
    current = BankVersion.objects.locked(version.pk)
    bank = results.bank_of(version)
    offered = version.translations.filter(is_offered=True)
    languages = {row.language: content.checksum(results.content_of(row, bank), bank) for row in offered}
    if languages != current.languages:  # a trigger refuses updates of a published version that change nothing
        BankVersion.objects.filter(pk=version.pk).update(languages=languages)
    version.languages = languages

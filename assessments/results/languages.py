"""A bank, or a result with it, in the reader's language, as far as it is translated."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from assessments.formats.places import Place, TranslatedTexts, texts_of, translated
from assessments.models import Assessment, BankVersion, Translation as TranslationRow
from assessments.scoring.bank import Bank
from assessments.scoring.figures import Priority, Result
from assessments.sentences import BankText

from .assessment import AssessmentResult
from .bank import bank_of


def languages_of(version: BankVersion) -> tuple[str, ...]:
    """The languages offered to readers of a version, its own first. No query."""
    return (version.language, *sorted(version.languages))


def best_match(preferred: str | None, languages: Iterable[str]) -> str | None:
    """The offered language that best matches the preferred one: the same, or the same without region or script."""
    by_tag = {language.lower(): language for language in languages}
    preferred = (preferred or "").lower()
    base = preferred.partition("-")[0]
    near = (language for low, language in by_tag.items() if low.partition("-")[0] == base)
    return by_tag.get(preferred) or by_tag.get(base) or next(near, None)


def bank_in(version: BankVersion, preferred: str | None) -> Bank:
    """The bank in the preferred language if offered, else in its own. No query once it is cached.

    Each text says its language; one that is not translated has the bank's own.
    """
    bank, language = bank_of(version), best_match(preferred, version.languages)
    is_own = best_match(preferred, (version.language,)) is not None
    if language is None or (is_own and (preferred or "").lower() not in _low(version.languages)):
        language = version.language
    key = (bank.checksum or "", language, version.languages.get(language, ""))
    cache = _worded_banks()
    if bank.checksum is None or key not in cache:
        own = {} if language == version.language else readable(content_of(_row(version, language), bank))
        cache[key] = spoken(bank, own, language)
    return cache[key]


def spoken(bank: Bank, texts: Mapping[Place, str] = MappingProxyType({}), language: str = "") -> Bank:
    """The bank with these texts in `language` and its own elsewhere, where each text says which language it has."""
    own = {place: BankText(text, bank.language) for place, text in texts_of(bank).items()}
    other = {place: BankText(text, language) for place, text in texts.items()}
    return translated(bank, own | other, language or bank.language)


def subset_in(assessment: Assessment, language: str) -> str:
    """The title of the subset that an assessment asks, in this language; "" if it asks everything."""
    if not assessment.subset:
        return ""
    return bank_in(assessment.bank_version, language).subset(assessment.subset).title


def name_in(version: BankVersion, language: str | None) -> str:
    """A version's title in the given language if offered. No query in its own language."""
    return version.title if best_match(language, version.languages) is None else bank_in(version, language).title


def title_in(version: BankVersion, language: str | None) -> str:
    """The same with the version number."""
    return f"{name_in(version, language)} {version.version}"


def readable(translation: TranslatedTexts) -> dict[Place, str]:
    """The texts shown to readers, without outdated ones: they would ask a different question than the source."""
    return {place: text for place, text in translation.texts.items() if place not in translation.changed}


def in_language(result: AssessmentResult, language: str | None) -> AssessmentResult:
    """The same result with the bank's texts in the given language, as far as translated."""
    bank = bank_in(result.assessment.bank_version, language)
    earlier = result.earlier
    if earlier is not None:
        earlier = replace(earlier, bank=bank_in(earlier.assessment.bank_version, language))
    limits = replace(result.seen, result=worded(result.result, result.bank, bank))
    return replace(result, bank=bank, seen=limits, earlier=earlier)


def worded(result: Result, source: Bank, bank: Bank) -> Result:
    """A result scored with `source`, with next steps in the language of `bank`, the same bank in translation."""
    return replace(result, priorities=tuple(_worded(one, source, bank) for one in result.priorities))


def _worded(priority: Priority, source: Bank, bank: Bank) -> Priority:
    steps = zip(
        source.questions[priority.question].next_steps, bank.questions[priority.question].next_steps, strict=True
    )
    for old, new in steps:
        if (old.action, old.owner, old.horizon) == (priority.action, priority.owner, priority.horizon):
            return replace(priority, action=new.action, owner=new.owner)
    return priority


def content_of(row: TranslationRow, bank: Bank) -> TranslatedTexts:
    """A translation as a file contains it. A text is `changed` if its source differs from the bank's text now."""
    source = texts_of(bank)
    texts = {place: row.texts[place] for place in source if place in row.texts}
    return TranslatedTexts(
        bank=bank.key,
        bank_version=bank.version,
        language=row.language,
        version=row.version,
        texts=texts,
        changed=frozenset(place for place in texts if row.sources.get(place) != source[place]),
    )


def _row(version: BankVersion, language: str) -> TranslationRow:
    return TranslationRow.objects.get(bank_version=version, language=language)


def _low(languages: Iterable[str]) -> set[str]:
    return {language.lower() for language in languages}


@lru_cache(maxsize=1)
def _worded_banks() -> dict[tuple[str, str, str], Bank]:
    """Banks by their checksum, language and the translation's checksum ("" in their own), so the cache is never stale."""
    return {}

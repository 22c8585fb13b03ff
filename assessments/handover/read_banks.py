"""Import the question banks of a handover with their translations.

A bank that exists here does not change for its readers: a missing language is added, but not offered until reviewed.
"""

from django.utils.translation import gettext as _

from assessments import results
from assessments.actions import banks, translations
from assessments.formats.bank import load_bank
from assessments.formats.places import TranslatedTexts
from assessments.formats.translation import parse_translation
from assessments.handover.archive import Handover
from assessments.models import BankVersion
from assessments.scoring.bank import Bank

from .errors import HandoverError, reading
from .kinds import Row, moment


def take_in(entries: list[Row], handover: Handover) -> tuple[dict[str, tuple[BankVersion, Bank]], list[str], list[str]]:
    """(versions and banks by checksum, sentences about what was created, sentences about conflicts)."""
    versions: dict[str, tuple[BankVersion, Bank]] = {}
    sentences: list[str] = []
    clashes: list[str] = []
    for entry in entries:
        try:
            version, bank, is_new = _bank(entry, handover.banks[entry["checksum"]])
            versions[entry["checksum"]] = version, bank
            told = _("Question bank, new here and then available for every client’s assessments: %(bank)s")
            sentences.append((told if is_new else _("Question bank: %(bank)s")) % {"bank": version})
            with reading(_("The translations of %(bank)s") % {"bank": version}):
                for given in entry.get("translations", []):
                    sentences += _translation(given, version, bank, is_new, handover)
        except HandoverError as error:
            clashes += error.sentences
    return versions, sentences, clashes


def _bank(entry: Row, content: str) -> tuple[BankVersion, Bank, bool]:
    """(the published version with this content, the bank, whether it is new here). Raises HandoverError."""
    bank = load_bank(content)
    try:
        version, is_new = banks.load(bank=bank)
    except banks.BankConflictError as conflict:
        raise HandoverError(
            _("A different question bank is already stored here as %(key)s %(version)s.")
            % {"key": bank.key, "version": bank.version}
        ) from conflict
    if version.state == BankVersion.State.DRAFT and not is_new:
        raise HandoverError(_("%(bank)s is still a draft here. Publish it first.") % {"bank": version})
    banks.publish(version=version, at=moment(entry["published_at"]))
    version.refresh_from_db()
    if version.checksum != entry["checksum"]:
        raise HandoverError(_("The checksum of %(bank)s does not match its content.") % {"bank": version})
    return version, bank, is_new


def _translation(entry: Row, version: BankVersion, bank: Bank, is_new: bool, handover: Handover) -> list[str]:
    content = _parsed(entry["file"], handover.file(entry), bank)
    names = {"language": content.language, "bank": version}
    there = version.translations.filter(language__iexact=content.language)
    if is_new:
        there.delete()  # texts just copied from the previous version; the file has its own
    elif (row := there.first()) is not None:
        same = results.content_of(row, bank).texts == content.texts
        return [] if same else [_("The texts of %(bank)s in “%(language)s” are not changed here.") % names]
    row, _new = translations.load(version=version, translation=content)
    if not is_new:
        return [_("%(bank)s in “%(language)s” is added, but readers cannot choose it until you offer it.") % names]
    translations.offer(row=row, offered=entry["is_offered"] is True)
    return [_("Translation: %(bank)s in “%(language)s”") % names]


def _parsed(file: str, content: bytes, bank: Bank) -> TranslatedTexts:
    def find(key: str, number: str) -> Bank | None:
        return bank if (key, number) == (bank.key, bank.version) else None

    return parse_translation(content, file, find).translation

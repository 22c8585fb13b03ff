"""Bank versions: loading a file into rows, publishing, retiring, and creating the next draft."""

import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments import audit, results
from assessments.formats.bank import load_bank
from assessments.formats.difference import numbers
from assessments.formats.dump import checksum, dump_bank
from assessments.models import Anchor, BankVersion, Edit, Level, NextStep, Pillar, Question, QuestionBank, User
from assessments.scoring import bank as content

from . import drafts, translations


class BankConflictError(Exception):
    """The database holds a different bank under this key and version; nothing was changed."""


class DraftChangedError(Exception):
    """The draft has changed since it was confirmed; nothing was changed."""


class NumberTakenError(Exception):
    """Another version of this bank has this number; nothing was changed."""


@transaction.atomic
def load(*, bank: content.Bank, by: User | None = None) -> tuple[BankVersion, bool]:
    """Store a bank as a draft version; returns (version, whether it was created now).

    Identical content changes nothing; different content under the same version raises BankConflictError.
    """
    row, _created = QuestionBank.objects.get_or_create(key=bank.key)
    existing = row.versions.filter(version=bank.version).first()
    if existing is not None:
        if dump_bank(results.bank_of(existing)) != dump_bank(bank):
            raise BankConflictError
        return existing, False
    version = _store(row, bank)
    if (before := last_published(version)) is not None:
        translations.carry_over(before=before, version=version, by=by)
    audit.record(by=by, verb=audit.Verb.BANK_LOADED, what=version)
    return version, True


@transaction.atomic
def remember_columns(*, bank: QuestionBank, columns: dict[str, Any]) -> None:
    """Keep what a person said of a sheet's columns, for the next sheet with the same headings."""
    bank.columns = columns
    bank.save(update_fields=["columns"])


@transaction.atomic
def replace(*, version: BankVersion, bank: content.Bank, by: User) -> None:
    """Replace a draft's content with a file of the same bank, recorded in its history. Raises BankConflictError."""
    current = drafts.lock(version)
    before = dump_bank(results.bank_of(current))
    clash = current.bank.versions.filter(version=bank.version).exclude(pk=current.pk)
    if bank.key != current.bank.key or clash.exists():
        raise BankConflictError
    current.pillars.all().delete()
    current.levels.all().delete()
    _write_texts(current, bank)
    _store_content(current, bank)
    drafts.record(
        version=current,
        verb=Edit.Verb.IMPORTED,
        kind=Edit.Kind.WHOLE,
        row=current,
        by=by,
        before={"yaml": before},
        after={"yaml": dump_bank(bank)},
    )


@transaction.atomic
def restore_whole(*, edit: Edit, by: User) -> None:
    """Restore the content that an imported file replaced."""
    if edit.before is None:
        raise drafts.NothingToRestoreError
    replace(version=edit.version, bank=load_bank(edit.before["yaml"]), by=by)


@transaction.atomic
def publish(
    *, version: BankVersion, by: User | None = None, reason: str = "", at: datetime.datetime | None = None
) -> bool:
    """Freeze a draft with its checksum, as of `at` or now. Returns False if it was already published."""
    current = BankVersion.objects.locked(version.pk)
    if current.state != BankVersion.State.DRAFT:
        return False
    current.checksum = checksum(results.bank_of(current))
    current.state, current.published_at = BankVersion.State.PUBLISHED, at or timezone.now()
    current.save()
    audit.record(by=by, verb=audit.Verb.BANK_PUBLISHED, what=current)
    drafts.record(version=current, verb=Edit.Verb.PUBLISHED, row=current, by=by, reason=reason)
    version.refresh_from_db()
    return True


@transaction.atomic
def publish_draft(*, version: BankVersion, number: str, reason: str, confirmed: str, by: User) -> None:
    """Publish a draft under this number, if its content still has the checksum `confirmed`, that of `to_publish`.

    Keys missing since the last version are recorded as retired. Raises ProblemsError for a bank with errors,
    DraftChangedError, NumberTakenError or PublishedBankError; nothing is changed then.
    """
    current = drafts.lock(version)
    bank = to_publish(current)
    if checksum(bank) != confirmed:
        raise DraftChangedError
    load_bank(dump_bank(bank))
    if current.bank.versions.filter(version=number).exclude(pk=current.pk).exists():
        raise NumberTakenError
    current.version, current.retired = number, list(bank.retired)
    current.save()
    publish(version=current, by=by, reason=reason)
    version.refresh_from_db()


def to_publish(version: BankVersion) -> content.Bank:
    """A draft's content, including the keys that publication would retire."""
    bank, last = results.bank_of(version), last_published(version)
    if last is None:
        return bank
    before = results.bank_of(last)
    retired = [
        key for key in (*before.retired, *before.questions) if key not in bank.questions or key in before.retired
    ]
    return dataclasses.replace(bank, retired=tuple(dict.fromkeys((*bank.retired, *retired))))


def last_published(version: BankVersion) -> BankVersion | None:
    """The highest other version of the same bank that is not a draft."""
    others = version.bank.versions.exclude(pk=version.pk).exclude(state=BankVersion.State.DRAFT)
    return max(others.select_related("bank"), key=lambda other: numbers(other.version), default=None)


@transaction.atomic
def retire(*, version: BankVersion, reason: str, by: User) -> bool:
    """Stop new assessments from using a version; existing ones keep it. Returns False unless it is published."""
    published = BankVersion.objects.published().filter(pk=version.pk)
    if not published.update(state=BankVersion.State.RETIRED):
        return False
    audit.record(by=by, verb=audit.Verb.BANK_RETIRED, what=version)
    drafts.record(version=version, verb=Edit.Verb.RETIRED, row=version, by=by, reason=reason)
    return True


@transaction.atomic
def new_draft(*, version: BankVersion, by: User, key: str | None = None) -> BankVersion:
    """Copy a version as a draft of the same bank, or as 1.0.0 of a new bank under `key`."""
    bank = results.bank_of(version)
    if key is None:
        row, number = version.bank, free_number(version.bank)
        bank = dataclasses.replace(bank, version=number)
    else:
        row = QuestionBank.objects.create(key=key)
        bank = dataclasses.replace(bank, key=key, version="1.0.0", retired=())
    draft = _store(row, bank)
    translations.carry_over(before=version, version=draft, by=by)
    drafts.record(version=draft, verb=Edit.Verb.COPIED, row=draft, by=by, reason=str(version))
    return draft


def free_number(bank: QuestionBank) -> str:
    """One patch above the highest version, including drafts; 1.0.0 for the first."""
    versions = [numbers(number) for number in bank.versions.values_list("version", flat=True)]
    major, minor, patch = max(versions, default=(0, 9, 9))
    return f"{major}.{minor}.{patch + 1}" if versions else "1.0.0"


def _store(row: QuestionBank, bank: content.Bank) -> BankVersion:
    version = BankVersion(bank=row)
    _write_texts(version, bank)
    _store_content(version, bank)
    return version


def _write_texts(version: BankVersion, bank: content.Bank) -> None:
    version.version, version.title, version.language = bank.version, bank.title, bank.language
    version.source, version.licence, version.about = bank.source or "", bank.licence or "", bank.about or ""
    version.retired, version.attribution, version.format = list(bank.retired), bank.attribution or "", bank.format
    version.scale = [] if bank.range is None else [bank.range.low, bank.range.high]
    version.choices = [_answer_set(each) for each in bank.choices]
    version.gate = {} if bank.gate == content.Gate() else dict(vars(bank.gate))
    version.groups, version.index_of = [dict(vars(group)) for group in bank.groups], bank.index_of
    version.subsets = [{**vars(subset), "questions": list(subset.questions)} for subset in bank.subsets]
    version.save()


def _answer_set(each: content.AnswerSet) -> dict[str, Any]:
    choices = [{"text": choice.text, "value": choice.value} for choice in each.choices]
    return {"key": each.key, "choices": choices}


def _store_content(version: BankVersion, bank: content.Bank) -> None:
    Level.objects.bulk_create(
        Level(version=version, number=number, name=level.name, summary=level.summary or "", value=level.value)
        for number, level in enumerate(bank.levels, start=1)
    )
    for order, pillar in enumerate(bank.pillars):
        _store_pillar(version, order, pillar)


def _store_pillar(version: BankVersion, order: int, pillar: content.Pillar) -> None:
    row = Pillar.objects.create(
        version=version,
        order=order,
        key=pillar.key,
        name=pillar.name,
        short=pillar.short or "",
        group=pillar.group or "",
        weight=pillar.weight,
        summary=pillar.summary or "",
    )
    questions = Question.objects.bulk_create(
        _question(row, number, question) for number, question in enumerate(pillar.questions)
    )
    pairs = list(zip(questions, pillar.questions, strict=True))
    Anchor.objects.bulk_create(anchor for pair in pairs for anchor in _anchors(*pair))
    NextStep.objects.bulk_create(step for pair in pairs for step in _next_steps(*pair))


def _question(pillar: Pillar, order: int, question: content.Question) -> Question:
    return Question(
        pillar=pillar,
        order=order,
        key=question.key,
        text=question.text,
        help=question.help or "",
        short=question.short or "",
        error=question.error or "",
        covers=list(question.covers),
        weight=question.weight,
        essential_at=question.essential_at,
        essential_reason=question.essential_reason or "",
        allows_na=question.allows_na,
        central=question.central,
        choices="" if question.choices is None else question.choices.key,
        stage=question.stage,
    )


def _anchors(row: Question, question: content.Question) -> Iterator[Anchor]:
    for level, text in enumerate(question.anchors, start=1):
        if text is not None:
            yield Anchor(question=row, level=level, text=text)


def _next_steps(row: Question, question: content.Question) -> Iterator[NextStep]:
    for order, step in enumerate(question.next_steps):
        yield NextStep(
            question=row,
            order=order,
            from_level=step.from_level,
            action=step.action,
            owner=step.owner or "",
            effort=step.effort,
            horizon=step.horizon or "",
            requires=list(step.requires),
        )

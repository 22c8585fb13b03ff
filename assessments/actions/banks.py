"""Loading a bank file into rows, and publishing a version."""

from django.db import transaction
from django.utils import timezone

from assessments import results
from assessments.exchange.dump import checksum, dump_bank
from assessments.models import Anchor, BankVersion, Level, NextStep, Pillar, Question, QuestionBank, User
from assessments.scoring import bank as content

from . import audit


class BankConflictError(Exception):
    """The database holds a different bank under this key and version; nothing was changed."""


@transaction.atomic
def load(*, bank: content.Bank, by: User | None = None) -> tuple[BankVersion, bool]:
    """Store a bank as a draft version: (version, whether it was made now).

    The same content twice changes nothing; other content under the same version raises BankConflictError.
    """
    row, _created = QuestionBank.objects.get_or_create(key=bank.key)
    existing = row.versions.filter(version=bank.version).first()
    if existing is not None:
        if dump_bank(results.bank_of(existing)) != dump_bank(bank):
            raise BankConflictError
        return existing, False
    version = _store(row, bank)
    audit.record(by=by, verb="loaded", what=version)
    return version, True


@transaction.atomic
def publish(*, version: BankVersion, by: User | None = None) -> bool:
    """Seal a draft with its checksum. False if it was published before."""
    current = BankVersion.objects.select_for_update().get(pk=version.pk)
    if current.state != BankVersion.State.DRAFT:
        return False
    current.checksum = checksum(results.bank_of(current))
    current.state, current.published_at = BankVersion.State.PUBLISHED, timezone.now()
    current.save()
    audit.record(by=by, verb="published", what=current)
    version.refresh_from_db()
    return True


def _store(row: QuestionBank, bank: content.Bank) -> BankVersion:
    version = BankVersion.objects.create(
        bank=row,
        version=bank.version,
        title=bank.title,
        language=bank.language,
        source=bank.source or "",
        licence=bank.licence or "",
        about=bank.about or "",
        retired=list(bank.retired),
    )
    Level.objects.bulk_create(
        Level(version=version, number=number, name=level.name, summary=level.summary)
        for number, level in enumerate(bank.levels, start=1)
    )
    for order, pillar in enumerate(bank.pillars):
        _store_pillar(version, order, pillar)
    return version


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
        Question(
            pillar=row,
            order=number,
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
        )
        for number, question in enumerate(pillar.questions)
    )
    pairs = list(zip(questions, pillar.questions, strict=True))
    Anchor.objects.bulk_create(
        Anchor(question=row, level=level, text=text)
        for row, question in pairs
        for level, text in enumerate(question.anchors, start=1)
        if text is not None
    )
    NextStep.objects.bulk_create(
        NextStep(
            question=row,
            order=number,
            from_level=step.from_level,
            action=step.action,
            owner=step.owner or "",
            effort=step.effort,
            horizon=step.horizon or "",
            requires=list(step.requires),
        )
        for row, question in pairs
        for number, step in enumerate(question.next_steps)
    )

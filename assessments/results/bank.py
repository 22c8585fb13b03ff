"""A bank version's rows -> the bank for scoring."""

from collections.abc import Mapping
from functools import lru_cache

from assessments.formats.bank_content import answer_set
from assessments.models import Assessment, BankVersion, Participant, Pillar as PillarRow, Question as QuestionRow
from assessments.scoring.bank import AnswerSet, Bank, Gate, Group, Level, NextStep, Pillar, Question, Scale, Subset
from assessments.scoring.marks import level_values


def bank_of(version: BankVersion) -> Bank:
    """The content of a version. Five queries, or none for a published version that is cached."""
    if version.state == BankVersion.State.DRAFT:
        return _read_bank(version)
    if version.checksum not in _cached_banks():
        _cached_banks()[version.checksum] = _read_bank(version)
    return _cached_banks()[version.checksum]


def bank_asked(assessment: Assessment, participant: Participant | None = None) -> Bank:
    """The questions that an assessment asks, of all or of a participant: its bank, or the subset of a pulse."""
    bank = bank_of(assessment.bank_version).limited_to(assessment.subset)
    return bank.asked_of_units if participant is not None and participant.is_asked_locally else bank


@lru_cache(maxsize=1)
def _cached_banks() -> dict[str, Bank]:
    """Banks by checksum. A published version never changes, so the cache is never stale."""
    return {}


def question_rows(version: BankVersion) -> dict[str, QuestionRow]:
    """The question rows of a version, by key. One query, or none for a published version that is cached."""
    if version.published_at is None:
        return _read_rows(version.pk)
    sealed = (version.pk, version.checksum, version.published_at)
    if sealed not in _sealed_rows():
        _sealed_rows()[sealed] = _read_rows(version.pk)
    return _sealed_rows()[sealed]


@lru_cache(maxsize=1)
def _sealed_rows() -> dict[tuple[object, ...], dict[str, QuestionRow]]:
    return {}


def _read_rows(version: int) -> dict[str, QuestionRow]:
    return {row.key: row for row in QuestionRow.objects.filter(pillar__version=version)}


def _read_bank(version: BankVersion) -> Bank:
    pillars = version.pillars.prefetch_related("questions__anchors", "questions__next_steps")
    levels = tuple(
        Level(name=level.name, summary=level.summary or None, value=level.value) for level in version.levels.all()
    )
    ladder = level_values(levels)
    sets = {each["key"]: answer_set(each["key"], each["choices"], ladder) for each in version.choices}
    return Bank(
        key=version.bank.key,
        version=version.version,
        title=version.title,
        language=version.language,
        source=version.source or None,
        licence=version.licence or None,
        about=version.about or None,
        levels=levels,
        pillars=tuple(_pillar(row, len(levels), sets) for row in pillars),
        retired=tuple(version.retired),
        checksum=version.checksum or None,
        format=version.format,
        attribution=version.attribution or None,
        range=Scale(*version.scale) if version.scale else None,
        choices=tuple(sets.values()),
        gate=Gate(**version.gate),
        groups=tuple(Group(**group) for group in version.groups),
        index_of="groups" if version.index_of == "groups" else "pillars",
        subsets=tuple(Subset(each["key"], each["title"], tuple(each["questions"])) for each in version.subsets),
    )


def _pillar(row: PillarRow, levels: int, sets: Mapping[str, AnswerSet]) -> Pillar:
    return Pillar(
        key=row.key,
        name=row.name,
        questions=tuple(_question(question, levels, sets) for question in row.questions.all()),
        weight=row.weight,
        group=row.group or None,
        summary=row.summary or None,
        short=row.short or None,
    )


def _question(row: QuestionRow, levels: int, sets: Mapping[str, AnswerSet]) -> Question:
    anchors = {anchor.level: anchor.text for anchor in row.anchors.all()}
    return Question(
        key=row.key,
        text=row.text,
        anchors=() if row.choices else tuple(map(anchors.get, range(1, levels + 1))),
        weight=row.weight,
        essential_at=row.essential_at,
        essential_reason=row.essential_reason or None,
        allows_na=row.allows_na,
        central=row.central,
        help=row.help or None,
        error=row.error or None,
        short=row.short or None,
        covers=tuple(row.covers),
        choices=sets[row.choices] if row.choices else None,
        stage=row.stage,
        next_steps=tuple(
            NextStep(
                from_level=step.from_level,
                action=step.action,
                owner=step.owner or None,
                effort=step.effort,
                horizon=step.horizon or None,
                requires=tuple(step.requires),
            )
            for step in row.next_steps.all()
        ),
    )

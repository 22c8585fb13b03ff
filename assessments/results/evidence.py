"""Where an organisation's evidence is cited, as far as its managers may know, and which levels lack evidence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from assessments.formats.answers import load_answers
from assessments.models import Assessment, Citation, Evidence, Organisation, Result as ResultRow, Submission
from assessments.models.evidence import EvidenceQuerySet
from assessments.scoring.bank import Bank
from assessments.scoring.figures import PillarResult
from assessments.scoring.minimum_respondents import may_show
from assessments.scoring.pillar import SUPPORTED

from .bank import bank_of
from .limits import eligible_for, seen_by_everybody


class CitedAt(NamedTuple):
    """An assessment and a question whose answers cite a piece; never how many, or whose."""

    assessment: str
    question: str


@dataclass(frozen=True)
class Unsupported:
    """A pillar at a self-declared level, and the essential questions that lack evidence; none where the whole lacks it."""

    pillar: str
    level: str
    questions: tuple[str, ...]


def cited_at(organisation: Organisation, pieces: Collection[Evidence]) -> Mapping[UUID, tuple[CitedAt, ...]]:
    """Where each of these pieces is cited, oldest assessment first. Two queries.

    Only closed assessments: a citation that appears while people answer would tell when its author did. Confidential
    ones as their texts are shown: with three people who count, and only those of a first result.
    """
    shown = _shown_assessments(organisation)
    rows = Citation.objects.filter(
        evidence__in=pieces,
        submission__state=Submission.State.SUBMITTED,
        submission__participant__assessment__in=shown,
    )
    fields = ("evidence", "submission__participant__assessment", "question__pillar__order", "question__order")
    found: dict[UUID, dict[CitedAt, None]] = {}
    order = ("submission__participant__assessment__closed_at", *fields[2:])
    for piece, assessment, *_order, short, text in (
        rows.order_by(*order).values_list(*fields, "question__short", "question__text").distinct()
    ):
        found.setdefault(piece, {})[CitedAt(shown[assessment], short or text)] = None
    return {piece: tuple(places) for piece, places in found.items()}


def pieces_cited_in_question(assessment: Assessment, key: str) -> EvidenceQuerySet:
    """What the register has of the evidence that answers to a question cite, by title; for its managers alone. A query.

    It follows the same limits as the register, which says the same from the other side.
    """
    if assessment.pk not in _shown_assessments(assessment.organisation):
        return Evidence.objects.none()
    cited = Citation.objects.filter(
        question__key=key,
        submission__state=Submission.State.SUBMITTED,
        submission__participant__assessment=assessment,
    )
    return Evidence.objects.registered().filter(pk__in=cited.values("evidence")).order_by("title", "pk")


def _shown_assessments(organisation: Organisation) -> dict[UUID, str]:
    """The names of closed assessments whose citations may be shown, by id. One query."""
    rows = ResultRow.objects.filter(assessment__organisation=organisation, assessment__state__in=Assessment.CLOSED)
    shown: dict[UUID, str] = {}
    fields = ("assessment", "assessment__name", "assessment__confidentiality", "revision", "counted", "differing")
    for pk, name, confidentiality, revision, counted, differing in rows.order_by("revision").values_list(*fields):
        people = len(eligible_for(counted, None, everybody=True))
        texts = revision == 1 and not differing and may_show("comments", people, confidential=True)
        if texts or confidentiality == Assessment.Confidentiality.NAMED:
            shown[pk] = name
        else:
            shown.pop(pk, None)
    return shown


def unsupported_levels(organisation: Organisation) -> tuple[str, tuple[Unsupported, ...]]:
    """(the name of the latest full assessment with a result, its self-declared levels). One query, or two."""
    rows = ResultRow.objects.filter(assessment__in=Assessment.objects.filter(organisation=organisation).closed().full())
    row = rows.select_related("assessment__bank_version__bank").order_by("-assessment__closed_at", "-revision").first()
    if row is None:
        return "", ()
    bank = bank_of(row.assessment.bank_version)
    seen = seen_by_everybody(row, row.assessment, bank, load_answers(row.answers, bank))
    lacking = [each for each in seen.result.pillars if each.self_declared and each.level is not None]
    return row.assessment.name, tuple(_unsupported(bank, each) for each in lacking)


def _unsupported(bank: Bank, found: PillarResult) -> Unsupported:
    pillar = next(each for each in bank.pillars if each.key == found.key)
    grades = {question.key: question.evidence for question in found.questions}
    level = found.level or 0
    lacking = tuple(
        question.short or question.text
        for question in pillar.questions
        if question.essential_at and question.essential_at <= level and (grades[question.key] or 0) < SUPPORTED
    )
    return Unsupported(pillar.name, str(bank.level_text(level)), lacking)

"""A client's rows as a document for another installation, without accounts, names of people, addresses and texts that
people typed under a pseudonym. Individual answers of confidential assessments can only be downloaded encrypted.

`columns.py` lists the tables and columns that are included, and why the others are not.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

from assessments.formats.dump import dump_bank, dump_translation
from assessments.formats.json_text import Out
from assessments.models import (
    AgreedAnswer,
    Assessment,
    BankVersion,
    Commentary,
    Consultancy,
    Engagement,
    Logo,
    Organisation,
    Scenario,
    Unit,
    UnitFigures,
    Workshop,
)
from assessments.results.bank import bank_of
from assessments.results.brand import engagement_of
from assessments.results.decisions import actions_of
from assessments.results.interviews import Recorded, recorded_in
from assessments.results.languages import content_of

from .archive import sum_of
from .columns import written
from .kinds import Around

type Files = dict[str, bytes]  # by name in the archive
REGISTER = "evidence/register.csv"


def organisation_named(text: str) -> Organisation | None:
    """The client with this id, or the only one with this name; otherwise None."""
    try:
        return Organisation.objects.filter(pk=UUID(text)).first()
    except ValueError:
        organisations = list(Organisation.objects.filter(name=text)[:2])
        return organisations[0] if len(organisations) == 1 else None


def closed_assessments(organisation: Organisation) -> list[Assessment]:
    """The assessments that a handover includes, earliest closed first."""
    assessments = Assessment.objects.filter(organisation=organisation).closed()
    return list(assessments.select_related("organisation", "bank_version__bank").order_by("closed_at", "pk"))


def open_assessments(organisation: Organisation) -> list[str]:
    """The names of the assessments that a handover omits because they have no result."""
    assessments = Assessment.objects.filter(organisation=organisation).exclude(pk__in=Assessment.objects.closed())
    return list(assessments.order_by("created_at").values_list("name", flat=True))


def file_name(assessment: Assessment, file_type: str) -> str:
    """The name of an assessment's report (PDF) or data (JSON) in the archive."""
    folder = "reports" if file_type == "pdf" else "data"
    return f"{folder}/{slugify(assessment.name)[:60] or 'round'}-{str(assessment.pk)[:8]}.{file_type}"


def document_of(organisation: Organisation, assessments: Sequence[Assessment]) -> tuple[dict[str, Out], Files]:
    """(the document, the files of banks, translations and logos by name in the archive)."""
    files: Files = {}
    versions = {assessment.bank_version_id: assessment.bank_version for assessment in assessments}
    firms, engagements = _consultancies_of(assessments)
    around = Around(firms=firms)
    document: dict[str, Out] = {
        "made_at": timezone.now().isoformat(),
        "client": written(organisation, around),
        "units": _units(organisation, around),
        "logo": _logo(Logo.objects.filter(organisation=organisation).first(), "client", files),
        "consultancies": [_consultancy(firm, number, files) for number, firm in enumerate(firms, start=1)],
        "engagements": [written(row, around) for row in engagements],
        "banks": [_bank(version, files) for version in versions.values()],
        "rounds": [_assessment(assessment, around) for assessment in assessments],
    }
    return document, files


def _units(organisation: Organisation, around: Around) -> Out:
    """The units and AI systems, each after the one above it; `parent` is its position in this list."""
    below: dict[UUID | None, list[Unit]] = {}
    for unit in Unit.objects.filter(organisation=organisation).in_order():
        below.setdefault(unit.parent_id, []).append(unit)
    rows = [*below.get(None, [])]
    for unit in rows:
        rows.extend(below.get(unit.pk, ()))
    place = {unit.pk: number for number, unit in enumerate(rows)}
    return [
        {**written(unit, around), "parent": None if unit.parent_id is None else place[unit.parent_id]} for unit in rows
    ]


def _consultancies_of(assessments: Sequence[Assessment]) -> tuple[list[Consultancy], list[Engagement]]:
    """(the consultancies that reports of these assessments name or quote, the engagements of those named), in order."""
    named_by = {row.pk: row for assessment in assessments if (row := engagement_of(assessment)) is not None}
    engagements = sorted(named_by.values(), key=lambda row: (row.since, row.pk))
    named = {row.consultancy_id: row.consultancy for row in engagements}
    quoted = Commentary.objects.written().filter(assessment__in=assessments).values("consultancy")
    others = Consultancy.objects.filter(pk__in=quoted).exclude(pk__in=named)
    return [*named.values(), *others.order_by("name", "pk")], engagements


def _consultancy(firm: Consultancy, number: int, files: Files) -> Out:
    logo = Logo.objects.filter(consultancy=firm).first()
    return {**written(firm, Around()), "logo": _logo(logo, f"consultancy-{number}", files)}


def _logo(row: Logo | None, name: str, files: Files) -> Out:
    if row is None:
        return None
    file = f"logos/{name}.png"
    files[file] = bytes(row.png)
    return {"file": file, "words": row.words, "checksum": sum_of(files[file])}


def _bank(version: BankVersion, files: Files) -> Out:
    """The entry of a bank. Adds its text and its translations' texts to `files`."""
    bank, name = bank_of(version), f"{version.bank.key}-{version.version}"
    files[f"banks/{name}.yaml"] = dump_bank(bank).encode()
    translations: list[Out] = []
    for row in version.translations.all():
        file = f"translations/{name}.{row.language}.yaml"
        files[file] = dump_translation(content_of(row, bank), bank).encode()
        translations.append(
            {"language": row.language, "is_offered": row.is_offered, "file": file, "checksum": sum_of(files[file])}
        )
    return {
        "key": version.bank.key,
        "version": version.version,
        "checksum": version.checksum,
        "published_at": version.published_at.isoformat() if version.published_at else None,
        "translations": translations,
    }


def _assessment(assessment: Assessment, around: Around) -> Out:
    recorded = recorded_in(assessment)
    people = assessment.participants.order_by("pseudonym")
    results = assessment.results.order_by("revision").select_related("compared_with")
    commentary = Commentary.objects.written().filter(assessment=assessment).select_related("consultancy")
    agreed = AgreedAnswer.objects.filter(assessment=assessment).select_related("question")
    by_unit = set(UnitFigures.objects.filter(result__assessment=assessment).values_list("result", flat=True))
    return {
        **written(assessment, around),
        "people": [{**written(row, around), "interview": _interview(recorded.get(row.pseudonym))} for row in people],
        "results": [{**written(row, around), "by_unit": row.pk in by_unit} for row in results],
        "commentary": [written(row, around) for row in commentary.order_by("pillar")],
        "roadmap": _roadmap(assessment, around),
        "scenarios": [written(row, around) for row in Scenario.objects.filter(assessment=assessment).newest_first()],
        "agreed": [written(row, around) for row in agreed.order_by("pk")],
        "workshop": _workshop(Workshop.objects.filter(pk=assessment.pk).first(), around),
    }


def _interview(recorded: Recorded | None) -> Out:
    return None if recorded is None else {"confirmed": recorded.is_confirmed}


def _roadmap(assessment: Assessment, around: Around) -> Out:
    """The actions in order; `requires` has positions in this list."""
    rows = list(actions_of(assessment))
    place = {row.pk: number for number, row in enumerate(rows)}
    return [{**written(row, around), "requires": [place[first.pk] for first in row.requires.all()]} for row in rows]


def _workshop(row: Workshop | None, around: Around) -> Out:
    """The workshop with counts of the votes revealed, without who voted."""
    if row is None:
        return None
    revealed: Any = row.askings.exclude(revealed_at=None).select_related("question").order_by("asked_at", "pk")
    return {**written(row, around), "votes": [written(asking, around) for asking in revealed]}

"""A client's rows as a document for another installation: no accounts, no names of people, no addresses, no texts that
people typed under a pseudonym. It holds single answers: those of confidential assessments leave the browser sealed only.

Which tables go along, and why the others do not: `travelling.py`.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

from assessments.formats.dump import dump_bank
from assessments.formats.json_line import Out
from assessments.formats.translation import dump_translation
from assessments.handover.archive import sum_of
from assessments.models import Assessment, BankVersion, Organisation, Result
from assessments.results.bank import bank_of
from assessments.results.interviews import Recorded, recorded_in
from assessments.results.languages import content_of

from .write_brand import brand_of, consultancies_of
from .write_extras import beside_of, without_address


def organisation_named(text: str) -> Organisation | None:
    """The client with this id, or the only one of this name."""
    try:
        return Organisation.objects.filter(pk=UUID(text)).first()
    except ValueError:
        found = list(Organisation.objects.filter(name=text)[:2])
        return found[0] if len(found) == 1 else None


def closed_assessments(organisation: Organisation) -> list[Assessment]:
    """The assessments that a hand-over holds, oldest first."""
    assessments = Assessment.objects.filter(organisation=organisation).closed()
    return list(assessments.select_related("organisation", "bank_version__bank").order_by("closed_at", "pk"))


def open_assessments(organisation: Organisation) -> list[str]:
    """The names of those that it does not hold, because they have no result."""
    assessments = Assessment.objects.filter(organisation=organisation).exclude(pk__in=Assessment.objects.closed())
    return list(assessments.order_by("created_at").values_list("name", flat=True))


def file_name(assessment: Assessment, file_type: str) -> str:
    """Where an assessment's report (PDF) or data (JSON) lies in the archive."""
    folder = "reports" if file_type == "pdf" else "data"
    return f"{folder}/{slugify(assessment.name)[:60] or 'round'}-{str(assessment.pk)[:8]}.{file_type}"


def document_of(
    organisation: Organisation, assessments: Sequence[Assessment]
) -> tuple[dict[str, Out], dict[str, bytes]]:
    """(the document, the texts of banks and translations and the logos by their name in the archive)."""
    versions = {assessment.bank_version_id: assessment.bank_version for assessment in assessments}
    consultancies, engagements = consultancies_of(assessments)
    order = [consultancy.pk for consultancy in consultancies]
    brand, files = brand_of(organisation, consultancies, engagements)
    document: dict[str, Out] = {
        "made_at": timezone.now().isoformat(),
        "client": {
            "id": str(organisation.pk),
            "name": organisation.name,
            "time_zone": organisation.time_zone,
            "created_at": organisation.created_at.isoformat(),
        },
        **brand,
        "banks": [_bank(version, files) for version in versions.values()],
        "rounds": [{**_assessment(assessment), **beside_of(assessment, order)} for assessment in assessments],
    }
    return document, files


def _bank(version: BankVersion, files: dict[str, bytes]) -> Out:
    """The entry of a bank; its text and those of its translations are put into `files`."""
    bank, name = bank_of(version), f"{version.bank.key}-{version.version}"
    files[f"banks/{name}.yaml"] = dump_bank(bank).encode()
    entries: list[Out] = []
    for row in version.translations.all():
        file = f"translations/{name}.{row.language}.yaml"
        files[file] = dump_translation(content_of(row, bank), bank).encode()
        told: Out = {
            "language": row.language,
            "is_offered": row.is_offered,
            "file": file,
            "checksum": sum_of(files[file]),
        }
        entries.append(told)
    published = version.published_at.isoformat() if version.published_at else None
    return {
        "key": version.bank.key,
        "version": version.version,
        "checksum": version.checksum,
        "published_at": published,
        "translations": entries,
    }


def _assessment(assessment: Assessment) -> dict[str, Out]:
    moments = ("created_at", "opened_at", "closed_at", "released_at", "due_on")
    recorded = recorded_in(assessment)
    people = assessment.participants.order_by("pseudonym").values_list("pseudonym", "function")
    return {
        "id": str(assessment.pk),
        "name": assessment.name,
        "bank": assessment.bank_version.checksum,
        "state": assessment.state,
        "confidentiality": assessment.confidentiality,
        "for_one": assessment.for_one,
        "targets": {key: _target(target) for key, target in assessment.targets.items()},
        "reminder_days": assessment.reminder_days,
        **{name: value.isoformat() if (value := getattr(assessment, name)) else None for name in moments},
        "people": [_person(pseudonym, function, recorded.get(pseudonym)) for pseudonym, function in people],
        "results": [_result(row) for row in assessment.results.order_by("revision").select_related("compared_with")],
    }


def _target(target: Mapping[str, Out]) -> Out:
    approved = target.get("approved_by")
    return {**target, "approved_by": without_address(approved)} if isinstance(approved, str) else target


def _person(pseudonym: str, function: str, recorded: Recorded | None) -> Out:
    interview: Out = None if recorded is None else {"confirmed": recorded.is_confirmed}
    return {"pseudonym": pseudonym, "function": function, "interview": interview}


def _result(row: Result) -> Out:
    before = row.compared_with
    return {
        "revision": row.revision,
        "engine": row.engine,
        "salt": row.salt,
        "checksum": row.checksum,
        "frozen_at": row.frozen_at.isoformat(),
        "result": row.result,
        "answers": row.answers,
        "compared_with": None if before is None else [str(before.assessment_id), before.revision],
        "comparability": row.comparability,
        "change": row.change,
        "change_is_real": row.change_is_real,
        "differing": row.differing,
    }

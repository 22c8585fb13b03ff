"""Import a client from another installation: completely or not at all, without overwriting existing data."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from assessments import audit
from assessments.handover.archive import Handover
from assessments.models import (
    Answer,
    Assessment,
    BankVersion,
    Consultancy,
    Membership,
    Organisation,
    Participant,
    Question,
    Submission,
    User,
)
from assessments.privacy import result_erasure
from assessments.scoring.answers import Answers
from assessments.scoring.bank import Bank

from . import read_banks, read_extras, read_results, read_units
from .columns import arrive, values_of
from .errors import HandoverError, reading, refuse_unwritable
from .kinds import Around, Row


class _DryRunError(Exception):
    """Rolls back a successful dry run."""


def import_client(*, handover: Handover, lead: User | None, dry_run: bool, by: User | None = None) -> list[str]:
    """Import a client; return sentences about what is (in a dry run: would be) created. `lead` becomes the client lead.

    Raises HandoverError. A dry run does everything that an import does, then rolls it back.
    """
    sentences: list[str] = []
    try:
        with reading(_("The client")), transaction.atomic():
            sentences = _import(handover, lead, by or lead)
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    return sentences


def _import(handover: Handover, lead: User | None, by: User | None) -> list[str]:
    document: Any = handover.document
    refuse_unwritable(document)
    versions, of_banks, clashes = read_banks.take_in(document["banks"], handover)
    clashes += _here_already(document)
    if clashes:
        raise HandoverError(*clashes)
    sentences = _namesakes(document["client"])
    organisation = _organisation(document["client"])
    if lead is not None:
        Membership.objects.create(organisation=organisation, user=lead, role=Membership.Role.LEAD)
    with reading(_("The units")):
        counts = Counter(units=read_units.take_in(document.get("units", []), organisation))
    firms, of_brands = read_extras.take_in_brands(document, organisation, handover, by)
    arrivals: read_results.Arrivals = {}
    for entry in document["rounds"]:
        with reading(_("The assessment %(round)s") % {"round": entry["name"]}):
            counts += _assessment(entry, organisation, versions[entry["bank"]], firms, arrivals)
    for entry in document["rounds"]:
        with reading(_("The assessment %(round)s") % {"round": entry["name"]}):
            read_results.link(entry, arrivals)
            read_units.add_figures(entry, arrivals)
    audit.record(by=by, verb=audit.Verb.IMPORTED, what=organisation)
    sentences += [_("Client: %(name)s") % {"name": organisation.name}, *of_brands, *of_banks]
    sentences += [
        ngettext(
            "Assessment: %(name)s, %(count)d result", "Assessment: %(name)s, %(count)d results", len(entry["results"])
        )
        % {"name": entry["name"], "count": len(entry["results"])}
        for entry in document["rounds"]
    ]
    sentences += read_extras.counted(counts)
    return [*sentences, *read_results.remarks(arrivals)]


def client_named(handover: Handover) -> str:
    """The name of the client in the file, or "" if it has none."""
    document: Any = handover.document
    client = document.get("client")
    return str(client.get("name", "")) if isinstance(client, dict) else ""


def _here_already(document: Row) -> list[str]:
    """A sentence for each client or assessment in the file that exists here; nothing is ever overwritten."""
    sentences, client = [], document["client"]
    if Organisation.objects.filter(pk=UUID(client["id"])).exists():
        sentences.append(_("%(name)s already exists here. Nothing is overwritten.") % {"name": client["name"]})
    ids = [UUID(entry["id"]) for entry in document["rounds"]]
    here = set(Assessment.objects.filter(pk__in=ids).values_list("pk", flat=True))
    taken = [entry["name"] for entry, pk in zip(document["rounds"], ids, strict=True) if pk in here]
    return (
        sentences
        + read_units.here_already(document.get("units", []))
        + [_("The assessment %(name)s already exists here. Nothing is overwritten.") % {"name": name} for name in taken]
    )


def _namesakes(client: Row) -> list[str]:
    if not Organisation.objects.filter(name=client["name"]).exists():
        return []
    return [_("Another client here is also called %(name)s. It is not changed.") % {"name": client["name"]}]


def _organisation(client: Row) -> Organisation:
    organisation = Organisation(**values_of(Organisation, client, Around()))
    organisation.full_clean()
    organisation.save(force_insert=True)
    return organisation


def _assessment(
    entry: Row,
    organisation: Organisation,
    asked: tuple[BankVersion, Bank],
    firms: list[Consultancy],
    arrivals: read_results.Arrivals,
) -> Counter[str]:
    """Import an assessment; return the number of rows by kind. Adds its results to `arrivals`. Raises HandoverError."""
    version, bank = asked
    if entry["state"] not in (Assessment.State.CLOSED, Assessment.State.RELEASED) or not entry["results"]:
        raise HandoverError(_("The assessment %(name)s has no result.") % {"name": entry["name"]})
    if entry.get("subset") and entry["subset"] not in {subset.key for subset in bank.subsets}:
        raise HandoverError(_("The bank of %(name)s has no such subset of questions.") % {"name": entry["name"]})
    around = Around(
        firms=firms,
        version=version,
        pillars=[pillar.key for pillar in bank.pillars],
        questions={row.key: row for row in Question.objects.filter(pillar__version=version)},
        units={str(row.pk): row for row in organisation.units.all()},
    )
    columns = values_of(Assessment, {"reminder_days": [], "subset": "", "unit_kind": "", **entry}, around)
    assessment = Assessment(organisation=organisation, **columns)
    assessment.full_clean(exclude=["organisation", "bank_version"])
    assessment.save(force_insert=True)
    arrived = read_results.take_in(entry, assessment, bank)
    arrivals.update({(entry["id"], result.row.revision): result for result in arrived})
    people, answers = _people(entry, assessment, arrived[-1].answers, around)
    beside = read_extras.take_in(entry, assessment, bank, around)
    for result in arrived:
        result_erasure.follow(assessment, result.was, result.row.checksum)
    return beside + Counter(people=people, answers=answers)


def _people(entry: Row, assessment: Assessment, answers: Answers, around: Around) -> tuple[int, int]:
    """Create participants under pseudonyms, without accounts, and answers, without texts. Return both numbers."""
    rows = arrive(Participant, entry["people"], around, assessment=assessment)
    people, given = {row.pseudonym: row for row in rows}, 0
    interviews = {person["pseudonym"]: person["interview"] for person in entry["people"] if person.get("interview")}
    for person in answers.respondents:
        submission = Submission.objects.create(
            participant=people[person.id],
            state=Submission.State.SUBMITTED,
            submitted_at=assessment.closed_at,
            **_mode(interviews.get(person.id), assessment),
        )
        keys = [key for key in around.questions if key in person.answers or key in person.evidence]
        Answer.objects.bulk_create(
            Answer(
                submission=submission,
                question=around.questions[key],
                level=value if isinstance(value := person.answers.get(key), int) else None,
                other=value if isinstance(value, str) else "",
                evidence_grade=person.evidence[key].grade if key in person.evidence else None,
                saved_at=assessment.closed_at or assessment.created_at,
            )
            for key in keys
        )
        given += len(keys)
    return len(people), given


def _mode(interview: Row | None, assessment: Assessment) -> dict[str, Any]:
    """The columns of an interview. The file has neither its recorder nor the time of its confirmation."""
    if interview is None:
        return {}
    confirmed = assessment.closed_at if interview["confirmed"] is True else None
    return {"mode": Submission.Mode.INTERVIEW, "confirmed_at": confirmed}

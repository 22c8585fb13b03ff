"""Export all data of a client as one file for another installation, and control who can see its key."""

from collections.abc import Callable, Sequence
from io import BufferedRandom
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from assessments import audit
from assessments.actions import exports
from assessments.handover.archive import new_key, write_handover
from assessments.handover.write import REGISTER, closed_assessments, document_of, file_name
from assessments.models import Evidence, Export, ExportFile, Organisation, User

type Register = Callable[[UUID], bytes]  # of the client with this id
TYPES = (ExportFile.Type.PDF, ExportFile.Type.JSON)


class NothingToHandOverError(Exception):
    """The client has no closed assessment; nothing was changed."""


class OwnKeyError(Exception):
    """A user who can download the file must not see its key; it was not shown."""


@transaction.atomic
def ask(*, client: Organisation, language: str, by: User) -> Export:
    """Create the handover of a client in the background. Raises NothingToHandOverError, exports.TooManyExportsError."""
    assessments = closed_assessments(client)
    if not assessments:
        raise NothingToHandOverError
    export = exports.ask(assessments=assessments, types=TYPES, language=language, by=by, client=client)
    audit.record(by=by, verb=audit.Verb.HAND_OVER_ASKED, what=client)
    return export


def write(*, archive: BufferedRandom, export: Export, files: Sequence[ExportFile], register: Register) -> str:
    """Write the archive and return the key of its encrypted document, or "" if it is not encrypted.

    `register` writes the register of evidence, which is included as whoever manages the client can download it.
    """
    client = export.client
    if client is None:
        raise ValueError(export)
    asked = set(export.files.values_list("assessment", flat=True))
    assessments = [assessment for assessment in closed_assessments(client) if assessment.pk in asked]
    document, others = document_of(client, assessments)
    for file in files:
        if file.assessment is not None:
            others[file_name(file.assessment, file.file_type)] = exports.content_of(file) or b""
    key = None if all(assessment.is_named for assessment in assessments) else new_key()
    with translation.override(export.language):
        if Evidence.objects.registered().filter(organisation=client).exists():
            others[REGISTER] = register(client.pk)
        others["README.txt"] = _read_me(is_sealed=key is not None).encode()
    write_handover(archive, document, others, key=key)
    return key or ""


def _read_me(*, is_sealed: bool) -> str:
    sentences = [
        _("All data of one organisation, for another installation of the same product."),
        _(
            "reports/ holds the report of each closed assessment, data/ its figures and comments within the limits of every export."
        ),
        _(
            "banks/ holds the question banks, translations/ their texts in other languages, logos/ the logos of reports."
        ),
        _(
            "Comments, reasons and evidence texts are in reports/ and data/ only. They are not imported, "
            "so reports the other installation creates lack them: keep these."
        ),
        _(
            "evidence/register.csv, if there is one, lists the register of evidence. Its files are not in this archive: "
            "download them from the register."
        ),
        _("This archive contains no accounts, and no e-mail addresses except those someone typed into a text."),
        _("SHA256SUMS holds a checksum of every file; to verify them, run sha256sum -c SHA256SUMS."),
    ]
    if is_sealed:
        sentences += [
            _(
                "handover.json.sealed holds individual answers of confidential assessments, and what was "
                "written, planned and agreed, encrypted."
            ),
            _(
                "An administrator of the installation that created this file gives the key to an "
                "administrator of the other one."
            ),
        ]
    else:
        sentences += [
            _(
                "handover.json holds results, individual answers under pseudonyms, and what was written, "
                "planned and agreed; all assessments were named."
            )
        ]
    return "\n".join(sentences) + "\n"


@transaction.atomic
def note_taken(*, export: Export, by: User) -> None:
    """Record a download in the audit log."""
    if export.client is None:
        audit.record(by=by, verb=audit.Verb.DOWNLOADED, what=export, form="zip")
    else:
        audit.record(by=by, verb=audit.Verb.HAND_OVER_DOWNLOADED, what=export.client)


@transaction.atomic
def tell_key(*, export: Export, by: User) -> str:
    """The key, for an administrator who cannot download the file; recorded in the audit log. Raises OwnKeyError."""
    client = export.client
    if client is None or export.user_id == by.pk or Organisation.objects.managed_by(by).filter(pk=client.pk).exists():
        raise OwnKeyError
    audit.record(by=by, verb=audit.Verb.HAND_OVER_KEY_SHOWN, what=client)
    return export.seal_key

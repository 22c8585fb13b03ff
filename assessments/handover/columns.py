"""The tables and columns that a handover includes, and the reasons why it omits the others.

`written` exports and `arrive` imports by this register. A test fails until a new table or column is in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Model

from assessments.formats.json_text import Out

from . import kinds
from .kinds import Around, Row, ValueKind

A_PERSON = "no account goes along"
MADE_ANEW = "made anew where it arrives"
TYPED = "what people typed beside their answers stands in reports and data, within the limits of every export"
OF_HERE = "about this installation, not about the client"
WHEN = "when somebody answered is theirs; the moment of the close stands for it"
ON_ITS_WAY = "an e-mail or an answer of an assessment that is not closed"
THEN = "made of ratings that do not go along, so nobody could compute it again"
UNITS = "who was asked for which unit goes along with the answers of each result"
ID = {"id": MADE_ANEW}


@dataclass(frozen=True)
class Travels:
    """A table that a handover includes. `document`: the columns in the document, in its order, with their kinds (None:
    by the type of the column); `otherwise`: columns exported in another form; `stays`: why the others are omitted."""

    document: Mapping[str, ValueKind | None] = field(default_factory=dict)
    otherwise: str = ""
    stays: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.document, *self.otherwise.split())


def plain(names: str) -> dict[str, None]:
    return dict.fromkeys(names.split())


TRAVELS: dict[str, Travels] = {
    "assessments.Organisation": Travels(
        plain("id name time_zone created_at"),
        stays={
            "is_demo": "what arrives is kept like any client",
            "deleted_at": "a client that is deleted is not handed over",
            "shows_units": "who sees the results of all units is decided where it arrives",
            "is_verified": "whether it exists is checked where it arrives",
        },
    ),
    "assessments.Unit": Travels(
        {
            **plain("id kind name headcount closed_on purpose"),
            "owner": kinds.OWNER,
            **plain("in_use_since risk_class order"),
        },
        "organisation parent",
    ),
    "assessments.Assessment": Travels(
        {
            **plain("id name"),
            "bank_version": kinds.BANK,
            **plain("state confidentiality for_one subset unit_kind"),
            "targets": kinds.TARGETS,
            "reminder_days": kinds.DAYS,
            **plain("created_at opened_at closed_at released_at due_on"),
        },
        "organisation",
        {
            "then_test": THEN,
            "result_for_everyone": "who took part has no account where it arrives",
            "completion_told_at": WHEN,
            **dict.fromkeys(
                ("result_was_erased", "erased_result_closed_at"),
                "the results that go along name the people whose answers they defend",
            ),
            "is_reviewed": "whether it was reviewed matters until it closes",
        },
    ),
    "assessments.Participant": Travels(
        plain("pseudonym function"), "assessment", {**ID, "user": A_PERSON, "name": "no name goes along", "unit": UNITS}
    ),
    "assessments.Submission": Travels(
        otherwise="participant state mode",
        stays={
            **ID,
            "recorded_by": A_PERSON,
            **dict.fromkeys(("started_at", "submitted_at", "confirmed_at", "calibrated_at"), WHEN),
        },
    ),
    "assessments.Answer": Travels(
        otherwise="submission question level other evidence_grade",
        stays={
            **ID,
            **dict.fromkeys(("reason", "comment", "evidence_text", "evidence_link"), TYPED),
            "revision": "counts the saves of a page that is locked",
            "pages": "of pages that were open",
            "answered_by": A_PERSON,
            "saved_at": WHEN,
        },
    ),
    "assessments.Result": Travels(
        {
            **plain("revision engine salt checksum frozen_at result answers"),
            "compared_with": kinds.RESULT,
            **plain("comparability change change_is_real differing calibrated"),
        },
        "assessment index level",
        {
            **ID,
            **dict.fromkeys(("then_people", "then_shift", "then_margin"), THEN),
            "origin": "found out where it arrives",
            "counted": "nobody who recorded an interview is known where it arrives: only who answered alone counts there",
        },
    ),
    "assessments.PillarResult": Travels(otherwise="result order key status score level", stays=ID),
    "assessments.Commentary": Travels(
        {
            "pillar": kinds.PILLAR,
            "text": kinds.PROSE,
            "checksum": kinds.OF_RESULT,
            "consultancy": kinds.FIRM_IF,
            "changed_at": None,
        },
        "assessment",
        {
            **ID,
            "written_by": A_PERSON,
            "revision": "counts the saves here",
            "language": "chosen again where it is edited",
        },
    ),
    "assessments.RoadmapAction": Travels(
        {
            "title": None,
            "question": kinds.QUESTION_KEY,
            "checksum": kinds.OF_RESULT,
            "owner": kinds.OWNER,
            "unit": kinds.UNIT,
            **plain("due_on horizon"),
            "effort": kinds.EFFORT,
            **plain("status done_on created_at"),
        },
        "assessment position",
        {**ID, "owner_account": A_PERSON},
    ),
    "assessments.RoadmapAction_requires": Travels(otherwise="from_roadmapaction to_roadmapaction", stays=ID),
    "assessments.Scenario": Travels(
        {
            "name": kinds.NAME_IF,
            "levels": kinds.LEVELS_BY_QUESTION,
            "checksum": kinds.OF_RESULT,
            "created_at": None,
        },
        "assessment",
        {**ID, "created_by": A_PERSON},
    ),
    "assessments.AgreedAnswer": Travels(
        {"question": kinds.QUESTION, **kinds.SAID, "earlier": kinds.EARLIER, "agreed_at": None},
        "assessment",
        {**ID, "agreed_by": A_PERSON},
    ),
    "assessments.Workshop": Travels(
        {"order": kinds.QUESTION_KEYS, **plain("started_at ended_at")},
        "assessment",
        {
            "turn": "counts what screens here have shown",
            "current": "what is being asked at this moment",
            "code": OF_HERE,
        },
    ),
    "assessments.Asking": Travels(
        {
            "question": kinds.QUESTION,
            "asked_at": None,
            "revealed_at": kinds.MOMENT,
            "counts": kinds.COUNTS,
            "dont_know": kinds.PEOPLE,
        },
        "workshop",
        {**ID, "guests": "whether somebody comes back under another name matters where they voted"},
    ),
    "assessments.Logo": Travels(
        otherwise="consultancy organisation png words",
        stays={
            **ID,
            **dict.fromkeys(("width", "height", "checksum", "changed_at"), "of the picture as it is drawn anew"),
        },
    ),
    "assessments.Consultancy": Travels(
        {"name": None, "accent": kinds.COLOUR, **plain("imprint disclaimer")},
        stays={"id": "a row of its own, so that a file opens no door"},
    ),
    "assessments.Engagement": Travels(
        {"consultancy": kinds.FIRM, "since": kinds.FIRST_DAY, "until": None}, "organisation", ID
    ),
    "assessments.QuestionBank": Travels(
        otherwise="key", stays={**ID, "columns": "how a sheet was read where the bank was imported"}
    ),
    "assessments.BankVersion": Travels(
        otherwise="bank version title language source licence about retired published_at checksum languages attribution "
        "format scale choices gate groups index_of subsets",
        stays={**ID, "state": "published where it arrives, so that assessments can be asked with it"},
    ),
    "assessments.Level": Travels(otherwise="version number name summary value", stays=ID),
    "assessments.Pillar": Travels(otherwise="version order key name short group weight summary", stays=ID),
    "assessments.Question": Travels(
        otherwise="pillar order key text help short error covers weight essential_at essential_reason allows_na central "
        "choices stage",
        stays=ID,
    ),
    "assessments.Anchor": Travels(otherwise="question level text", stays=ID),
    "assessments.NextStep": Travels(
        otherwise="question order from_level action owner effort horizon requires", stays=ID
    ),
    "assessments.Translation": Travels(otherwise="bank_version language version texts sources is_offered", stays=ID),
}

# The reason for omitting tables -> the tables
BEHIND: Mapping[str, str] = {
    A_PERSON: """assessments.User assessments.User_groups assessments.User_user_permissions assessments.Actor
        assessments.Consultancy_consultants assessments.ApiToken assessments.CalendarFeed assessments.Session sessions.Session
        account.EmailAddress account.EmailConfirmation mfa.Authenticator socialaccount.SocialAccount
        socialaccount.SocialToken assessments.SharedResult assessments.UnitLead""",
    THEN: "assessments.ThenRating",
    UNITS: "assessments.Assessment_unit_roots",
    "objections change no figure, and who made them has no account there": "assessments.UnitObjection",
    ON_ITS_WAY: """assessments.KeptAnswers assessments.Invitation assessments.Delegation assessments.Confirmation
        assessments.OutgoingEmail assessments.Reminder assessments.Notice assessments.ActionNotice
        assessments.ThreadNotice""",
    OF_HERE: """assessments.Cohort assessments.CohortMember assessments.NameReview assessments.Export
        assessments.ExportFile socialaccount.SocialApp django_tasks_database.DBTaskResult
        contenttypes.ContentType auth.Permission auth.Group auth.Group_permissions""",
    MADE_ANEW: "assessments.KeptReport assessments.UnitFigures",
    "who runs a client is decided where it arrives": "assessments.Membership",
    "it would e-mail people in the name of somebody without an account there": """assessments.Programme
        assessments.ProgrammeStep assessments.ProgrammePerson assessments.ProgrammeRun""",
    "why somebody could answer once more is between them and whoever allowed it": "assessments.Reopening",
    "notes on an action are signed, and no account goes along": "assessments.ProgressNote",
    TYPED: "assessments.Thread assessments.Voice assessments.ThreadEntry assessments.PillarReview assessments.EvidenceCheck",
    "who voted in a workshop; what was voted goes along, counted": "assessments.Vote assessments.Guest",
    "a consultancy's own phrases, which no report shows": "assessments.Snippet",
    "files behind answers, which a manager downloads from the register; their names and properties can tell who answered": """
        assessments.Evidence assessments.Citation""",
    "a consultancy's own files, which it uploads again where it works": "assessments.ReportTemplate",
    "a consent to be counted here, and not elsewhere": "assessments.PeerConsent",
    "who changed what in a draft of a bank": "assessments.Edit",
    "who changed what in a translation; its texts go along as they are now": "assessments.TranslationEdit",
    "what people did here": "assessments.AuditEvent admin.LogEntry",
}
STAYS: Mapping[str, str] = {label: why for why, labels in BEHIND.items() for label in labels.split()}


def written(row: Model, around: Around) -> dict[str, Out]:
    """A row's columns for the document."""
    columns = _kinds_of(type(row))
    return {kind.key or name: kind.write(getattr(row, name), around) for name, kind in columns.items()}


def values_of(model: type[Model], entry: Row, around: Around) -> dict[str, Any]:
    """The column values of an entry in the document. Raises errors that `reading` turns into sentences."""
    return {name: kind.read(entry[kind.key or name], around) for name, kind in _kinds_of(model).items()}


def rows_of[M: Model](model: type[M], entries: Iterable[Row], around: Around, **others: Any) -> list[M]:
    """An unsaved row for each entry, with `others` as its other columns. Raises the same errors as `values_of`.

    Columns are validated as in the model, except relations and kinds with `is_enough`.
    """
    checked = {
        name
        for name, kind in _kinds_of(model).items()
        if not (kind.is_enough or model._meta.get_field(name).is_relation)
    }
    rows = [model(**others, **values_of(model, entry, around)) for entry in entries]
    for row in rows:
        row.clean_fields(exclude={column.name for column in model._meta.fields} - checked)
    return rows


def arrive[M: Model](model: type[M], entries: Iterable[Row], around: Around, **others: Any) -> list[M]:
    """Like `rows_of`, but the rows are saved."""
    return model._default_manager.bulk_create(rows_of(model, entries, around, **others))


@cache
def _kinds_of(model: type[Model]) -> Mapping[str, ValueKind]:
    document = TRAVELS[model._meta.label].document
    return {name: kind or kinds.by_column(model._meta.get_field(name)) for name, kind in document.items()}

"""What of a client goes along in a hand-over: each table, and each column of those that do, or why it stays behind.

A test fails until a new table or column stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

A_PERSON = "no account goes along"
MADE_ANEW = "made anew where it arrives"
TYPED = "what people typed beside their answers stands in reports and data, within the limits of every export"
OF_HERE = "about this installation, not about the client"
WHEN = "when somebody answered is theirs; the moment of the close stands for it"
ON_ITS_WAY = "a letter or an answer of an assessment that is not closed"


@dataclass(frozen=True)
class Travels:
    """One table that goes along: its columns that do, and the others with why they do not."""

    columns: tuple[str, ...]
    stays: Mapping[str, str] = field(default_factory=dict)


ID = {"id": MADE_ANEW}

TRAVELS: dict[str, Travels] = {
    "assessments.Organisation": Travels(
        ("id", "name", "time_zone", "created_at"),
        {
            "is_demo": "what arrives is kept like any client",
            "deleted_at": "a client that is deleted is not handed over",
            "is_verified": "whether it exists is checked where it arrives",
        },
    ),
    "assessments.Assessment": Travels(
        (
            *("id", "organisation", "bank_version", "name", "state", "confidentiality", "for_one", "targets", "due_on"),
            *("reminder_days", "created_at", "opened_at", "closed_at", "released_at"),
        ),
        {"result_was_erased": "the results that go along name the people whose answers they defend"},
    ),
    "assessments.Participant": Travels(
        ("assessment", "function", "pseudonym"), {**ID, "user": A_PERSON, "name": "no name goes along"}
    ),
    "assessments.Submission": Travels(
        ("participant", "state", "mode"),
        {**ID, "recorded_by": A_PERSON, **dict.fromkeys(("started_at", "submitted_at", "confirmed_at"), WHEN)},
    ),
    "assessments.Answer": Travels(
        ("submission", "question", "level", "other", "evidence_grade"),
        {
            **ID,
            **dict.fromkeys(("reason", "comment", "evidence_text", "evidence_link"), TYPED),
            "revision": "counts the saves of a page that is locked",
            "pages": "of pages that were open",
            "answered_by": A_PERSON,
            "saved_at": WHEN,
        },
    ),
    "assessments.Result": Travels(
        (
            *("assessment", "revision", "result", "answers", "engine", "salt", "checksum", "frozen_at"),
            *("index", "level", "compared_with", "comparability", "change", "change_is_real", "differing"),
        ),
        {
            **ID,
            "origin": "found out where it arrives",
            "counted": "nobody who recorded an interview is known where it arrives: only who answered alone counts there",
        },
    ),
    "assessments.PillarResult": Travels(("result", "order", "key", "status", "score", "level"), ID),
    "assessments.Commentary": Travels(
        ("assessment", "pillar", "text", "checksum", "consultancy", "changed_at"),
        {**ID, "written_by": A_PERSON, "revision": "counts the saves here"},
    ),
    "assessments.RoadmapAction": Travels(
        (
            *("assessment", "checksum", "question", "title", "owner", "due_on", "horizon", "effort", "status"),
            *("done_on", "position", "created_at"),
        ),
        ID,
    ),
    "assessments.RoadmapAction_requires": Travels(("from_roadmapaction", "to_roadmapaction"), ID),
    "assessments.Scenario": Travels(
        ("assessment", "name", "levels", "checksum", "created_at"), {**ID, "created_by": A_PERSON}
    ),
    "assessments.AgreedAnswer": Travels(
        ("assessment", "question", "level", "reason", "dissent", "revision", "earlier", "agreed_at"),
        {**ID, "agreed_by": A_PERSON},
    ),
    "assessments.Workshop": Travels(
        ("assessment", "order", "started_at", "ended_at"),
        {"turn": "counts what screens here have shown", "current": "what is being asked at this moment"},
    ),
    "assessments.Asking": Travels(("workshop", "question", "asked_at", "revealed_at", "counts", "dont_know"), ID),
    "assessments.Logo": Travels(
        ("consultancy", "organisation", "png", "words"),
        {**ID, **dict.fromkeys(("width", "height", "checksum", "changed_at"), "of the picture as it is drawn anew")},
    ),
    "assessments.Consultancy": Travels(
        ("name", "accent", "imprint", "disclaimer"),
        {"id": "a row of its own, so that a file opens no door"},
    ),
    "assessments.Engagement": Travels(("consultancy", "organisation", "since", "until"), ID),
    "assessments.QuestionBank": Travels(("key",), ID),
    "assessments.BankVersion": Travels(
        (
            *("bank", "version", "title", "language", "source", "licence", "about", "retired", "published_at"),
            *("checksum", "languages"),
        ),
        {**ID, "state": "published where it arrives, so that assessments can be asked with it"},
    ),
    "assessments.Level": Travels(("version", "number", "name", "summary"), ID),
    "assessments.Pillar": Travels(("version", "order", "key", "name", "short", "group", "weight", "summary"), ID),
    "assessments.Question": Travels(
        (
            *("pillar", "order", "key", "text", "help", "short", "error", "covers", "weight", "essential_at"),
            *("essential_reason", "allows_na"),
        ),
        ID,
    ),
    "assessments.Anchor": Travels(("question", "level", "text"), ID),
    "assessments.NextStep": Travels(
        ("question", "order", "from_level", "action", "owner", "effort", "horizon", "requires"), ID
    ),
    "assessments.Translation": Travels(("bank_version", "language", "version", "texts", "sources", "is_offered"), ID),
}

# Tables that stay behind -> why
STAYS: dict[str, str] = {
    "assessments.User": A_PERSON,
    "assessments.User_groups": A_PERSON,
    "assessments.User_user_permissions": A_PERSON,
    "assessments.Membership": "who runs a client is decided where it arrives",
    "assessments.Consultancy_consultants": A_PERSON,
    "assessments.Actor": A_PERSON,
    "assessments.ApiToken": A_PERSON,
    "assessments.Session": A_PERSON,
    "assessments.KeptAnswers": ON_ITS_WAY,
    "assessments.Invitation": ON_ITS_WAY,
    "assessments.Delegation": ON_ITS_WAY,
    "assessments.Confirmation": ON_ITS_WAY,
    "assessments.OutgoingEmail": ON_ITS_WAY,
    "assessments.Reminder": ON_ITS_WAY,
    "assessments.Notice": ON_ITS_WAY,
    "assessments.Reopening": "why somebody could answer once more is between them and whoever allowed it",
    "assessments.Vote": "who voted in a workshop; what was voted goes along, counted",
    "assessments.Snippet": "a consultancy's own phrases, which no report shows",
    "assessments.PeerConsent": "a consent to be counted here, and not elsewhere",
    "assessments.Cohort": OF_HERE,
    "assessments.CohortMember": OF_HERE,
    "assessments.Edit": "who changed what in a draft of a bank",
    "assessments.TranslationEdit": "who changed what in a translation; its texts go along as they are now",
    "assessments.NameReview": OF_HERE,
    "assessments.AuditEvent": "what people did here",
    "assessments.Export": OF_HERE,
    "assessments.ExportFile": OF_HERE,
    "assessments.KeptReport": MADE_ANEW,
    "account.EmailAddress": A_PERSON,
    "account.EmailConfirmation": A_PERSON,
    "mfa.Authenticator": A_PERSON,
    "socialaccount.SocialApp": OF_HERE,
    "socialaccount.SocialAccount": A_PERSON,
    "socialaccount.SocialToken": A_PERSON,
    "admin.LogEntry": "what people did here",
    "sessions.Session": A_PERSON,
    "django_tasks_database.DBTaskResult": OF_HERE,
    "contenttypes.ContentType": OF_HERE,
    "auth.Permission": OF_HERE,
    "auth.Group": OF_HERE,
    "auth.Group_permissions": OF_HERE,
}

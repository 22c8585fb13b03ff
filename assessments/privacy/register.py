"""The register of personal data: which rows belong to a person, and what happens to them when that person is erased.

Every table with a text or a person is listed here or in `NOT_PERSONAL`; a test fails for one that is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from assessments.models import Submission


class ErasurePolicy(Enum):
    """The effect of erasing a person on a row about them."""

    GOES = "goes"
    EMPTIED = "emptied"  # deletes the texts, keeps numbers and times under the pseudonym
    STAYS = "stays"  # contains neither their texts nor their identity


@dataclass(frozen=True)
class TableEntry:
    """A table: which people its rows belong to, and which columns contain texts written by people."""

    policy: ErasurePolicy
    # Paths from a row to an account, as in filter lookups
    person: tuple[str, ...] = ()  # the row's owner: their copy contains all of it, and the policy applies
    email: str | None = None  # the same, by an address of the owner
    author: tuple[str, ...] = ()  # the person who made it for others
    unless: Mapping[str, str] = field(default_factory=dict)  # but not if they recorded someone else's answers
    organisation: str = ""  # the owner of the texts
    consultancy: str = ""
    frozen_with: str = (
        ""  # the submission whose frozen result also holds the texts, in which a name is then not redacted
    )
    # Columns
    emptied: tuple[str, ...] = ()  # if the owner is erased and the row stays
    authored: tuple[str, ...] = ()  # if the author is erased
    redacted: tuple[str, ...] = ()  # redact an erased person's addresses, and their name after a review
    own_name: str = ""  # which of these is the owner's name, not redacted if they have an account
    of_others: tuple[str, ...] = ()  # omitted from the author's copy
    secret: tuple[str, ...] = ()  # omitted from every copy
    kept: Mapping[str, str] = field(default_factory=dict)  # texts that stay -> reason
    is_confidential: bool = False  # managers may not read it: a name in it is shown without context


GOES, EMPTIED, STAYS = ErasurePolicy.GOES, ErasurePolicy.EMPTIED, ErasurePolicy.STAYS
ANSWER_TEXTS = ("reason", "comment", "evidence_text", "evidence_link")
BY_ASSESSMENT, CONSULTANCY = "assessment__organisation", "consultancy"
BY_SUBMISSION = f"submission__participant__{BY_ASSESSMENT}"
OF_THE_BANK = "a text of the question bank, which everybody shares"

REGISTER: dict[str, TableEntry] = {
    "assessments.User": TableEntry(GOES, person=("pk",), secret=("password", "signed_out")),
    "assessments.User_groups": TableEntry(GOES, person=("user",)),
    "assessments.User_user_permissions": TableEntry(GOES, person=("user",)),
    "mfa.Authenticator": TableEntry(GOES, person=("user",), secret=("data",)),
    "admin.LogEntry": TableEntry(GOES, person=("user",), of_others=("object_repr", "change_message")),
    "assessments.Actor": TableEntry(GOES, person=("user",)),
    "assessments.Session": TableEntry(GOES, person=("user",), secret=("session_key", "session_data")),
    "assessments.Membership": TableEntry(GOES, person=("user",)),
    "assessments.Consultancy_consultants": TableEntry(GOES, person=("user",)),
    "assessments.ApiToken": TableEntry(GOES, person=("user",), secret=("token_hash",)),
    "assessments.CalendarFeed": TableEntry(GOES, person=("user",), secret=("token_hash",)),
    "assessments.Export": TableEntry(GOES, person=("user",), secret=("seal_key",)),
    "assessments.ExportFile": TableEntry(GOES, person=("export__user",)),
    "assessments.KeptAnswers": TableEntry(
        GOES,
        person=("user",),
        redacted=("content",),
        is_confidential=True,
        organisation=BY_SUBMISSION,
    ),
    "assessments.Assessment": TableEntry(
        STAYS,
        redacted=("name", "targets"),
        organisation="organisation",
        kept={"reminder_days": "numbers"},
    ),
    "assessments.Consultancy": TableEntry(
        STAYS, redacted=("imprint", "disclaimer"), consultancy="pk", kept={"name": "the name of a firm"}
    ),
    "assessments.Snippet": TableEntry(STAYS, redacted=("title", "text"), consultancy=CONSULTANCY),
    "assessments.Logo": TableEntry(STAYS, redacted=("words",), organisation="organisation", consultancy=CONSULTANCY),
    "assessments.ReportTemplate": TableEntry(STAYS, redacted=("name",), consultancy=CONSULTANCY),
    "assessments.Participant": TableEntry(
        EMPTIED,
        person=("user",),
        email="invitations__email",
        emptied=("name",),
        redacted=("name",),
        own_name="name",
        organisation=BY_ASSESSMENT,
    ),
    "assessments.Submission": TableEntry(
        STAYS, person=("participant__user",), email="participant__invitations__email", author=("recorded_by",)
    ),
    "assessments.Answer": TableEntry(
        EMPTIED,
        person=("submission__participant__user",),
        email="submission__participant__invitations__email",
        author=("answered_by",),
        unless={"submission__mode": Submission.Mode.INTERVIEW},
        emptied=ANSWER_TEXTS,
        authored=ANSWER_TEXTS,
        redacted=ANSWER_TEXTS,
        is_confidential=True,
        frozen_with="submission",
        organisation=BY_SUBMISSION,
        kept={"pages": "ids of open pages, which say nothing"},
    ),
    # A file of one's own goes with them; what it says of others only its organisation can know
    "assessments.Evidence": TableEntry(
        GOES,
        person=("owner",),
        redacted=("title", "name"),
        is_confidential=True,
        organisation="organisation",
        secret=("file",),
    ),
    "assessments.Citation": TableEntry(
        GOES, person=("submission__participant__user",), email="submission__participant__invitations__email"
    ),
    "assessments.ThenRating": TableEntry(
        GOES, person=("submission__participant__user",), email="submission__participant__invitations__email"
    ),
    "assessments.Invitation": TableEntry(
        GOES,
        person=("participant__user",),
        email="email",
        author=("invited_by",),
        of_others=("email",),
        secret=("token_hash",),
    ),
    "assessments.Delegation": TableEntry(
        GOES,
        person=("user", "submission__participant__user"),
        email="email",
        author=("invited_by",),
        of_others=("email", "name"),
        authored=("note",),
        redacted=("name", "note"),
        is_confidential=True,
        own_name="name",
        organisation=BY_SUBMISSION,
        secret=("token_hash",),
    ),
    "assessments.Confirmation": TableEntry(
        GOES,
        person=("submission__participant__user",),
        email="email",
        author=("invited_by",),
        of_others=("email",),
        secret=("token_hash",),
    ),
    "assessments.SharedResult": TableEntry(
        GOES,
        email="email",
        author=("invited_by",),
        of_others=("email", "name"),
        authored=("note",),
        redacted=("name", "note"),
        own_name="name",
        organisation=BY_ASSESSMENT,
        secret=("token_hash", "code_hash"),
    ),
    "assessments.OutgoingEmail": TableEntry(GOES, person=("participant__user",), email="to", secret=("sealed",)),
    "assessments.Reminder": TableEntry(STAYS, person=("participant__user",), author=("sent_by",)),
    "assessments.Notice": TableEntry(STAYS, person=("participant__user",)),
    "assessments.Reopening": TableEntry(
        GOES,
        person=("submission__participant__user",),
        author=("reopened_by",),
        authored=("reason",),
        redacted=("reason",),
        is_confidential=True,
        organisation=BY_SUBMISSION,
    ),
    "assessments.Scenario": TableEntry(
        STAYS,
        author=("created_by",),
        authored=("name",),
        redacted=("name",),
        organisation=BY_ASSESSMENT,
        kept={"levels": "no text of a person"},
    ),
    "assessments.RoadmapAction": TableEntry(
        STAYS, person=("owner_account",), redacted=("title", "owner"), organisation=BY_ASSESSMENT
    ),
    "assessments.ProgressNote": TableEntry(
        STAYS, author=("author",), authored=("text",), redacted=("text",), organisation=f"action__{BY_ASSESSMENT}"
    ),
    "assessments.Thread": TableEntry(
        STAYS, author=("asked_by",), authored=("text",), redacted=("text",), organisation=BY_ASSESSMENT
    ),
    "assessments.Voice": TableEntry(GOES, person=("participant__user",), email="participant__invitations__email"),
    "assessments.ThreadEntry": TableEntry(
        GOES,
        person=("voice__participant__user",),
        email="voice__participant__invitations__email",
        author=("author",),
        authored=("text",),
        redacted=("text",),
        is_confidential=True,
        organisation=f"thread__{BY_ASSESSMENT}",
    ),
    "assessments.ThreadNotice": TableEntry(GOES, person=("participant__user",)),
    "assessments.PillarReview": TableEntry(
        STAYS, author=("reviewed_by",), authored=("note",), redacted=("note",), organisation=BY_ASSESSMENT
    ),
    "assessments.EvidenceCheck": TableEntry(STAYS, author=("checked_by",)),
    "assessments.Programme": TableEntry(
        STAYS,
        author=("run_by",),
        kept=dict.fromkeys(("reminder_days", "weekdays_off", "days_off"), "numbers and dates"),
    ),
    "assessments.ProgrammePerson": TableEntry(
        GOES, email="email", redacted=("name",), own_name="name", organisation="programme__organisation"
    ),
    "assessments.Unit": TableEntry(
        STAYS, redacted=("name", "purpose", "owner", "risk_class"), organisation="organisation"
    ),
    "assessments.UnitLead": TableEntry(GOES, person=("user",)),
    "assessments.UnitObjection": TableEntry(
        STAYS, author=("made_by",), authored=("reason",), redacted=("reason",), organisation=BY_ASSESSMENT
    ),
    "assessments.PeerConsent": TableEntry(STAYS, author=("given_by", "withdrawn_by")),
    # Documents of an organisation by several people: the account is that of the last editor, not of an author
    "assessments.Commentary": TableEntry(STAYS, author=("written_by",), redacted=("text",), organisation=BY_ASSESSMENT),
    "assessments.AgreedAnswer": TableEntry(
        STAYS, author=("agreed_by",), redacted=("reason", "dissent", "earlier"), organisation=BY_ASSESSMENT
    ),
    "assessments.Vote": TableEntry(
        GOES,
        person=("participant__user",),
        email="participant__invitations__email",
        secret=("level",),  # never shown, and deleted once the votes are counted
    ),
    "assessments.TranslationEdit": TableEntry(
        STAYS, author=("by",), kept={"before": OF_THE_BANK, "after": OF_THE_BANK}
    ),
    "assessments.Edit": TableEntry(
        STAYS, author=("by",), authored=("reason",), kept={"before": OF_THE_BANK, "after": OF_THE_BANK}
    ),
    "django_tasks_database.DBTaskResult": TableEntry(
        STAYS,
        redacted=("traceback",),  # a mail server that rejects a recipient names the address
        kept=dict.fromkeys(
            (
                "args_kwargs",
                "return_value",
                "worker_ids",
                "task_path",
                "queue_name",
                "backend_name",
                "exception_class_path",
            ),
            "ids of rows, and our names",
        ),
    ),
    "socialaccount.SocialAccount": TableEntry(GOES, person=("user",)),
    "socialaccount.SocialToken": TableEntry(GOES, person=("account__user",), secret=("token", "token_secret")),
    # Last, because other rows are found by these addresses
    "account.EmailConfirmation": TableEntry(GOES, person=("email_address__user",), secret=("key",)),
    "account.EmailAddress": TableEntry(GOES, person=("user",)),
}

# Tables without personal data -> reason
NOT_PERSONAL: dict[str, str] = {
    "assessments.QuestionBank": OF_THE_BANK,
    "assessments.BankVersion": OF_THE_BANK,
    "assessments.Level": OF_THE_BANK,
    "assessments.Pillar": OF_THE_BANK,
    "assessments.Question": OF_THE_BANK,
    "assessments.Anchor": OF_THE_BANK,
    "assessments.NextStep": OF_THE_BANK,
    "assessments.Translation": OF_THE_BANK,
    "assessments.NameReview": "the name of somebody erased, until others have looked where it stands, 30 days at most",
    "assessments.Organisation": "an organisation is deleted as a whole",
    "assessments.RoadmapAction_requires": "which action comes before which",
    "assessments.ActionNotice": "which reminder about an action was queued",
    "assessments.Engagement": "between two firms",
    "assessments.Result": "numbers under pseudonyms; see privacy/erasing.py for what becomes of them",
    "assessments.PillarResult": "numbers",
    "assessments.UnitFigures": "numbers of units, from five people on",
    "assessments.Assessment_unit_roots": "which units an assessment asks",
    "assessments.Cohort": "how many organisations were counted in a quarter",
    "assessments.CohortMember": "figures of an organisation without its name",
    "assessments.KeptReport": "where a report lies; deleted with whoever was there, in privacy/erasing.py",
    "assessments.Workshop": "which question is asked",
    "assessments.ProgrammeStep": "which bank is asked how often",
    "assessments.ProgrammeRun": "when an assessment opened",
    "assessments.Guest": "a first name without an account, until the workshop ends, a day at most",
    "assessments.Asking": "how many voted for each level",
    "assessments.AuditEvent": "an opaque actor, which means nobody once the person is erased",
    "sessions.Session": "of the version before; ended, and deleted with the person, in privacy/erasing.py",
    "socialaccount.SocialApp": "an identity provider; ours comes from the environment",
    "contenttypes.ContentType": "names of tables",
    "auth.Permission": "names of rights",
    "auth.Group": "names of groups",
    "auth.Group_permissions": "which group has which right",
}

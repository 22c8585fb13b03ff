"""What the database holds about people: which rows are someone's, and what becomes of them when that person is erased.

Every table with a text or a person in it stands here or in `NOT_PERSONAL`; a test fails until a new one does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from assessments.models import Submission


class ErasurePolicy(Enum):
    """What erasing someone does to a row about them."""

    GOES = "goes"
    EMPTIED = "emptied"  # the texts go, numbers and moments stay under the pseudonym
    STAYS = "stays"  # holds neither a text of theirs nor who they are


@dataclass(frozen=True)
class TableEntry:
    """One table. `about` and `by` are ways from a row to a person's account, `address` one to their e-mail address.

    A row that leads to somebody by `about` or `address` is theirs: all of it is in their copy, and it meets its `policy`.
    One that leads to them by `by` was made by them for others: their copy leaves `others` out, and only the columns
    of `words`, which hold what they wrote, are emptied. Out of `mentions` the addresses of someone who is erased
    are struck, whoever wrote them, and the name once it was looked at; `organisation` and `consultancy` are ways to those whose texts these are.
    """

    policy: ErasurePolicy
    about: tuple[str, ...] = ()
    address: str | None = None
    by: tuple[str, ...] = ()
    not_by: Mapping[str, str] = field(default_factory=dict)  # where they wrote down what someone else said
    texts: tuple[str, ...] = ()  # emptied, where the row stays
    words: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    confided: bool = False  # nobody who runs assessments may read these where they stand: a name in them is shown without a word around
    frozen: str = (
        ""  # the way to the submission, with whose result they are frozen: a name alone changes nothing in them
    )
    own_name: str = ""  # the one of these that is the row's own person's name, where `user` says who that is
    organisation: str = ""
    consultancy: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)  # texts that stay -> why
    others: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()  # in no one's copy


GOES, EMPTIED, STAYS = ErasurePolicy.GOES, ErasurePolicy.EMPTIED, ErasurePolicy.STAYS
ANSWER_TEXTS = ("reason", "comment", "evidence_text", "evidence_link")
BY_ASSESSMENT, CONSULTANCY = "assessment__organisation", "consultancy"
BY_SUBMISSION = f"submission__participant__{BY_ASSESSMENT}"
OF_THE_BANK = "a text of the question bank, which everybody shares"

REGISTER: dict[str, TableEntry] = {
    "assessments.User": TableEntry(GOES, about=("pk",), secret=("password", "signed_out")),
    "assessments.User_groups": TableEntry(GOES, about=("user",)),
    "assessments.User_user_permissions": TableEntry(GOES, about=("user",)),
    "mfa.Authenticator": TableEntry(GOES, about=("user",), secret=("data",)),
    "admin.LogEntry": TableEntry(GOES, about=("user",), others=("object_repr", "change_message")),
    "assessments.Actor": TableEntry(GOES, about=("user",)),
    "assessments.Session": TableEntry(GOES, about=("user",), secret=("session_key", "session_data")),
    "assessments.Membership": TableEntry(GOES, about=("user",)),
    "assessments.Consultancy_consultants": TableEntry(GOES, about=("user",)),
    "assessments.ApiToken": TableEntry(GOES, about=("user",), secret=("token_hash",)),
    "assessments.Export": TableEntry(GOES, about=("user",), secret=("seal_key",)),
    "assessments.ExportFile": TableEntry(GOES, about=("export__user",)),
    "assessments.KeptAnswers": TableEntry(
        GOES,
        about=("user",),
        mentions=("content",),
        confided=True,
        organisation=BY_SUBMISSION,
    ),
    "assessments.Assessment": TableEntry(
        STAYS,
        mentions=("name", "targets"),
        organisation="organisation",
        kept={"reminder_days": "numbers"},
    ),
    "assessments.Consultancy": TableEntry(
        STAYS, mentions=("imprint", "disclaimer"), consultancy="pk", kept={"name": "the name of a firm"}
    ),
    "assessments.Snippet": TableEntry(STAYS, mentions=("title", "text"), consultancy=CONSULTANCY),
    "assessments.Logo": TableEntry(STAYS, mentions=("words",), organisation="organisation", consultancy=CONSULTANCY),
    "assessments.Participant": TableEntry(
        EMPTIED,
        about=("user",),
        address="invitations__email",
        texts=("name",),
        mentions=("name",),
        own_name="name",
        organisation=BY_ASSESSMENT,
    ),
    "assessments.Submission": TableEntry(
        STAYS, about=("participant__user",), address="participant__invitations__email", by=("recorded_by",)
    ),
    "assessments.Answer": TableEntry(
        EMPTIED,
        about=("submission__participant__user",),
        address="submission__participant__invitations__email",
        by=("answered_by",),
        not_by={"submission__mode": Submission.Mode.INTERVIEW},
        texts=ANSWER_TEXTS,
        words=ANSWER_TEXTS,
        mentions=ANSWER_TEXTS,
        confided=True,
        frozen="submission",
        organisation=BY_SUBMISSION,
        kept={"pages": "ids of open pages, which say nothing"},
    ),
    "assessments.Invitation": TableEntry(
        GOES,
        about=("participant__user",),
        address="email",
        by=("invited_by",),
        others=("email",),
        secret=("token_hash",),
    ),
    "assessments.Delegation": TableEntry(
        GOES,
        about=("user", "submission__participant__user"),
        address="email",
        by=("invited_by",),
        others=("email", "name"),
        words=("note",),
        mentions=("name", "note"),
        confided=True,
        own_name="name",
        organisation=BY_SUBMISSION,
        secret=("token_hash",),
    ),
    "assessments.Confirmation": TableEntry(
        GOES,
        about=("submission__participant__user",),
        address="email",
        by=("invited_by",),
        others=("email",),
        secret=("token_hash",),
    ),
    "assessments.OutgoingEmail": TableEntry(GOES, about=("participant__user",), address="to", secret=("sealed",)),
    "assessments.Reminder": TableEntry(STAYS, about=("participant__user",), by=("sent_by",)),
    "assessments.Notice": TableEntry(STAYS, about=("participant__user",)),
    "assessments.Reopening": TableEntry(
        GOES,
        about=("submission__participant__user",),
        by=("reopened_by",),
        words=("reason",),
        mentions=("reason",),
        confided=True,
        organisation=BY_SUBMISSION,
    ),
    "assessments.Scenario": TableEntry(
        STAYS,
        by=("created_by",),
        words=("name",),
        mentions=("name",),
        organisation=BY_ASSESSMENT,
        kept={"levels": "no text of a person"},
    ),
    "assessments.RoadmapAction": TableEntry(STAYS, mentions=("title", "owner"), organisation=BY_ASSESSMENT),
    "assessments.PeerConsent": TableEntry(STAYS, by=("given_by", "withdrawn_by")),
    # Documents of an organisation, which several people write: the account is of whoever saved last, not of an author
    "assessments.Commentary": TableEntry(STAYS, by=("written_by",), mentions=("text",), organisation=BY_ASSESSMENT),
    "assessments.AgreedAnswer": TableEntry(
        STAYS, by=("agreed_by",), mentions=("reason", "dissent", "earlier"), organisation=BY_ASSESSMENT
    ),
    "assessments.Vote": TableEntry(
        GOES,
        about=("participant__user",),
        address="participant__invitations__email",
        secret=("level",),  # shown to no one, and forgotten as soon as the votes are counted
    ),
    "assessments.TranslationEdit": TableEntry(STAYS, by=("by",), kept={"before": OF_THE_BANK, "after": OF_THE_BANK}),
    "assessments.Edit": TableEntry(
        STAYS, by=("by",), words=("reason",), kept={"before": OF_THE_BANK, "after": OF_THE_BANK}
    ),
    "django_tasks_database.DBTaskResult": TableEntry(
        STAYS,
        mentions=("traceback",),  # a mail server that refuses someone names the address
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
    "socialaccount.SocialAccount": TableEntry(GOES, about=("user",)),
    "socialaccount.SocialToken": TableEntry(GOES, about=("account__user",), secret=("token", "token_secret")),
    # Last: by these addresses other rows are found
    "account.EmailConfirmation": TableEntry(GOES, about=("email_address__user",), secret=("key",)),
    "account.EmailAddress": TableEntry(GOES, about=("user",)),
}

# Tables that hold nothing about anyone -> why
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
    "assessments.Engagement": "between two firms",
    "assessments.Result": "numbers under pseudonyms; see privacy/erasing.py for what becomes of them",
    "assessments.PillarResult": "numbers",
    "assessments.Cohort": "how many organisations were counted in a quarter",
    "assessments.CohortMember": "figures of an organisation without its name",
    "assessments.KeptReport": "where a report lies; deleted with whoever was there, in privacy/erasing.py",
    "assessments.Workshop": "which question is asked",
    "assessments.Asking": "how many voted for each level",
    "assessments.AuditEvent": "an opaque actor, which means nobody once the person is erased",
    "sessions.Session": "of the version before; ended, and deleted with the person, in privacy/erasing.py",
    "socialaccount.SocialApp": "an identity provider; ours comes from the environment",
    "contenttypes.ContentType": "names of tables",
    "auth.Permission": "names of rights",
    "auth.Group": "names of groups",
    "auth.Group_permissions": "which group has which right",
}

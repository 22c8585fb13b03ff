"""What the database holds about people: which rows are somebody's, and what becomes of them when that person is erased.

Every table with a text or a person in it stands here or in `NOBODYS`; a test fails until a new one does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from assessments.models import Submission


class Fate(Enum):
    """What erasing somebody does to a row about them."""

    GOES = "goes"
    EMPTIED = "emptied"  # the texts go, numbers and moments stay under the pseudonym
    STAYS = "stays"  # holds neither a text of theirs nor who they are


@dataclass(frozen=True)
class Held:
    """One table. `about` and `by` are ways from a row to a person's account, `address` one to their e-mail address.

    A row that leads to somebody by `about` or `address` is theirs: all of it is in their copy, and it meets its `fate`.
    One that leads to them by `by` was made by them for others: their copy leaves `others` out, and only the columns
    of `words`, which hold what they wrote, are emptied. Out of `mentions` the addresses of somebody who is erased
    are struck, whoever wrote them, and the name once it was looked at; `organisation` and `consultancy` are ways to those whose texts these are.
    """

    fate: Fate
    about: tuple[str, ...] = ()
    address: str | None = None
    by: tuple[str, ...] = ()
    not_by: Mapping[str, str] = field(default_factory=dict)  # where they wrote down what somebody else said
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
    secret: tuple[str, ...] = ()  # in nobody's copy


GOES, EMPTIED, STAYS = Fate.GOES, Fate.EMPTIED, Fate.STAYS
ANSWER_TEXTS = ("reason", "comment", "evidence_text", "evidence_link")
ROUND, FIRM = "assessment__organisation", "consultancy"
OF_A_SUBMISSION = f"submission__participant__{ROUND}"
OF_THE_BANK = "a text of the question bank, which everybody shares"

HELD: dict[str, Held] = {
    "assessments.User": Held(GOES, about=("pk",), secret=("password", "signed_out")),
    "assessments.User_groups": Held(GOES, about=("user",)),
    "assessments.User_user_permissions": Held(GOES, about=("user",)),
    "mfa.Authenticator": Held(GOES, about=("user",), secret=("data",)),
    "admin.LogEntry": Held(GOES, about=("user",), others=("object_repr", "change_message")),
    "assessments.Actor": Held(GOES, about=("user",)),
    "assessments.Session": Held(GOES, about=("user",), secret=("session_key", "session_data")),
    "assessments.Membership": Held(GOES, about=("user",)),
    "assessments.Consultancy_consultants": Held(GOES, about=("user",)),
    "assessments.ApiToken": Held(GOES, about=("user",), secret=("token_hash",)),
    "assessments.Export": Held(GOES, about=("user",), secret=("seal_key",)),
    "assessments.ExportFile": Held(GOES, about=("export__user",)),
    "assessments.KeptAnswers": Held(
        GOES,
        about=("user",),
        mentions=("content",),
        confided=True,
        organisation=OF_A_SUBMISSION,
    ),
    "assessments.Assessment": Held(
        STAYS,
        mentions=("name", "targets"),
        organisation="organisation",
        kept={"reminder_days": "numbers"},
    ),
    "assessments.Consultancy": Held(
        STAYS, mentions=("imprint", "disclaimer"), consultancy="pk", kept={"name": "the name of a firm"}
    ),
    "assessments.Snippet": Held(STAYS, mentions=("title", "text"), consultancy=FIRM),
    "assessments.Logo": Held(STAYS, mentions=("words",), organisation="organisation", consultancy=FIRM),
    "assessments.Participant": Held(
        EMPTIED,
        about=("user",),
        address="invitations__email",
        texts=("name",),
        mentions=("name",),
        own_name="name",
        organisation=ROUND,
    ),
    "assessments.Submission": Held(
        STAYS, about=("participant__user",), address="participant__invitations__email", by=("recorded_by",)
    ),
    "assessments.Answer": Held(
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
        organisation=OF_A_SUBMISSION,
        kept={"pages": "ids of open pages, which say nothing"},
    ),
    "assessments.Invitation": Held(
        GOES,
        about=("participant__user",),
        address="email",
        by=("invited_by",),
        others=("email",),
        secret=("token_hash",),
    ),
    "assessments.Delegation": Held(
        GOES,
        about=("user", "submission__participant__user"),
        address="email",
        by=("invited_by",),
        others=("email", "name"),
        words=("note",),
        mentions=("name", "note"),
        confided=True,
        own_name="name",
        organisation=OF_A_SUBMISSION,
        secret=("token_hash",),
    ),
    "assessments.Confirmation": Held(
        GOES,
        about=("submission__participant__user",),
        address="email",
        by=("invited_by",),
        others=("email",),
        secret=("token_hash",),
    ),
    "assessments.OutgoingEmail": Held(GOES, about=("participant__user",), address="to", secret=("sealed",)),
    "assessments.Reminder": Held(STAYS, about=("participant__user",), by=("sent_by",)),
    "assessments.Notice": Held(STAYS, about=("participant__user",)),
    "assessments.Reopening": Held(
        GOES,
        about=("submission__participant__user",),
        by=("reopened_by",),
        words=("reason",),
        mentions=("reason",),
        confided=True,
        organisation=OF_A_SUBMISSION,
    ),
    "assessments.Scenario": Held(
        STAYS,
        by=("created_by",),
        words=("name",),
        mentions=("name",),
        organisation=ROUND,
        kept={"levels": "no text of a person"},
    ),
    "assessments.RoadmapAction": Held(STAYS, mentions=("title", "owner"), organisation=ROUND),
    "assessments.PeerConsent": Held(STAYS, by=("given_by", "withdrawn_by")),
    # Documents of an organisation, which several people write: the account is of whoever saved last, not of an author
    "assessments.Commentary": Held(STAYS, by=("written_by",), mentions=("text",), organisation=ROUND),
    "assessments.AgreedAnswer": Held(
        STAYS, by=("agreed_by",), mentions=("reason", "dissent", "earlier"), organisation=ROUND
    ),
    "assessments.Vote": Held(
        GOES,
        about=("participant__user",),
        address="participant__invitations__email",
        secret=("level",),  # shown to nobody, and forgotten as soon as the votes are counted
    ),
    "assessments.TranslationEdit": Held(STAYS, by=("by",), kept={"before": OF_THE_BANK, "after": OF_THE_BANK}),
    "assessments.Edit": Held(STAYS, by=("by",), words=("reason",), kept={"before": OF_THE_BANK, "after": OF_THE_BANK}),
    "django_tasks_database.DBTaskResult": Held(
        STAYS,
        mentions=("traceback",),  # a mail server that refuses somebody names the address
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
    "socialaccount.SocialAccount": Held(GOES, about=("user",)),
    "socialaccount.SocialToken": Held(GOES, about=("account__user",), secret=("token", "token_secret")),
    # Last: by these addresses other rows are found
    "account.EmailConfirmation": Held(GOES, about=("email_address__user",), secret=("key",)),
    "account.EmailAddress": Held(GOES, about=("user",)),
}

# Tables that hold nothing about anybody -> why
NOBODYS: dict[str, str] = {
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

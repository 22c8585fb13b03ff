"""The record of processing: what personal data is stored, why, for how long, and who reads it.

It is made from the register and the retention rules; `manage.py processing_record` prints it.
"""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.utils import timezone, translation

from .register import NOT_PERSONAL, REGISTER
from .retention import RULES
from .rows import label_of

PURPOSES: dict[str, tuple[str, str, tuple[str, ...]]] = {  # name -> (why, who reads it, tables)
    "Accounts": (
        "to sign in, with a second factor and within sessions",
        "the person; staff see name and address",
        (
            "assessments.User",
            "assessments.User_groups",
            "assessments.User_user_permissions",
            "assessments.Session",
            "assessments.ApiToken",
            "assessments.CalendarFeed",
            "mfa.Authenticator",
            "account.EmailAddress",
            "account.EmailConfirmation",
            "socialaccount.SocialAccount",
            "socialaccount.SocialToken",
        ),
    ),
    "Taking part": (
        "to invite people to an assessment, remind them, and let them pass on or confirm a part of it",
        "the person; who manages the assessment sees who was invited and how far they are; who leads a unit sees who of "
        "it has answered",
        (
            "assessments.Participant",
            "assessments.Invitation",
            "assessments.Delegation",
            "assessments.Confirmation",
            "assessments.Reminder",
            "assessments.Notice",
            "assessments.Reopening",
            "assessments.OutgoingEmail",
            "assessments.ProgrammePerson",
        ),
    ),
    "Answers": (
        "to compute the result of an organisation",
        "the person; of a named assessment also who manages it, of a confidential one nobody (see security.md)",
        (
            "assessments.Submission",
            "assessments.Answer",
            "assessments.KeptAnswers",
            "assessments.ThenRating",
            "assessments.Evidence",
            "assessments.Citation",
            "assessments.Vote",
        ),
    ),
    "Questions about answers": (
        "to ask about answers, check their evidence and review a pillar before a result is discussed",
        "who is asked and who manages the assessment; of a confidential one under a pseudonym for each question",
        (
            "assessments.Thread",
            "assessments.Voice",
            "assessments.ThreadEntry",
            "assessments.ThreadNotice",
            "assessments.EvidenceCheck",
            "assessments.PillarReview",
        ),
    ),
    "Work with results": (
        "to discuss a result, decide what follows and share it",
        "who manages the organisation, and to whom they show it",
        (
            "assessments.Assessment",
            "assessments.AgreedAnswer",
            "assessments.Commentary",
            "assessments.Scenario",
            "assessments.RoadmapAction",
            "assessments.ProgressNote",
            "assessments.SharedResult",
            "assessments.Programme",
            "assessments.Unit",
            "assessments.UnitLead",
            "assessments.UnitObjection",
            "assessments.PeerConsent",
            "assessments.Export",
            "assessments.ExportFile",
        ),
    ),
    "Rights and brand": (
        "to know who leads an organisation or works for a consultancy, and how its reports look",
        "who manages the organisation or belongs to the consultancy; staff",
        (
            "assessments.Membership",
            "assessments.Consultancy",
            "assessments.Consultancy_consultants",
            "assessments.Snippet",
            "assessments.Logo",
            "assessments.ReportTemplate",
        ),
    ),
    "Accountability": (
        "to know later who changed what, and to repeat work that failed",
        "staff, by name only as long as the person has an account",
        (
            "assessments.Actor",
            "assessments.Edit",
            "assessments.TranslationEdit",
            "admin.LogEntry",
            "django_tasks_database.DBTaskResult",
        ),
    ),
}
OWN_PERIODS = {"assessments.Export": "seven days", "assessments.ExportFile": "seven days"}  # with their files
ERASING = {
    "goes": "the row is deleted",
    "emptied": "texts and identity are deleted, numbers stay under a pseudonym",
    "stays": "the row stays without the person's texts and identity",
}
INTRODUCTION = """# Record of processing

For the record that Article 30 of the GDPR asks the controller to keep. The site's operator adds who they are, whom they ask for
technical help, and the legal basis, which depends on the agreement with each organisation. This page is what
`manage.py processing_record` prints from the tables that erasing, copying and retention themselves use; a test fails if it differs.

Data leaves the site only in e-mails, downloads of people who may see them, and to an organisation's own identity provider if one is
set; with `BREACHED_PASSWORDS`, also the first five hexadecimal digits of a new password's hash. Nothing else goes to third parties. How it is protected: [security.md](security.md).
"""


def text() -> str:
    """The page as Markdown, in English."""
    with translation.override("en"):
        return "\n".join((INTRODUCTION, *_kinds(), *_periods(), *_others()))


def _kinds() -> Iterator[str]:
    for name, (why, readers, labels) in PURPOSES.items():
        yield f"## {name}\n\n**Why**: {why}. **Who reads it**: {readers}.\n"
        yield "| what | texts of people in it | if the person is erased | period |\n|---|---|---|---|"
        for label in labels:
            entry = REGISTER[label]
            texts = ", ".join(f"`{each}`" for each in dict.fromkeys((*entry.emptied, *entry.authored, *entry.redacted)))
            what = str(apps.get_model(label)._meta.verbose_name)
            yield f"| {what} (`{label}`) | {texts or '–'} | {ERASING[entry.policy.value]} | {_period(label)} |"
        yield ""


def _period(label: str) -> str:
    """The retention rules that delete rows of this table on their own; otherwise it goes with what it belongs to."""
    at = timezone.now()
    names = [rule.name for rule in RULES if any(label_of(rows.model) == label for rows in rule.past(at))]
    return ", ".join(f"`KEEP_{name}_DAYS`" for name in names) or OWN_PERIODS.get(label, "as long as what it belongs to")


def _periods() -> Iterator[str]:
    yield "## Periods\n\nThe defaults; an operator may change each in the environment.\n"
    yield "| what | setting | days |\n|---|---|---|"
    defaults = {name: days for name, _equals, days in (period.partition("=") for period in settings.PERIODS.split())}
    for rule in RULES:
        yield f"| {rule.label} | `KEEP_{rule.name}_DAYS` | {defaults[rule.name] or 'forever'} |"
    yield ""


def _others() -> Iterator[str]:
    yield "## Tables without personal data\n\n| table | why |\n|---|---|"
    yield from (f"| `{label}` | {reason} |" for label, reason in sorted(NOT_PERSONAL.items()))
    yield ""

"""Phrases shared by several e-mails: assessments and dates, durations, text typed by users, and URLs."""

import datetime
import re
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from assessments import results
from assessments.models import Assessment, Organisation, Participant, User

SECONDS_PER_QUESTION = 40  # measured: reading the 56 questions alone takes 27 minutes
SECONDS_PER_PULSE_QUESTION = 26  # 88 words at 230 a minute, and a choice; the introduction is known


def minutes_for(questions: int, *, is_pulse: bool = False) -> int:
    """The minutes that this many questions take, rounded up to five; of a pulse to one."""
    if is_pulse:
        return -(-questions * SECONDS_PER_PULSE_QUESTION // 60)
    return -(-questions * SECONDS_PER_QUESTION // 300) * 5


# Change the text direction or are invisible: no name needs them, and they could be used to deceive a reader
HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def plain(text: str) -> str:
    """Text typed by a user as one line of visible characters."""
    return " ".join(HIDDEN.sub("", text).split())


def lines_of(text: str) -> list[str]:
    """The same with lines kept, which an e-mail marks as quoted."""
    return [plain(line) for line in text.strip().splitlines()]


def about(assessment: Assessment, sender: User | None, participant: Participant | None = None) -> dict[str, object]:
    """The variables of nearly every e-mail; if `sender` is None, the organisation itself is the sender.

    `participant` is the person whose answers it is about.
    """
    questions = len(results.bank_asked(assessment, participant).questions)
    organisation = plain(assessment.organisation.name)
    return {
        "organisation": organisation,
        "round": plain(assessment.name),
        "bank": plain(results.name_in(assessment.bank_version, get_language())),
        "sender": plain(str(sender)) if sender else organisation,
        "from": from_line(sender, assessment.organisation) if sender else None,
        "questions": questions,
        "minutes": minutes_for(questions, is_pulse=assessment.is_pulse),
        "named": assessment.is_named,
        "due": _day(assessment),
    }


def _day(assessment: Assessment) -> str | None:
    """The due date, or None if it has passed."""
    due, today = assessment.due_on, assessment.organisation.today
    return date_format(due, "DATE_FORMAT") if due and due >= today else None


def called(reader: User | None, name: str) -> str:
    """How an e-mail addresses its reader: as they wish, or else by `name`, which somebody else typed; "" if neither."""
    return plain((reader and reader.addressed_as) or name or (reader.name if reader else ""))


def reader_at(address: str) -> User | None:
    """The account of an e-mail's reader, if there is one."""
    return User.objects.filter(email__iexact=address).first()


def from_line(sender: User, organisation: Organisation) -> str:
    """The From header of an e-mail in a person's name: "Jana Weber (Northfield)", at the address of this site.

    In brackets is the organisation they belong to or the consultancy that serves it. Someone without a name, or with
    one that looks like an address, appears as that organisation.
    """
    firm = sender.consultancies.filter(engagements__organisation=organisation).first()
    belongs = organisation if firm is None or organisation.memberships.filter(user=sender).exists() else firm
    name, place = plain(sender.name), plain(belongs.name)
    shown = f"{name} ({place})" if name and "@" not in name else place
    return str(Address(shown, addr_spec=parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def who(name: str, email: str) -> dict[str, str]:
    """A person's short name, and the name with the address. Either may be missing."""
    person = plain(name)
    return {"person": person or email, "who": f"{person} ({email})" if person else email}


def moment_at(moment: datetime.datetime | None, organisation: Organisation, reader: User | None = None) -> str:
    """When a link expires, in the reader's time zone or else the organisation's."""
    local = timezone.localtime(moment, (reader and reader.zone) or organisation.zone)
    return f"{date_format(local, 'DATETIME_FORMAT')} {date_format(local, 'e')}"


def url_of(base_url: str, name: str, *args: object) -> str:
    return urljoin(base_url, reverse(name, args=args))

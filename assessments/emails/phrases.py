"""Words that several e-mails need: an assessment and its dates, how long questions take, what a person typed, addresses of pages."""

import datetime
import re
from urllib.parse import urljoin

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from assessments import results
from assessments.models import Assessment, Organisation, User

SECONDS_PER_QUESTION = 25  # at the pace of a careful reader


def minutes_for(questions: int) -> int:
    """How long so many questions take, in minutes, rounded up to five."""
    return -(-questions * SECONDS_PER_QUESTION // 300) * 5


# Turn the direction of a line around it, or cannot be seen at all: nobody's name needs them, and a letter could lie with them
HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def plain(text: str) -> str:
    """What a person typed, as one line of visible characters."""
    return " ".join(HIDDEN.sub("", text).split())


def lines_of(text: str) -> list[str]:
    """The same with its lines kept: an e-mail marks each as quoted."""
    return [plain(line) for line in text.strip().splitlines()]


def about(assessment: Assessment, sender: User | None) -> dict[str, object]:
    """What nearly every e-mail names; `sender` None: the organisation itself writes."""
    questions = len(results.bank_of(assessment.bank_version).questions)
    organisation = plain(assessment.organisation.name)
    return {
        "organisation": organisation,
        "round": plain(assessment.name),
        "sender": plain(str(sender)) if sender else organisation,
        "questions": questions,
        "minutes": minutes_for(questions),
        "named": assessment.is_named,
        "due": _day(assessment),
    }


def _day(assessment: Assessment) -> str | None:
    """Until when people are asked to submit; a day that is over is not named."""
    due, today = assessment.due_on, assessment.organisation.today
    return date_format(due, "DATE_FORMAT") if due and due >= today else None


def who(name: str, email: str) -> dict[str, str]:
    """Someone in short, and with the address: either may be all that is known."""
    person = plain(name)
    return {"person": person or email, "who": f"{person} ({email})" if person else email}


def moment_at(moment: datetime.datetime | None, organisation: Organisation) -> str:
    """Until when a link opens, where the organisation is."""
    local = timezone.localtime(moment, organisation.zone)
    return f"{date_format(local, 'DATETIME_FORMAT')} {date_format(local, 'e')}"


def url_of(base_url: str, name: str, *args: object) -> str:
    return urljoin(base_url, reverse(name, args=args))

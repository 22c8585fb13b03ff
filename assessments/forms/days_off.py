"""Days off as lines of text: "2026-12-24", "24.12.2026 – 6.1.2027", or without the year for every year."""

import datetime
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from assessments.sentences import gettext as _

type Range = list[str]  # first and last day, "2026-12-24" or "12-24"

MAX_LINES = 100
DATE = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})?", re.ASCII)
BETWEEN = {"", "-", "–", "to", "until", "bis"}
LEAP_YEAR = 2000  # in which every day of a year is one


def ranges_of(text: str) -> list[Range]:
    """The days off in the lines of a text. Raises ValidationError naming the first line that cannot be read."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_LINES:
        raise ValidationError(_("Enter at most %(n)d lines.") % {"n": MAX_LINES})
    return [_range(line) for line in lines]


def _range(line: str) -> Range:
    found = list(DATE.finditer(line))
    try:
        days = [_day(match) for match in found]
        first, last = days if len(days) > 1 else days * 2
    except ValueError:
        first, last = "", "-"
    if len(first) != len(last) or (len(first) > len("12-24") and first > last) or not _is_clear(line):
        text = _("We couldn’t read “%(line)s”. Write a date, or a first and a last date: 2026-12-24 to 2027-01-06.")
        raise ValidationError(text % {"line": line[:60]})
    return [first, last]


def _is_clear(line: str) -> bool:
    """Whether there is nothing else on the line than dates and a word between them."""
    return DATE.sub("", line).strip().lower() in BETWEEN


def _day(match: re.Match[str]) -> str:
    """The date in ISO form. Raises ValueError for one that does not exist."""
    year, month, day = (match[1], match[2], match[3]) if match[2] else (match[6], match[5], match[4])
    found = datetime.date(int(year or LEAP_YEAR), int(month), int(day))
    return found.isoformat() if year else f"{found:%m-%d}"


def text_of(ranges: Iterable[Range]) -> str:
    """The same lines, in the notation of the reader's language."""
    lines = [(_shown(first), _shown(last)) for first, last in ranges]
    return "\n".join(first if first == last else f"{first} – {last}" for first, last in lines)


def _shown(day: str) -> str:
    *year, month, number = day.split("-")
    if year:
        return _("%(year)s-%(month)s-%(day)s") % {"year": year[0], "month": month, "day": number}
    return _("%(month)s-%(day)s") % {"month": month, "day": number}

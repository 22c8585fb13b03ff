"""Calendars as iCalendar (RFC 5545) with events of a whole day."""

import datetime
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from icalendar import Calendar, Event as Entry
from icalendar.prop import vDate, vDatetime, vText, vUri

PRODUCT = "-//AI leadership maturity//calendar//EN"
CONTENT_TYPE = "text/calendar; charset=utf-8"
END = b"END:VCALENDAR\r\n"


class DayEvent(NamedTuple):
    """Something on a day; `key` identifies it, so that a changed date moves it in a calendar."""

    key: str
    day: datetime.date
    title: str
    url: str
    changed: datetime.datetime


def calendar_of(name: str, events: Iterable[DayEvent]) -> bytes:
    """The events in a calendar of this name."""
    calendar = Calendar()
    calendar["prodid"], calendar["version"], calendar["x-wr-calname"] = vText(PRODUCT), vText("2.0"), vText(name)
    head = bytes(calendar.to_ical(sorted=False)).removesuffix(END)
    return head + b"".join(map(entry_of, events)) + END


@lru_cache(maxsize=4096)
def entry_of(event: DayEvent) -> bytes:
    """One event. Kept, because programs ask for the same ones every hour. Values are set, twice as fast as by `add`."""
    day = vDate(event.day)
    day.params["VALUE"] = "DATE"
    entry = Entry()
    entry["uid"], entry["dtstamp"] = vText(event.key), vDatetime(event.changed.astimezone(datetime.UTC))
    entry["dtstart"], entry["summary"], entry["url"] = day, vText(event.title), vUri(event.url)
    return bytes(entry.to_ical(sorted=False))

"""Calendars as iCalendar (RFC 5545) with events of a whole day."""

import datetime
from functools import lru_cache
from typing import NamedTuple

from icalendar import Calendar, Event as Entry
from icalendar.prop import vDate, vDatetime, vText, vUri

PRODUCT = "-//AI leadership maturity//calendar//EN"
CONTENT_TYPE = "text/calendar; charset=utf-8"


class DayEvent(NamedTuple):
    """Something on a day; `key` identifies it, so that a changed date moves it in a calendar."""

    key: str
    day: datetime.date
    title: str
    url: str
    changed: datetime.datetime


@lru_cache(maxsize=64)
def calendar_of(name: str, events: tuple[DayEvent, ...]) -> bytes:
    """The events in a calendar of this name. Properties are set as values, which is twice as fast as `add`."""
    calendar = Calendar()
    calendar["prodid"], calendar["version"], calendar["x-wr-calname"] = vText(PRODUCT), vText("2.0"), vText(name)
    for event in events:
        day = vDate(event.day)
        day.params["VALUE"] = "DATE"
        entry = Entry()
        entry["uid"], entry["dtstamp"] = vText(event.key), vDatetime(event.changed.astimezone(datetime.UTC))
        entry["dtstart"], entry["summary"], entry["url"] = day, vText(event.title), vUri(event.url)
        calendar.add_component(entry)
    return bytes(calendar.to_ical(sorted=False))

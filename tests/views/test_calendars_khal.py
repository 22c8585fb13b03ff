"""The calendar read by another program: Debian's khal."""

import datetime
import shutil
import subprocess

import pytest

from assessments.ics import DayEvent, calendar_of

CONFIG = """
[calendars]
[[work]]
path = {folder}/work
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = work
[sqlite]
path = {folder}/khal.db
"""
CHANGED = datetime.datetime(2026, 11, 30, 23, 59, tzinfo=datetime.UTC)
TITLES = [
    "Answers due: Nord; Süd, “Q4”",
    "Action due: " + "a very long action " * 12 + "ends",
    "Result released: \u2068العربية\u2069",
]


@pytest.fixture
def khal(tmp_path):
    if shutil.which("khal") is None:
        pytest.fail("khal is missing: apt-get install khal")
    (tmp_path / "work").mkdir()
    (tmp_path / "config").write_text(CONFIG.format(folder=tmp_path))

    def run(*words):
        command = ["khal", "--config", str(tmp_path / "config"), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path).stdout

    return run


@pytest.mark.long
def test_khal_reads_every_event_on_its_day(khal, tmp_path):
    days = [datetime.date(2028, 2, 29), datetime.date(2028, 3, 26), datetime.date(2028, 12, 31)]
    events = [DayEvent(f"{n}@host", day, TITLES[n], "https://host/x", CHANGED) for n, day in enumerate(days)]
    (tmp_path / "feed.ics").write_bytes(calendar_of("AI leadership", events))
    khal("import", "--batch", "-a", "work", "feed.ics")
    told = khal("list", "--day-format", "", "--format", "{start-date}|{end-date}|{title}", "2028-01-01", "366d")
    read = [line.split("|") for line in told.splitlines() if line]
    assert read == [[str(day), str(day), title] for day, title in zip(days, TITLES, strict=True)]

"""The threads of an assessment as CSV: the words that whoever runs it reads on the pages, and nothing besides."""

from collections.abc import Iterable, Iterator, Sequence

from assessments.pages.threads import ThreadLine
from assessments.reports.files import csv_bytes
from assessments.sentences import gettext as _


def threads_csv(lines: Iterable[ThreadLine]) -> bytes:
    """A text a row: first what was asked, then everything written below it in the order of the page."""
    return csv_bytes(_rows(lines))


def _rows(lines: Iterable[ThreadLine]) -> Iterator[Sequence[str]]:
    yield _("Question"), _("Asked"), _("State"), _("By"), _("Date"), _("Text")
    for line in lines:
        yield line.question, line.addressed, line.state, "", "", line.text
        for entry in line.entries:
            day = "" if entry.day is None else entry.day.isoformat()
            yield line.question, line.addressed, line.state, entry.who, day, entry.text

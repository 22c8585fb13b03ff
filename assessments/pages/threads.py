"""Threads as their pages show them. In a confidential assessment nothing here says who replied, when, or how many are asked."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format

from assessments.models import Thread, ThreadEntry, User, Voice
from assessments.scoring.bank import Bank
from assessments.sentences import gettext as _
from assessments.wording import numbers
from assessments.wording.remarks import answer_name, answered


@dataclass(frozen=True)
class EntryLine:
    """One text of a thread. `day` is None for a reply whose day is nobody's business; `waits`: only the reader sees it."""

    who: str
    text: str
    day: datetime.date | None
    is_reply: bool
    is_own: bool = False
    waits: bool = False


@dataclass(frozen=True)
class ThreadLine:
    """A thread in a list: whom it addresses, its question and its state."""

    pk: UUID
    assessment: UUID
    question: str
    addressed: str
    text: str
    state: str
    entries: Sequence[EntryLine] = ()


@dataclass(frozen=True)
class PrintedThread:
    """A thread in a report: its question of the bank, whom it addresses, and each text with who wrote it.

    Nothing of a confidential thread has a date.
    """

    question: str
    addressed: str
    texts: tuple[tuple[str, str], ...]


def thread_line(
    bank: Bank, thread: Thread, entries: Iterable[ThreadEntry] = (), voice: Voice | None = None
) -> ThreadLine:
    """One thread; `entries` are those that the reader may read, `voice` is the reader's own."""
    question = bank.questions[thread.question.key]
    return ThreadLine(
        pk=thread.pk,
        assessment=thread.assessment_id,
        question=question.short or question.text,
        addressed=addressed(bank, thread),
        text=thread.text or _("This text was deleted with the data of whoever wrote it."),
        state=state(thread),
        entries=tuple(entry_line(thread, entry, voice) for entry in entries),
    )


def printed_thread(bank: Bank, thread: Thread, entries: Iterable[ThreadEntry]) -> PrintedThread:
    """One thread; `entries` are those that the reader may read."""
    line = thread_line(bank, thread, entries)
    asked = (_name(thread.asked_by), thread.asked_on, line.text)
    texts = [asked, *((entry.who, entry.day, entry.text) for entry in line.entries)]
    if thread.is_confidential:
        return PrintedThread(line.question, line.addressed, tuple((who, text) for who, _day, text in texts))
    dated = ((f"{who}, {date_format(day)}" if day else who, text) for who, day, text in texts)
    return PrintedThread(line.question, line.addressed, tuple(dated))


def addressed(bank: Bank, thread: Thread) -> str:
    """Whom a thread addresses: everybody with an answer, or people by name."""
    if thread.level is None:
        return numbers.joined(sorted(str(voice.participant) for voice in thread.voices.all()))
    question = bank.questions[thread.question.key]
    return _("Everyone who answered %(answer)s") % {"answer": answered(bank, question, thread.level)}


def levels_to_ask(bank: Bank, key: str, levels: Iterable[int]) -> list[tuple[int, str]]:
    """The answers whose people can be asked, such as `Everyone who answered level 4 (Managed)`."""
    question, with_name = bank.questions[key], _("Everyone who answered %(answer)s (%(name)s)")
    text = with_name if question.choices is None else _("Everyone who answered %(answer)s")
    words = [
        (each, {"answer": answered(bank, question, each), "name": answer_name(bank, question, each)}) for each in levels
    ]
    return [(level, text % each) for level, each in words]


def state(thread: Thread) -> str:
    """Whether it takes replies, as whoever asks may know it. It depends on days alone, never on replies."""
    if thread.is_closed and not thread.takes_replies and thread.has_opened:
        return _("Closed")
    if thread.is_closed:
        return _("Closes at the end of the day")
    return _("Open") if thread.has_opened else _("Visible to them from tomorrow")


def entry_line(thread: Thread, entry: ThreadEntry, voice: Voice | None) -> EntryLine:
    """One text, under a pseudonym or name."""
    is_reply, is_own = entry.voice_id is not None, voice is not None and entry.voice_id == voice.pk
    hidden = thread.is_confidential and is_reply
    return EntryLine(
        who=_who(thread, entry, is_own=is_own),
        text=entry.text or _("This text was deleted with the data of whoever wrote it."),
        day=None if hidden else entry.day,
        is_reply=is_reply,
        is_own=is_own,
        waits=thread.is_confidential and entry.day == thread.today,
    )


def _who(thread: Thread, entry: ThreadEntry, *, is_own: bool) -> str:
    if entry.voice is None:
        return _name(entry.author)
    if not thread.is_confidential:
        return str(entry.voice.participant)
    return (_("You, as %(name)s") if is_own else _("Reply of %(name)s")) % {"name": entry.voice.pseudonym}


def _name(person: User | None) -> str:
    """Who asks; None after their account is gone."""
    return str(person) if person else _("Somebody who has left")

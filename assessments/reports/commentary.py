"""A consultant's or lead's commentary for display: the author, and whether it is about the current result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.markdown import Block
from assessments.results import Commentary
from assessments.scoring.bank import Bank


@dataclass(frozen=True)
class Note:
    """One text under a heading that names its author; `about` says what it is not, `stale` that it is out of date."""

    title: str
    full_title: str  # with the name of its pillar, where it stands away from it
    about: str
    stale: str | None
    blocks: tuple[Block, ...]


def note_of(texts: Iterable[Commentary], pillar: str | None, name: str = "") -> Note | None:
    """The text about one pillar, by its key and name, or about the whole assessment; None where nobody wrote one."""
    own = next((text for text in texts if text.pillar == pillar), None)
    return None if own is None else note(own, name)


@dataclass(frozen=True)
class Remarks:
    """Everything that is written about an assessment: about the whole, and (name, note) of each pillar in bank order.

    `about` says whose words these are where they are all of one author; else each note does. `accent` is the colour
    of its line, where the consultancy has one.
    """

    title: str
    about: str | None
    whole: Note | None
    pillars: tuple[tuple[str, Note], ...]
    accent: str | None


def remarks_of(texts: Sequence[Commentary], bank: Bank, accent: str | None) -> Remarks | None:
    """None where nobody wrote anything."""
    by_pillar = [(pillar.name, note_of(texts, pillar.key, pillar.name)) for pillar in bank.pillars]
    pillars, whole = tuple((name, note) for name, note in by_pillar if note is not None), note_of(texts, None)
    if whole is None and not pillars:
        return None
    notes = [*([whole] if whole else []), *(note for _name, note in pillars)]
    alone = len({note.title for note in notes}) == 1
    title, about = (notes[0].title, notes[0].about) if alone else (_("Commentary"), None)
    return Remarks(title, about, whole, pillars, accent)


def note(text: Commentary, pillar: str = "") -> Note:
    """In the active language."""
    title = _("Commentary by %(name)s") % {"name": text.by}
    about = _("Written by a consultant, not part of the measurement.")
    if not text.by_consultancy:
        about = _("Written by the people who manage this assessment, not part of the measurement.")
    stale = _("Written for an earlier result of this assessment; figures may have changed since.")
    return Note(
        title=title,
        full_title=_("%(pillar)s: commentary by %(name)s") % {"pillar": pillar, "name": text.by} if pillar else title,
        about=about,
        stale=stale if text.is_stale else None,
        blocks=text.blocks,
    )

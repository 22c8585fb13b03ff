"""A consultant's or lead's commentary for display: the author, and whether it is about the current result."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.markdown import Block
from assessments.results import Commentary
from assessments.scoring.bank import Bank
from assessments.sentences import gettext as _


@dataclass(frozen=True)
class Note:
    """One text under a heading with its author; `about` is the disclaimer, `stale` a warning if the result has changed."""

    title: str
    full_title: str  # with the name of the pillar, for places away from it
    about: str
    stale: str | None
    blocks: tuple[Block, ...]
    language: str  # of the blocks, "" if unknown


def note_of(texts: Iterable[Commentary], pillar: str | None, name: str = "") -> Note | None:
    """The text about one pillar, by key and name, or about the whole assessment; None without one."""
    own = next((text for text in texts if text.pillar == pillar), None)
    return None if own is None else note(own, name)


@dataclass(frozen=True)
class Remarks:
    """All commentary on an assessment: on the whole, and (name, note) of each pillar in bank order.

    `about` is the disclaimer if all texts have the same author; otherwise each note has its own. `accent` is the
    colour of the line, if the consultancy has one.
    """

    title: str
    about: str | None
    whole: Note | None
    pillars: tuple[tuple[str, Note], ...]
    accent: str | None


def remarks_of(texts: Sequence[Commentary], bank: Bank, accent: str | None) -> Remarks | None:
    """All texts as remarks; None without any."""
    by_pillar = [(pillar.name, note_of(texts, pillar.key, pillar.name)) for pillar in bank.pillars]
    pillars, whole = tuple((name, note) for name, note in by_pillar if note is not None), note_of(texts, None)
    if whole is None and not pillars:
        return None
    notes = [*([whole] if whole else []), *(note for _name, note in pillars)]
    alone = len({note.title for note in notes}) == 1
    title, about = (notes[0].title, notes[0].about) if alone else (_("Commentary"), None)
    return Remarks(title, about, whole, pillars, accent)


def note(text: Commentary, pillar: str = "") -> Note:
    """One text in the active language."""
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
        language=text.language,
    )

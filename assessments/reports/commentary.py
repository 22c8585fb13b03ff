"""A consultant's words as they stand beside a result: whose they are, and whether they are still about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.prose import Block
from assessments.results import Commentary


@dataclass(frozen=True)
class Note:
    """One text under a heading that names its author; `about` says what it is not, `stale` that it is out of date."""

    title: str
    full_title: str  # with the name of its pillar, where it stands away from it
    about: str
    stale: str | None
    blocks: tuple[Block, ...]


def note_of(texts: Iterable[Commentary], pillar: str | None, name: str = "") -> Note | None:
    """The text about one pillar, by its key and name, or about the whole round; None where nobody wrote one."""
    found = next((text for text in texts if text.pillar == pillar), None)
    return None if found is None else note(found, name)


def note(text: Commentary, pillar: str = "") -> Note:
    """In the active language."""
    title = _("Commentary by %(name)s") % {"name": text.by}
    about = _("A consultant’s words, not part of the measurement.")
    if not text.by_consultancy:
        about = _("The words of those who run this round, not part of the measurement.")
    stale = _("Written for an earlier result of this round; figures may have changed since.")
    return Note(
        title=title,
        full_title=_("%(pillar)s: commentary by %(name)s") % {"pillar": pillar, "name": text.by} if pillar else title,
        about=about,
        stale=stale if text.is_stale else None,
        blocks=text.blocks,
    )

"""Compare two texts or two states: which words were removed and which were added."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

_PIECES = re.compile(r"\s+|[^\s]+")
MAX_PIECES = 4000  # beyond this, a comparison by word takes too long
MAX_COMMON = 1000  # beyond this, frequent words are ignored when aligning the texts; otherwise it takes 20 s
MIN_COMMON = 0.6  # below this, two whole texts are easier to read than a word diff

LABELS = {
    "key": gettext_lazy("Key"),
    "text": gettext_lazy("Question"),
    "help": gettext_lazy("Help"),
    "short": gettext_lazy("Short name"),
    "error": gettext_lazy("Error phrase"),
    "covers": gettext_lazy("Practices covered"),
    "weight": gettext_lazy("Weight"),
    "essential_at": gettext_lazy("Essential at level"),
    "essential_reason": gettext_lazy("Why essential"),
    "allows_na": gettext_lazy("Can be “Not applicable”"),
    "central": gettext_lazy("Asked once for all units"),
    "pillar": gettext_lazy("Pillar"),
    "name": gettext_lazy("Name"),
    "group": gettext_lazy("Group"),
    "summary": gettext_lazy("Summary"),
    "title": gettext_lazy("Title"),
    "language": gettext_lazy("Language"),
    "source": gettext_lazy("Source"),
    "licence": gettext_lazy("Licence"),
    "about": gettext_lazy("About"),
    "retired": gettext_lazy("Retired keys"),
    "attribution": gettext_lazy("Attribution"),
    "format": gettext_lazy("Format"),
    "scale": gettext_lazy("Scale"),
    "choices": gettext_lazy("Answer sets"),
    "groups": gettext_lazy("Groups"),
    "gate": gettext_lazy("How a level is reached"),
    "index_of": gettext_lazy("Index over"),
    "stage": gettext_lazy("Stage"),
    "order": gettext_lazy("Order"),
    "next_steps": gettext_lazy("Next steps"),
    "yaml": gettext_lazy("The whole bank"),
}


@dataclass(frozen=True)
class Piece:
    """A run of words: unchanged (""), removed ("del") or added ("ins")."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One field of two states; `before` and `after` are None if there was no value."""

    name: str
    before: str | None
    after: str | None

    @property
    def pieces(self) -> list[Piece]:
        return pieces(self.before or "", self.after or "")


def pieces(before: str, after: str) -> list[Piece]:
    """Return the words of both texts in reading order."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > MAX_PIECES:
        return [Piece("del", before), Piece("ins", after)]
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > MAX_COMMON)
    if before and after and matcher.ratio() < MIN_COMMON:
        return [Piece("del", before), Piece("", "\n"), Piece("ins", after)]
    return list(_merged(matcher, old, new))


def _merged(matcher: "SequenceMatcher[str]", old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("", "".join(old[i:j]))
            continue
        if j > i:
            yield Piece("del", "".join(old[i:j]))
        if m > k:
            yield Piece("ins", "".join(new[k:m]))


def changed_fields(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[FieldChange]:
    """Return the fields in which two states differ, labelled for authors."""
    old, new = dict(_flat(before or {})), dict(_flat(after or {}))
    names = [*old, *(name for name in new if name not in old)]
    return [FieldChange(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]


def _flat(state: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for name, value in state.items():
        if name == "anchors":
            for level, text in enumerate(value, start=1):
                yield _("Level %(number)d") % {"number": level}, text
        elif name == "levels":
            for number, level in enumerate(value, start=1):
                yield _("Level %(number)d") % {"number": number}, _level(level)
        elif name == "next_steps":
            yield str(LABELS[name]), "\n".join(map(_step, value)) or None
        else:
            yield str(LABELS.get(name, name)), _shown(value)


def _level(level: Mapping[str, Any]) -> str:
    value = level.get("value")
    return f"{level['name']}: {level['summary']}" + ("" if value is None else f" ({value:g})")


def _step(step: Mapping[str, Any]) -> str:
    parts = (step["action"], step["owner"], step["effort"], step["horizon"], ", ".join(step["requires"]))
    return f"{step['from']}: " + " · ".join(str(part) for part in parts if part not in (None, ""))


def _shown(value: Any) -> str | None:
    if value is None or value in ("", [], {}):
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(_entry, value))
    if isinstance(value, Mapping):
        return _entry(value)
    return f"{value:g}" if isinstance(value, float | int) else str(value)


def _entry(value: Any) -> str:
    """An entry of a list: a key, a number, or the fields of an answer set, group or gate."""
    if isinstance(value, Mapping):
        return " · ".join(_entry(part) for part in value.values())
    if isinstance(value, list):
        return ", ".join(map(_entry, value))
    return f"{value:g}" if isinstance(value, float | int) else str(value or "–")

"""One part of a bank next to its translation: the texts sent, their problems, and changes in the source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.formats.bank import MAX_SHORT, MAX_TEXT
from assessments.formats.places import Place, pillar_of, texts_of
from assessments.forms.text import tidy
from assessments.models import Translation
from assessments.scoring.bank import Bank

from .worddiff import LABELS, FieldChange

LONG = 45  # characters beyond which a field has more than one line


@dataclass(frozen=True)
class TextLine:
    """A text of the bank, its stored or just sent translation, and any notes on it.

    `read` is the translation when the person opened the page, `current` is what someone else has saved since.
    """

    place: Place
    label: str
    source: str
    text: str
    read: str
    change: FieldChange | None = None
    is_changed: bool = False
    error: str = ""
    current: str | None = None

    @property
    def is_long(self) -> bool:
        return max(len(self.source), len(self.text)) > LONG

    @property
    def rows(self) -> int:
        """The height of the field in lines."""
        return max(2, len(self.source) // 55 + 1 + self.source.count("\n"))


@dataclass(frozen=True)
class TextBlock:
    """The lines of one question, of a pillar's own texts, or of the bank's own texts."""

    name: str
    key: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True)
class TextPart:
    """The contents of one page: a pillar, or the bank's own texts (key ""). Counted in texts."""

    key: str
    name: str
    done: int
    total: int
    changed: int


@dataclass(frozen=True)
class Sent:
    """The texts of one page as sent, tidied; `confirmed` are places whose translation was confirmed as still valid."""

    texts: dict[Place, str]
    read: dict[Place, str]
    confirmed: frozenset[Place]
    errors: dict[Place, str]


def sent_in(data: Mapping[str, str], places: Iterable[Place]) -> Sent:
    texts = {place: tidy(data.get(f"text:{place}", "")).strip() for place in places if f"text:{place}" in data}
    before = {place: tidy(data.get(f"read:{place}", "")) for place in texts}
    confirmed = frozenset(place for place in texts if f"held:{place}" in data)
    return Sent(
        texts, before, confirmed, {place: problem for place, text in texts.items() if (problem := _wrong(place, text))}
    )


def _wrong(place: Place, text: str) -> str:
    most = MAX_SHORT if place.endswith("/short") else MAX_TEXT
    if len(text) <= most:
        return ""
    return _("Shorten this text to %(most)d characters; it has %(length)d.") % {"most": most, "length": len(text)}


def parts_of(bank: Bank, row: Translation) -> tuple[TextPart, ...]:
    """Return the pages of a translation, the bank's own texts first."""
    source = texts_of(bank)
    names = {"": _("Bank and levels"), **{pillar.key: pillar.name for pillar in bank.pillars}}
    places: dict[str, list[Place]] = {key: [] for key in names}
    for place in source:
        places[pillar_of(place, bank) or ""].append(place)
    return tuple(_part(key, names[key], texts, row, source) for key, texts in places.items())


def _part(key: str, name: str, places: list[Place], row: Translation, source: Mapping[Place, str]) -> TextPart:
    translated = [place for place in places if place in row.texts]
    changed = sum(row.sources.get(place) != source[place] for place in translated)
    return TextPart(key, name, len(translated), len(places), changed)


def places_of(bank: Bank, part: str) -> list[Place]:
    return [place for place in texts_of(bank) if (pillar_of(place, bank) or "") == part]


def blocks_of(
    bank: Bank, row: Translation, part: str, sent: Sent | None = None, current: Mapping[Place, str | None] | None = None
) -> tuple[TextBlock, ...]:
    """Return one page in bank order. What was `sent` but not saved is shown as it was sent."""
    source = texts_of(bank)
    grouped: dict[str, list[TextLine]] = {}
    for place in places_of(bank, part):
        grouped.setdefault(_group(place), []).append(_line(place, source[place], row, sent, current or {}))
    return tuple(TextBlock(_name(bank, key), key, tuple(lines)) for key, lines in grouped.items())


def _line(
    place: Place, source: str, row: Translation, sent: Sent | None, current: Mapping[Place, str | None]
) -> TextLine:
    text, made_from = row.texts.get(place, ""), row.sources.get(place)
    changed = place in row.texts and made_from != source
    return TextLine(
        place=place,
        label=_label(place),
        source=source,
        text=sent.texts.get(place, text) if sent else text,
        read=text,
        change=FieldChange("", made_from, source) if changed and made_from is not None else None,
        is_changed=changed,
        error=sent.errors.get(place, "") if sent else "",
        current=current[place] or "" if place in current else None,
    )


def _group(place: Place) -> str:
    kind, _slash, rest = place.partition("/")
    return rest.partition("/")[0] if kind == "questions" else ""


def _name(bank: Bank, key: str) -> str:
    return bank.questions[key].text if key else ""


def _label(place: Place) -> str:
    """Return a label such as `Level 3`, `Next step 2: action` or `Help`."""
    steps = place.split("/")
    name = steps[-1]
    if "next_steps" in steps:
        what = _("action") if name == "action" else _("owner")
        return _("Next step %(number)s: %(what)s") % {"number": steps[-2], "what": what}
    if "anchors" in steps:
        return _("Level %(number)s") % {"number": name}
    label = str(LABELS.get(name, name))
    if steps[0] == "levels":
        return _("Level %(number)s: %(what)s") % {"number": steps[1], "what": label}
    return label


def named_changes(before: Mapping[Place, str | None], after: Mapping[Place, str | None]) -> Iterator[FieldChange]:
    """Yield what an edit changed, each text by its place."""
    for place in sorted({*before, *after}):
        yield FieldChange(place, before.get(place), after.get(place))

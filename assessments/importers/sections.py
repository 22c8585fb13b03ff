"""The parts of a bank above its questions: facts, scale, ladder, answer sets, gate, groups."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from assessments.formats.yaml_text import Fields, Node

from .columns import LEVEL_COLUMNS
from .layout import FACTS, Entry, Layout
from .nodes import STAGES, Places, bare, fields, items, key_from, text

PLAIN_FACTS = FACTS[1:9]
NO_LIMIT = frozenset({"none", "null", "-", "no"})


@dataclass
class Names:
    """Groups or pillars by key, in order: those that a sheet lists, and those that only rows of questions name."""

    listed: dict[str, Fields] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)

    def key_of(self, name: str, line: int) -> str:
        """The key of a key or name; a name that is new is entered with a key made of it."""
        if name in self.listed:
            return name
        if name.casefold() not in self.by_name:
            key = key_from(name, self.listed, f"part-{len(self.listed) + 1}")
            self.listed[key] = fields(line, key=text(key, line), name=text(name, line))
            self.by_name[name.casefold()] = key
        return self.by_name[name.casefold()]

    def entry(self, key: str) -> Fields:
        return self.listed[key]


def names(entries: Iterable[Entry], places: Places) -> Names:
    """The groups or pillars that a sheet of their own lists."""
    found = Names()
    for entry in entries:
        line = places.add(entry.place)
        said = {name: places.add(each.place) for name, each in entry.said.items()}
        key = entry.get("key") or key_from(entry.get("name"), found.listed, f"part-{len(found.listed) + 1}")
        texts = {name: text(entry.said[name].text, at) for name, at in said.items() if name not in ("weight", "key")}
        weight = bare(entry.get("weight"), said["weight"]) if "weight" in said else None
        found.listed[key] = fields(line, key=text(key, said.get("key", line)), weight=weight, **texts)
        found.by_name.setdefault(entry.get("name").casefold(), key)
    return found


def ladder_height(layout: Layout) -> int:
    """How many levels the bank has: those listed, else the highest level column, stage, or the longest answer set."""
    if layout.levels:
        return len(layout.levels)
    columns = [number for number, name in enumerate(LEVEL_COLUMNS, start=1) if _used(layout, name)]
    if columns:
        return max(columns)
    if "stage" in layout.columns and _by_stages(layout):
        said = (row.cell(layout.columns["stage"]).strip() for row in layout.sheet.rows[layout.header + 1 :])
        return max((int(float(each)) for each in said if each.replace(".", "", 1).isdigit()), default=2)
    return max((len(entries) for entries in _sets(layout).values()), default=5)


def _used(layout: Layout, column: str) -> bool:
    place = layout.columns.get(column)
    rows = layout.sheet.rows[layout.header + 1 :]
    return place is not None and any(row.cell(place).strip() for row in rows)


def _by_stages(layout: Layout) -> bool:
    return layout.fact("gate by").strip() == "stages"


def _sets(layout: Layout) -> dict[str, list[Entry]]:
    sets: dict[str, list[Entry]] = {}
    for entry in layout.choices:
        sets.setdefault(entry.get("set"), []).append(entry)
    return sets


def head(layout: Layout, places: Places, line: int, groups: Names, pillars: Node) -> Fields:
    """The whole tree: the facts and everything else, around the pillars."""
    facts = {name: _fact(layout, places, name) for name in PLAIN_FACTS}
    first = layout.fact("format").strip() == "maturity-bank/1"
    headings = None if first or not groups.listed else items(line, groups.listed.values())
    retired = _fact(layout, places, "retired")
    return fields(
        line,
        format=text(layout.fact("format").strip() or "maturity-bank/2", line),
        **facts,
        levels=_levels(layout, places, line),
        scale=_scale(layout, places, line),
        choices=_choices(layout, places, line),
        gate=_gate(layout, places, line),
        groups=headings,
        index_of=_fact(layout, places, "index_of"),
        pillars=pillars,
        retired=items(line, [text(each, line) for each in layout.fact("retired").split()]) if retired else None,
        subsets=items(line, [_subset(entry, places) for entry in layout.subsets]) if layout.subsets else None,
    )


def _subset(entry: Entry, places: Places) -> Fields:
    at = places.add(entry.place)
    said: dict[str, Node] = {
        name: text(entry.said[name].text, places.add(entry.said[name].place)) for name in entry.said
    }
    asked = items(at, [text(key, at) for key in entry.get("questions").split()])
    said["questions"] = asked
    return fields(at, **said)


def _fact(layout: Layout, places: Places, name: str) -> Node | None:
    said = layout.facts.get(name)
    return text(said.text, places.add(said.place)) if said and said.text.strip() else None


def _number(layout: Layout, places: Places, name: str) -> Node | None:
    said = layout.facts.get(name)
    if said is None or not said.text.strip():
        return None
    word = said.text.strip()
    return bare("null" if word.casefold() in NO_LIMIT else word, places.add(said.place))


def _levels(layout: Layout, places: Places, line: int) -> Node:
    if layout.levels:
        return items(line, [_level(entry, places) for entry in layout.levels])
    sets = list(_sets(layout).values())
    if len(sets) == 1 and not any(_used(layout, name) for name in LEVEL_COLUMNS) and not _by_stages(layout):
        return items(line, [_level_of_choice(entry, places) for entry in sets[0]])
    lowest = 0 if _by_stages(layout) else 1
    return items(line, [_level_named(layout, number, lowest, line) for number in range(1, ladder_height(layout) + 1)])


def _level(entry: Entry, places: Places) -> Fields:
    at = places.add(entry.place)
    summary, value = entry.get("summary"), entry.get("value")
    return fields(
        at,
        name=text(entry.said["name"].text if "name" in entry.said else "", at),
        summary=text(entry.said["summary"].text, at) if summary else None,
        value=bare(value, at) if value else None,
    )


def _level_of_choice(entry: Entry, places: Places) -> Fields:
    """A ladder that is the answer set, so that the level of each answer is its own."""
    at = places.add(entry.place)
    return fields(at, name=text(entry.get("text"), at), value=bare(entry.get("value"), at))


def _level_named(layout: Layout, number: int, lowest: int, line: int) -> Fields:
    """A level called as its column is, unless the column is one of ours."""
    place = layout.columns.get(f"level {number}")
    header = layout.sheet.rows[layout.header].cell(place).strip() if layout.sheet.rows else ""
    own = not header or header.casefold() == f"level {number}"
    return fields(line, name=text(_called(number, lowest) if own else " ".join(header.split()), line))


def _called(number: int, lowest: int) -> str:
    return f"Level {number}" if lowest else STAGES[number - 1]


def _scale(layout: Layout, places: Places, line: int) -> Node | None:
    low, high = (_number(layout, places, f"scale {end}") for end in ("from", "to"))
    return fields(line, from_=low, to=high) if low or high else None


def _choices(layout: Layout, places: Places, line: int) -> Node | None:
    sets = {
        key: items(places.add(entries[0].place), [_choice(entry, places) for entry in entries])
        for key, entries in _sets(layout).items()
    }
    if not sets:
        return None
    made = Fields(sets)
    made.line, made.lines = line, {key: entries.line for key, entries in sets.items()}
    return made


def _choice(entry: Entry, places: Places) -> Fields:
    at, value = places.add(entry.place), entry.said.get("value")
    said = entry.said.get("text")
    return fields(
        at,
        text=text(said.text, places.add(said.place)) if said else None,
        value=bare(value.text, places.add(value.place)) if value else None,
    )


def _gate(layout: Layout, places: Places, line: int) -> Node | None:
    by = _fact(layout, places, "gate by")
    numbers = {name: _number(layout, places, f"gate {name}") for name in ("reach", "hold", "cap", "spread")}
    if by is None and any(numbers.values()):
        by = text("answers", line)
    return fields(line, by=by, **numbers) if by else None

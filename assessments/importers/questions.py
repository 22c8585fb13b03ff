"""Turn a sheet of questions into the tree of a bank; each node knows its cell.

A blank group or pillar is the one above it, as merged cells leave it. Keys that the sheet does not give are made of
the pillar and the question's place in it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from assessments.formats.bank import LoadedBank, bank_from
from assessments.formats.problems import Problems, ProblemsError
from assessments.formats.yaml_text import Fields, Items, Node

from .columns import LEVEL_COLUMNS, MAX_STEPS
from .layout import Layout
from .nodes import Places, bare, fields, items, key_from, problem_at, text
from .sections import head, ladder_height, names
from .workbook import Row

YES = frozenset({"true", "yes", "1", "x", "ja", "wahr"})


def bank_of_layout(layout: Layout, file: str) -> LoadedBank:
    """The bank that a sheet describes. Raises ProblemsError with every problem, each with its sheet and cell."""
    places, problems = Places(), Problems(file)
    rows = list(_rows(layout, problems))
    if not rows:
        problem_at(problems, layout.sheet.name, "no row below the headers has a question")
    if problems.named:
        raise problems.error()
    tree = _Tree(layout, places).tree(rows)
    try:
        loaded = bank_from(tree, problems)
    except ProblemsError as error:
        raise places.tell(error) from None
    return LoadedBank(loaded.bank, file, loaded.line, places.named)


def _rows(layout: Layout, problems: Problems) -> Iterator[Row]:
    """The rows with a question. A formula that nobody calculated is a problem, as what it says is unknown."""
    used = set(layout.columns.values())
    for row in layout.sheet.rows[layout.header + 1 :]:
        for place in sorted(used):
            where = layout.sheet.place(row.number, place)
            if where in layout.unsaved:
                problem_at(problems, where, "a formula without a saved value; open the file, save it and try again")
        if row.cell(layout.columns.get("question")).strip():
            yield row


@dataclass
class _Tree:
    """Builds the tree row by row."""

    layout: Layout
    places: Places
    keys: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.height = ladder_height(self.layout)
        self.sets = list(dict.fromkeys(entry.get("set") for entry in self.layout.choices))

    def tree(self, rows: list[Row]) -> Fields:
        first = self.places.add(self.layout.sheet.name)
        groups = names(self.layout.groups, self.places)
        pillars = names(self.layout.pillars, self.places)
        asked: dict[str, list[Node]] = {}
        of_group: dict[str, str] = {}
        group = pillar = ""
        keys_given = "key" in self.layout.columns
        for row in rows:
            group = self._named(row, "group") or group
            pillar = self._named(row, "pillar") or pillar or group or "Questions"
            if "pillar" not in self.layout.columns:
                group, pillar = "", group or pillar
            key = pillars.key_of(pillar, self._at(row, "pillar"))
            if group and not self._own_groups():
                of_group.setdefault(key, groups.key_of(group, self._at(row, "group")))
            made = asked.setdefault(key, [])
            made.append(self._question(row, key, len(made) + 1, keys_given))
        nodes = [self._pillar(pillars.entry(key), of_group.get(key), questions) for key, questions in asked.items()]
        return head(self.layout, self.places, first, groups, items(first, nodes))

    def _own_groups(self) -> bool:
        """Whether the sheet of pillars says their groups."""
        return any(entry.get("group") for entry in self.layout.pillars)

    def _named(self, row: Row, column: str) -> str:
        return " ".join(row.cell(self.layout.columns.get(column)).split())

    def _at(self, row: Row, column: str) -> int:
        place = self.layout.columns.get(column)
        return self.places.add(self.layout.sheet.place(row.number, place))

    def _text(self, row: Row, column: str) -> Node | None:
        said = row.cell(self.layout.columns.get(column))
        return text(said, self._at(row, column)) if said.strip() else None

    def _bare(self, row: Row, column: str) -> Node | None:
        said = row.cell(self.layout.columns.get(column))
        return bare(said, self._at(row, column)) if said.strip() else None

    def _yes_or_no(self, row: Row, column: str) -> Node | None:
        said = row.cell(self.layout.columns.get(column)).strip().casefold()
        return bare("true" if said in YES else "false", self._at(row, column)) if said else None

    def _pillar(self, entry: Fields, group: str | None, questions: list[Node]) -> Fields:
        if group is not None and "group" not in entry:
            entry["group"] = text(group, entry.line)
            entry.lines["group"] = entry.line
        entry["questions"] = items(entry.line, questions)
        entry.lines["questions"] = entry.line
        return entry

    def _question(self, row: Row, pillar: str, number: int, keys_given: bool) -> Fields:
        key = self._text(row, "key")
        if key is None and not keys_given:
            made = key_from(f"{pillar[:58]}-{number}", self.keys, f"q-{number}")
            self.keys.add(made)
            key = text(made, self._at(row, "question"))
        return fields(
            self._at(row, "question"),
            key=key,
            text=self._text(row, "question"),
            help=self._text(row, "help"),
            covers=self._list(row, "covers"),
            weight=self._bare(row, "weight"),
            essential_at=self._bare(row, "essential_at"),
            essential_reason=self._text(row, "essential_reason"),
            short=self._text(row, "short"),
            allows_na=self._yes_or_no(row, "allows_na"),
            central=self._yes_or_no(row, "central"),
            error=self._text(row, "error"),
            stage=self._bare(row, "stage"),
            **self._answers(row),
            next_steps=self._steps(row),
        )

    def _answers(self, row: Row) -> dict[str, Node | None]:
        """Anchors where a level has a text, else the answer set: the row's own, or the only one there is."""
        anchors = [row.cell(self.layout.columns.get(name)) for name in LEVEL_COLUMNS]
        if any(anchor.strip() for anchor in anchors):
            height = max(self.height, *(n for n, each in enumerate(anchors, 1) if each.strip()))
            nodes = [self._text(row, name) or bare("null", self._at(row, name)) for name in LEVEL_COLUMNS[:height]]
            return {"anchors": items(self._at(row, "level 1"), nodes), "choices": self._text(row, "choices")}
        own = self._text(row, "choices")
        if own is None and len(self.sets) == 1:
            own = text(self.sets[0], self._at(row, "question"))
        return {"choices": own}

    def _list(self, row: Row, column: str) -> Items | None:
        said = row.cell(self.layout.columns.get(column)).strip()
        if not said:
            return None
        at = self._at(row, column)
        return items(at, [text(each, at) for each in entries_of(said)])

    def _steps(self, row: Row) -> Items | None:
        steps = [step for number in range(1, MAX_STEPS + 1) if (step := self._step(row, f"next step {number}"))]
        return items(steps[0].line, steps) if steps else None

    def _step(self, row: Row, name: str) -> Fields | None:
        action = self._text(row, name)
        if action is None:
            return None
        start = self._bare(row, f"{name} from") or bare(name.removeprefix("next step "), self._at(row, name))
        return fields(
            self._at(row, name),
            from_=start,
            action=action,
            owner=self._text(row, f"{name} owner"),
            effort=self._bare(row, f"{name} effort"),
            horizon=self._text(row, f"{name} horizon"),
            requires=self._list(row, f"{name} requires"),
        )


def entries_of(said: str) -> list[str]:
    """The entries of a cell: one a line, or a JSON list where an entry has line breaks itself."""
    if said.startswith('["'):
        try:
            found = json.loads(said)
            return [str(each) for each in found]
        except ValueError:
            pass
    return [line.strip() for line in said.splitlines() if line.strip()]

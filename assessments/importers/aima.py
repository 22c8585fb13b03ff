"""OWASP AIMA: the assessment workbook, with one practice of six questions under each heading.

Its own figure: a practice is half the sum of its six answers (0, .33, .66 or 1), so 0 to 3 (`Assessment Questions`,
column F). Its levels: the highest stage in which every answer is yes, with a plus if a later one has more.
"""

import re
from dataclasses import dataclass, field

from assessments.formats.bank import LoadedBank
from assessments.formats.problems import ProblemsError
from assessments.formats.yaml_text import Fields, Node

from .nodes import Places, bare, fields, items, key_from, text
from .publisher import BY_STAGES, Publication, answer_sets, finish, numbered, said, scale, top, unreadable, whole
from .workbook import Row, Sheet

MODEL = Publication(
    key="owasp-aima",
    title="OWASP AI Maturity Assessment",
    source="https://github.com/OWASP/www-project-ai-maturity-assessment",
    licence="CC BY-SA 4.0",
    attribution="OWASP AI Maturity Assessment (AIMA) {version}, CC BY-SA 4.0",
)
SHEET = "assessment questions"
HEADERS = ("practice area", "stream", "maturity level", "questions")
ANSWERS = (("No", "0"), ("To a small extent", "0.33"), ("To a large extent", "0.66"), ("Yes", "1"))
HIGHEST = 3
_STREAM = re.compile(r"-\s*Stream\s+([A-Z])\s*$", re.IGNORECASE)


def sheet_of(sheets: tuple[Sheet, ...]) -> Sheet | None:
    """The sheet of questions if this is AIMA's workbook."""
    named = (sheet for sheet in sheets if sheet.name.strip().casefold() == SHEET)
    return next((sheet for sheet in named if _header(sheet) is not None), None)


def _header(sheet: Sheet) -> int | None:
    heads = (tuple(cell.strip().casefold() for cell in row.cells[:4]) for row in sheet.rows[:30])
    return next((place for place, head in enumerate(heads) if head == HEADERS), None)


def read(sheet: Sheet, file: str) -> LoadedBank:
    """The bank of the workbook: areas are groups, practices pillars, maturity levels stages. Raises ProblemsError."""
    model = _Model(sheet)
    for row in sheet.rows[(_header(sheet) or 0) + 1 :]:
        model.take(row)
    if not model.practices:
        raise unreadable(file, "the sheet of questions has no practice with questions")
    tree = fields(
        0,
        **top(MODEL, "1.0", 0),
        levels=numbered(HIGHEST, 0),
        scale=scale("0", "3", 0),
        choices=answer_sets({"extent": ANSWERS}, 0),
        gate=BY_STAGES,
        groups=items(0, model.areas.values()),
        pillars=items(0, [practice.node() for practice in model.practices.values()]),
    )
    try:
        loaded = finish(tree, file)
    except ProblemsError as error:
        raise model.places.tell(error) from None
    return LoadedBank(loaded.bank, file, loaded.line, model.places.named)


@dataclass
class _Practice:
    key: str
    name: str
    area: str
    line: int
    questions: list[Node] = field(default_factory=list)

    def node(self) -> Fields:
        texts = {name: text(getattr(self, name), self.line) for name in ("key", "name")}
        return fields(self.line, **texts, group=text(self.area, self.line), questions=items(self.line, self.questions))


class _Model:
    """Takes the sheet row by row: an area is merged over its rows, a practice is a heading above its questions."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.places = sheet, Places()
        self.areas: dict[str, Fields] = {}
        self.practices: dict[str, _Practice] = {}
        self.area = self.heading = ""

    def take(self, row: Row) -> None:
        area, stream, stage, question = (row.cell(place).strip() for place in range(4))
        self.area = area or self.area
        if stream and not question:
            self.heading = stream
        elif question:
            practice = self._practice(_STREAM.sub("", stream).strip() or self.heading, row)
            practice.questions.append(self._question(row, practice, stream, stage))

    def _at(self, row: Row, column: int) -> int:
        return self.places.add(self.sheet.place(row.number, column))

    def _practice(self, name: str, row: Row) -> _Practice:
        if name not in self.practices:
            line = self._at(row, 1)
            if self.area not in self.areas:
                key = key_from(self.area, (said(each, "key") for each in self.areas.values()), "area")
                self.areas[self.area] = fields(line, key=text(key, line), name=text(self.area, line))
            key = key_from(name, (each.key for each in self.practices.values()), "practice")
            self.practices[name] = _Practice(key[:50], name, said(self.areas[self.area], "key"), line)
        return self.practices[name]

    def _question(self, row: Row, practice: _Practice, stream: str, stage: str) -> Fields:
        letter, level = _STREAM.search(stream), whole(stage)
        ending = f"{level}{letter[1].lower()}" if letter and level else f"q{len(practice.questions) + 1}"
        return fields(
            self._at(row, 3),
            key=text(f"{practice.key}-{ending}", self._at(row, 1)),
            text=text(row.cell(3).strip(), self._at(row, 3)),
            choices=text("extent", self._at(row, 3)),
            stage=bare(str(level + 1) if level is not None else stage, self._at(row, 2)),
        )

"""OWASP SAMM 2: the publisher's repository as a ZIP, with one small YAML file a question, practice, answer set, …

The `type` in each file says what it is, and ids join them. Its own figures (SAMMwise, `calculator.js`): a practice is
the sum over its three levels of the mean of both streams, 0 to 3; a function is the mean of its practices, and the
whole the mean of the functions.
"""

import io
import pathlib
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.formats.bank import LoadedBank
from assessments.formats.problems import ProblemsError, one_problem
from assessments.formats.yaml_text import Fields, Node
from assessments.zip_errors import DAMAGED, names_in

from .nodes import bare, fields, items, text
from .publisher import (
    BY_STAGES,
    Publication,
    answer_sets,
    child,
    entries,
    finish,
    joined,
    numbered,
    optional,
    said,
    scale,
    top,
    unreadable,
    whole,
    yaml_of,
)

MODEL = Publication(
    key="owasp-samm",
    title="OWASP SAMM 2",
    source="https://owaspsamm.org",
    licence="CC BY-SA 4.0",
    attribution="OWASP Software Assurance Maturity Model (SAMM) {version}, CC BY-SA 4.0",
)
HIGHEST = 3
MAX_UNPACKED = 20_000_000
MAX_FILES = 3_000
_TYPE = re.compile(rb"^type:\s*(\w+)\s*$", re.MULTILINE)
_DIGIT = re.compile(r"-([1-3])(?:-[A-Z])?$")
KINDS = ("Function", "Practice", "MaturityLevel", "PracticeLevel", "Stream", "Activity", "Question", "AnswerSet")


@dataclass(frozen=True)
class Part:
    """One file: its name without folder and ending, and what is in it."""

    name: str
    tree: Node

    def get(self, field: str) -> str:
        return said(self.tree, field)

    @property
    def order(self) -> tuple[int, str]:
        return (whole(self.get("order")) or 0, self.name)


def is_samm(raw: bytes) -> bool:
    """Whether the bytes are a ZIP with YAML files in it."""
    return any(name.endswith((".yml", ".yaml")) for name in names_in(raw))


def read(raw: bytes, file: str) -> LoadedBank:
    """The bank of the files in a ZIP. Raises ProblemsError."""
    parts = _parts(raw, file)
    if not parts["Question"] or not parts["AnswerSet"] or not parts["Practice"]:
        raise unreadable(file, "this ZIP has no questions of OWASP SAMM; choose the ZIP of the publisher's repository")
    model = _Model(file, parts)
    tree = fields(
        1,
        **top(MODEL, "2.0"),
        levels=numbered(HIGHEST),
        scale=scale("0", "3"),
        choices=model.answer_sets(),
        gate=BY_STAGES,
        groups=items(1, model.functions()),
        index_of=text("groups", 1),
        pillars=items(1, model.practices()),
    )
    return finish(tree, file)


def _parts(raw: bytes, file: str) -> dict[str, list[Part]]:
    parts: dict[str, list[Part]] = defaultdict(list)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as files:
            names = [entry for entry in files.infolist() if entry.filename.endswith((".yml", ".yaml"))]
            if len(names) > MAX_FILES or sum(entry.file_size for entry in names) > MAX_UNPACKED:
                raise one_problem(file, 1, f"the files of this ZIP have more than {MAX_UNPACKED // 1_000_000} MB")
            for entry in names:
                content = files.read(entry)
                kind = _TYPE.search(content)
                if kind and kind[1].decode("ascii", "replace") in KINDS:
                    name = pathlib.PurePosixPath(entry.filename).stem
                    parts[kind[1].decode()].append(Part(name, yaml_of(content, f"{file}/{entry.filename}")))
    except ProblemsError:
        raise
    except DAMAGED:
        raise unreadable(file, "this ZIP is damaged") from None
    return parts


class _Model:
    """Joins the files by their ids."""

    def __init__(self, file: str, parts: dict[str, list[Part]]) -> None:
        self.file, self.parts = file, parts
        self.by_id = {kind: {part.get("id"): part for part in parts[kind]} for kind in KINDS}

    def answer_sets(self) -> Fields:
        return answer_sets(
            {
                part.name: [
                    (said(value, "text"), said(value, "value"))
                    for _name, value in sorted(entries(child(part.tree, "values")), key=lambda each: _order(each[1]))
                ]
                for part in sorted(self.parts["AnswerSet"], key=lambda part: part.name)
            }
        )

    def functions(self) -> Iterator[Fields]:
        used = {part.get("function") for part in self.parts["Practice"]}
        for part in sorted(self.parts["Function"], key=lambda part: part.order):
            if part.get("id") in used:
                yield fields(1, key=text(part.name, 1), name=text(part.get("name"), 1))

    def practices(self) -> Iterator[Fields]:
        questions = defaultdict(list)
        for part in self.parts["Question"]:
            practice, stage, letter = self._home(part)
            questions[practice.get("id")].append((stage, letter, part.order, part))
        rank = {each.get("id"): each.order for each in self.parts["Function"]}
        homes = [part for part in self.parts["Practice"] if part.get("id") in questions]
        for part in sorted(homes, key=lambda each: (rank.get(each.get("function"), (99, "")), each.order)):
            function = self._of("Function", part, "function")
            asked = sorted(questions[part.get("id")], key=lambda each: each[:3])
            yield fields(
                1,
                key=text(part.get("shortName") or part.name, 1),
                name=text(part.get("name"), 1),
                group=text(function.name, 1),
                summary=optional(part.get("shortDescription"), 1),
                questions=items(1, [self._question(each, stage) for stage, _letter, _order, each in asked]),
            )

    def _question(self, part: Part, stage: int) -> Fields:
        return fields(
            1,
            key=text(part.name, 1),
            text=text(part.get("text"), 1),
            help=optional(joined(child(part.tree, "quality")), 1),
            choices=text(self._of("AnswerSet", part, "answerSet", "answerset").name, 1),
            stage=bare(str(stage + 1), 1),
        )

    def _home(self, question: Part) -> tuple[Part, int, str]:
        """(practice, maturity level from 1, letter of the stream) of a question."""
        activity = self._of("Activity", question, "activity")
        stream = self._of("Stream", activity, "stream")
        level = self._of("PracticeLevel", activity, "level")
        number = self.by_id["MaturityLevel"].get(level.get("maturityLevel"))
        stage = whole(number.get("number")) if number else None
        named = _DIGIT.search(level.name) or _DIGIT.search(question.name)
        if stage is None and named is None:
            raise unreadable(self.file, f"nothing says the maturity level of the question {question.name}")
        return self._of("Practice", stream, "practice"), stage or int(named[1] if named else 1), stream.get("letter")

    def _of(self, kind: str, part: Part, *names: str) -> Part:
        wanted = next(filter(None, (part.get(name) for name in names)), "")
        found = self.by_id[kind].get(wanted)
        if found is None:
            raise unreadable(self.file, f"{part.name} belongs to a {kind} that is missing from the ZIP")
        return found


def _order(value: Node) -> tuple[float, float]:
    return (whole(said(value, "order")) or 0, float(said(value, "value") or 0))

"""DSOMM: the publisher's generated model, dimensions › sub-dimensions › activities, each at a level from 1 to 5.

Its own figure: the mean progress of a sub-dimension's activities, at each level and altogether, as a percentage.
Progress counts 0, 20, 50 or 100 %.
"""

import re
from collections.abc import Iterator

from assessments.formats.bank import KEY, LoadedBank
from assessments.formats.yaml_text import Fields, Node

from .nodes import bare, fields, items, key_from, text
from .publisher import (
    BY_STAGES,
    Publication,
    answer_sets,
    child,
    entries,
    finish,
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
    key="owasp-dsomm",
    title="DevSecOps Maturity Model",
    source="https://github.com/devsecopsmaturitymodel/DevSecOps-MaturityModel-data",
    licence="Attribution-ShareAlike",
    attribution="OWASP DevSecOps Maturity Model (DSOMM) {version}, Attribution-ShareAlike",
)
ANSWERS = (("Not started", "0"), ("Begun", "0.2"), ("Half done", "0.5"), ("Done everywhere", "1"))
HELP = ("description", "risk", "measure", "assessment")
_DOCUMENT = re.compile(rb"^---[ \t]*\r?$", re.MULTILINE)
_LEVEL = re.compile(rb"^      level: *[1-6]", re.MULTILINE)


def is_dsomm(raw: bytes) -> bool:
    """Whether a YAML file has activities with a level three steps deep."""
    return _LEVEL.search(raw) is not None and b"\n      uuid:" in raw


def read(raw: bytes, file: str) -> LoadedBank:
    """The bank of the model: dimensions are groups, sub-dimensions pillars, levels stages. Raises ProblemsError."""
    documents = [part for part in _DOCUMENT.split(raw) if part.strip()]
    if not documents:
        raise unreadable(file, "the file is empty")
    version = said(child(yaml_of(documents[0], file), "meta"), "version") if len(documents) > 1 else ""
    tree = yaml_of(documents[-1], file)
    names = [name for name, dimension in entries(tree) if any(_activities(each) for _name, each in entries(dimension))]
    if not names:
        raise unreadable(file, "this file has no activities with a level")
    groups: dict[str, str] = {}
    for name in names:
        groups[name] = key_from(name, groups.values(), "dimension")
    pillars = list(_pillars(tree, groups))
    highest = max(whole(level) or 0 for level in _levels(tree))
    return finish(
        fields(
            1,
            **top(MODEL, version),
            levels=numbered(highest),
            scale=scale("0", "100"),
            choices=answer_sets({"progress": ANSWERS}),
            gate=BY_STAGES,
            groups=items(1, [fields(1, key=text(key, 1), name=text(name, 1)) for name, key in groups.items()]),
            pillars=items(1, pillars),
        ),
        file,
    )


def _activities(dimension: Node) -> list[tuple[str, Node]]:
    return [(name, each) for name, each in entries(dimension) if said(each, "level")]


def _levels(tree: Node) -> Iterator[str]:
    for _name, dimension in entries(tree):
        for _sub, part in entries(dimension):
            yield from (said(each, "level") for _activity, each in _activities(part))


def _pillars(tree: Node, groups: dict[str, str]) -> Iterator[Fields]:
    keys: set[str] = set()
    asked: set[str] = set()
    for name, group in groups.items():
        for sub, part in entries(child(tree, name)):
            activities = sorted(_activities(part), key=lambda each: whole(said(each[1], "level")) or 0)
            if not activities:
                continue
            key = key_from(sub, keys, "part")
            keys.add(key)
            questions = [_question(*activity, asked) for activity in activities]
            at = activities[0][1].line
            yield fields(
                at, key=text(key, at), name=text(sub, at), group=text(group, at), questions=items(at, questions)
            )


def _question(name: str, activity: Node, asked: set[str]) -> Fields:
    """An activity: its id is the key, so that a later version of the model asks the same question again."""
    uuid = said(activity, "uuid")
    key = uuid if KEY.fullmatch(uuid) and uuid not in asked else key_from(name, asked, "activity")
    asked.add(key)
    level, at = said(activity, "level"), activity.line
    return fields(
        at,
        key=text(key, at),
        text=text(name, at),
        help=optional("\n\n".join(filter(None, (said(activity, part) for part in HELP))), at),
        choices=text("progress", at),
        stage=bare(str((whole(level) or 0) + 1), at),
    )

"""AISMM: the publisher's definition in YAML, three pillars of domains with questions of several kinds.

Its own figures (`AssessmentForm.tsx`, `AssessmentResults.tsx`): each answer gives 1 to 5, a domain is the plain mean of
its questions, a pillar that of its domains. Its overall figure multiplies domains by weights without dividing by them,
so it can be above 5; it is replaced by the mean of the domains. Options that the publisher scores alike are one answer.
"""

from collections.abc import Sequence

from assessments.formats.bank import LoadedBank
from assessments.formats.yaml_text import Fields, Node

from .nodes import bare, fields, items, text
from .publisher import (
    Publication,
    child,
    entries,
    finish,
    levels,
    optional,
    said,
    top,
    unreadable,
    yaml_of,
)

MODEL = Publication(
    key="aismm",
    title="AI Security Maturity Model",
    source="https://github.com/laughingman42/AISMM",
    licence="MIT",
    attribution="AI Security Maturity Model (AISMM) {version}, MIT licence",
)
HIGHEST = 5
BANDS = ("None", "1 to 4", "5 to 9", "10 to 19", "20 or more")  # of a number, by the publisher's limits
SCORED = frozenset({"single_choice", "scale", "boolean", "numeric", "multiple_choice"})


def is_aismm(raw: bytes) -> bool:
    """Whether a YAML file has domains and the publisher's settings of scores."""
    return b"\ndomains:" in raw and b"\nscoring_config:" in raw


def read(raw: bytes, file: str) -> LoadedBank:
    """The bank of the definition: its pillars are groups, its domains pillars. Raises ProblemsError."""
    tree = yaml_of(raw, file)
    domains = [(key, domain) for key, domain in entries(child(tree, "domains")) if _asked(domain)]
    if not domains:
        raise unreadable(file, "this file has no domains with questions")
    used = {said(domain, "pillar") for _key, domain in domains}
    groups = [(key, pillar) for key, pillar in entries(child(tree, "pillars")) if key in used]
    made = fields(
        1,
        **top(MODEL, said(tree, "version")),
        levels=levels(_level_names(domains[0][1])),
        groups=items(1, [_named(key, group) for key, group in groups]),
        pillars=items(1, [_domain(key, domain) for key, domain in domains]),
    )
    left = [said(question, "text") for _key, domain in domains for question in _left_out(domain)]
    return finish(made, file, tuple(f"Left out, as its publisher does not score it: {each}" for each in left))


def _level_names(domain: Node) -> list[str]:
    found = [said(level, "name") for _key, level in entries(child(domain, "levels"))]
    names = [name for name in found if name]
    return names if len(names) == HIGHEST else [f"Level {number}" for number in range(1, HIGHEST + 1)]


def _asked(domain: Node) -> list[Node]:
    return [each for _name, each in entries(child(domain, "questions")) if said(each, "question_type") in SCORED]


def _left_out(domain: Node) -> list[Node]:
    return [each for _name, each in entries(child(domain, "questions")) if said(each, "question_type") not in SCORED]


def _named(key: str, part: Node) -> Fields:
    at = part.line
    return fields(at, key=text(key, at), name=text(said(part, "name") or key, at))


def _domain(key: str, domain: Node) -> Fields:
    at = domain.line
    return fields(
        at,
        key=text(key, at),
        name=text(said(domain, "name") or key, at),
        group=text(said(domain, "pillar"), at),
        summary=optional(said(domain, "description"), at),
        questions=items(at, [_question(each) for each in _asked(domain)]),
    )


def _question(question: Node) -> Fields:
    at, options = question.line, [said(each) for _place, each in entries(child(question, "options"))]
    kind = said(question, "question_type")
    several = kind == "multiple_choice"
    help_text = "\n".join(filter(None, (said(question, "help_text"), *(f"– {each}" for each in options if several))))
    anchors = _anchors(kind, options)
    return fields(
        at,
        key=text(said(question, "id"), at),
        text=text(said(question, "text"), at),
        help=optional(help_text, at),
        anchors=items(at, [text(each, at) if each else bare("null", at) for each in anchors]),
    )


def _anchors(kind: str, options: Sequence[str]) -> list[str]:
    """What each of the five levels says; empty where the question does not offer it."""
    if kind == "boolean":
        return ["No", "", "", "", "Yes"]
    if kind == "numeric":
        return list(BANDS)
    said_at: list[list[str]] = [[] for _level in range(HIGHEST)]
    if kind == "multiple_choice":
        for number in range(len(options) + 1):
            said_at[score_of_several(number, len(options)) - 1].append(f"{number} of {len(options)}")
    else:
        for place, option in enumerate(options):
            said_at[score_of_one(place, len(options)) - 1].append(option)
    return ["\n".join(each) for each in said_at]


def score_of_one(place: int, options: int) -> int:
    """The publisher's score from 1 to 5 of the option at this place, counted from 0; halves are rounded up."""
    return int(place / max(options - 1, 1) * (HIGHEST - 1) + 0.5) + 1


def score_of_several(chosen: int, options: int) -> int:
    """The publisher's score of a number of options that apply; none counts as the lowest level here, there as 0."""
    return max(1, min(HIGHEST, -(-chosen * HIGHEST // options)))

"""Check the rules across the fields of a bank of format 2: each contradiction is a sentence."""

from collections.abc import Iterator
from itertools import pairwise

from .bank_rules import key_of, keys_of, of_keys, repeated, weighs_nothing
from .problems import Finding, Path, in_quotes, in_words, matches
from .yaml_text import Fields, Items, Node, Scalar, number_of

QUESTIONS = "pillars.*.questions.*"


def of_bank_2(tree: Node) -> Iterator[Finding]:
    """A finding for each rule that a bank breaks; malformed fields are ignored."""
    yield from of_keys(tree)
    yield from _levels(tree)
    yield from _scale(tree)
    yield from _sets(tree)
    yield from _gate(tree)
    yield from _answers(tree)
    yield from _groups(tree)
    yield from _above_the_ladder(tree)


def _field(node: Node | None, name: str) -> Node | None:
    return node.get(name) if isinstance(node, Fields) else None


def _word(node: Node | None) -> str:
    return node.value if isinstance(node, Scalar) else ""


def _number(node: Node | None) -> float | None:
    return number_of(node.value) if isinstance(node, Scalar) and node.plain else None


def _count(node: Node | None) -> int:
    return len(node) if isinstance(node, Items) else 0


def _by_stages(tree: Node) -> bool:
    return _word(_field(_field(tree, "gate"), "by")) == "stages"


def _levels(tree: Node) -> Iterator[Finding]:
    entries = [(path, _field(node, "value")) for path, node in matches(tree, "levels.*")]
    given = [(path, node) for path, node in entries if node is not None]
    if given and len(given) < len(entries):
        yield from (
            (path, "this level has no value and others have; give every level one, or none")
            for path, node in entries
            if node is None
        )
        return
    yield from _rising([((*path, "value"), _number(node)) for path, node in given])


def _sets(tree: Node) -> Iterator[Finding]:
    for path, entries in matches(tree, "choices.*"):
        if not key_of(Scalar(str(path[-1]), True, 1)):
            yield path, f"{in_quotes(str(path[-1]))} is not a key: 1-64 of A-Z a-z 0-9 . _ - are allowed"
        yield from _rising([((*at, "value"), _number(_field(one, "value"))) for at, one in matches(entries, "*", path)])


def _rising(values: list[tuple[Path, float | None]]) -> Iterator[Finding]:
    """The first value is 0, the last 1, and each is above the one before it."""
    known = [(path, value) for path, value in values if value is not None]
    if not known or len(known) < len(values):
        return
    if known[0][1] != 0:
        yield known[0][0], f"the first value is 0, found {known[0][1]:g}"
    if known[-1][1] != 1:
        yield known[-1][0], f"the last value is 1, found {known[-1][1]:g}"
    for (_path, lower), (path, value) in pairwise(known):
        if value <= lower:
            yield path, f"values rise: {value:g} is not above {lower:g} before it"


def _scale(tree: Node) -> Iterator[Finding]:
    low, high = (_number(_field(_field(tree, "scale"), name)) for name in ("from", "to"))
    if low is not None and high is not None and low >= high:
        yield ("scale", "to"), f"to is above from; {high:g} is not above {low:g}"


def _gate(tree: Node) -> Iterator[Finding]:
    gate = _field(tree, "gate")
    if _by_stages(tree):
        for name in ("reach", "cap", "spread"):
            if _field(gate, name) is not None:
                yield ("gate", name), "levels by stages have only a hold; leave this out"
        return
    if _number(_field(gate, "hold")) == 1:
        yield ("gate", "hold"), "hold is below 1 where levels are by answers"


def _answers(tree: Node) -> Iterator[Finding]:
    levels, sets, stages = _count(_field(tree, "levels")), _field(tree, "choices"), _by_stages(tree)
    for path, question in matches(tree, QUESTIONS):
        anchors, choices = _field(question, "anchors"), _field(question, "choices")
        if anchors is None and choices is None:
            yield path, "a question has anchors or choices; both are missing"
        elif anchors is not None and choices is not None:
            yield (*path, "choices"), "a question has anchors or choices, not both"
        if choices is not None and (key := _word(choices)) and _field(sets, key) is None:
            yield (*path, "choices"), f"there is no answer set {in_quotes(key)} in this bank"
        if isinstance(anchors, Items):
            yield from _anchors((*path, "anchors"), anchors, levels, stages)
        yield from _stage(path, question, stages)


def _anchors(path: Path, anchors: Items, levels: int, stages: bool) -> Iterator[Finding]:
    if len(anchors) != levels:
        yield path, f"{in_words(levels)} anchors expected, one for each level, {in_words(len(anchors))} found"
        return
    offered = [not (isinstance(anchor, Scalar) and anchor.is_null) for anchor in anchors]
    if not offered[0]:
        yield (*path, 0), "the lowest level must be offered; write its anchor"
    elif sum(offered) < 2:
        yield (*path, 1), "at least two levels must be offered; write a second anchor"
    elif stages and not offered[-1]:
        yield (*path, levels - 1), "levels are stages, so the highest answer is the highest level; write its anchor"


def _stage(path: Path, question: Node, stages: bool) -> Iterator[Finding]:
    stage = _field(question, "stage")
    if stages and stage is None:
        yield (*path, "stage"), "this field is missing; levels are stages, and every question belongs to one"
    if not stages and stage is not None:
        yield (*path, "stage"), "a stage, but the gate is not by stages; leave it out or write gate: {by: stages}"


def _groups(tree: Node) -> Iterator[Finding]:
    groups, used = keys_of(tree, "groups.*.key"), set[str]()
    yield from repeated(groups, "a group")
    known = set(groups.values())
    members = [(path, _field(pillar, "group")) for path, pillar in matches(tree, "pillars.*")]
    some = any(node is not None for _path, node in members)
    for path, node in members:
        key = _word(node)
        used.add(key)
        if node is None and some:
            yield path, "this pillar has no group and others have; give every pillar one, or none"
        elif node is not None and key not in known:
            yield (*path, "group"), f"there is no group {in_quotes(key)} in this bank"
    for path, key in groups.items():
        if key not in used:
            yield path, f"the group {in_quotes(key)} has no pillar"
    entries = [node for _path, node in matches(tree, "groups.*")]
    if entries and all(map(weighs_nothing, entries)):
        yield ("groups",), "every group weighs 0; at least one must weigh more"
    if _word(_field(tree, "index_of")) == "groups" and not entries:
        yield ("index_of",), "the index is of groups, but this bank has none"


def _above_the_ladder(tree: Node) -> Iterator[Finding]:
    levels = _count(_field(tree, "levels"))
    for name in ("essential_at", "stage", "next_steps.*.from"):
        for path, node in matches(tree, f"{QUESTIONS}.{name}"):
            if levels and (_number(node) or 0) > levels:
                yield path, f"there is no level {_word(node)}; the ladder has {in_words(levels)} levels"

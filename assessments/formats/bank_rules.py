"""Check the rules across the fields of a bank, and between a translation and its bank.

Rules check the parsed tree, so they report problems even if other parts of the file are invalid. Import this module
in the function that uses it: it loads pydantic and a parser.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from assessments.scoring.bank import Bank

from .bank import KEY, SEMVER
from .places import Place, texts_of
from .problems import Finding, Path, Problems, in_quotes, in_words, matches
from .pydantic_messages import Format, part_of
from .yaml_text import Fields, Items, Node, Scalar, line_of, number_of

PILLAR, QUESTION, RETIRED = "pillars.*.key", "pillars.*.questions.*.key", "retired.*"
STEPS = "pillars.*.questions.*.next_steps"


def checked[T](form: Format[T], tree: Node, problems: Problems, rules: Iterable[Finding]) -> T:
    """The validated fields of a file. Raises ProblemsError with every problem of its format and of `rules`."""
    fields, faults = form.read(tree, problems)
    broken = [(path, sentence) for path, sentence in (*_lengths(form, tree), *rules) if path not in faults]
    for path, sentence in (*faults.items(), *broken):
        problems.add(line_of(tree, path), path, sentence)
    if fields is None or problems.named:
        raise problems.error()
    return fields


def _lengths(form: Format[Any], node: Node, path: Path = ()) -> Iterator[Finding]:
    """A finding for each list with too few or too many entries for its format."""
    for step, inner in node.items() if isinstance(node, Fields) else enumerate(node) if isinstance(node, Items) else ():
        yield from _lengths(form, inner, (*path, step))
    if isinstance(node, Items) and "minItems" in (part := part_of(form.schema, path)):
        fewest, most = part["minItems"], part["maxItems"]
        if not fewest <= len(node) <= most:
            wanted = in_words(most) if fewest == most else f"{fewest} to {most}"
            yield path, f"{wanted} {path[-1]} expected, {in_words(len(node))} found"


def of_bank(tree: Node) -> Iterator[Finding]:
    """A finding for each rule that a bank breaks; malformed keys are ignored."""
    yield from _anchors(tree)
    yield from of_keys(tree)


def of_keys(tree: Node) -> Iterator[Finding]:
    """A finding for each key that is repeated, retired or unknown, and if nothing weighs anything."""
    for pattern, what in ((PILLAR, "a pillar"), (QUESTION, "a question"), (RETIRED, "a retired question")):
        yield from repeated(keys_of(tree, pattern), what)
    yield from _weightless(tree)
    yield from _subsets(tree)
    retired, questions = set(keys_of(tree, RETIRED).values()), keys_of(tree, QUESTION)
    for path, key in questions.items():
        if key in retired:
            yield path, f"{in_quotes(key)} belongs to a retired question and is never used again; choose a new key"
    known = set(questions.values())
    for path, key in keys_of(tree, f"{STEPS}.*.requires.*").items():
        if key not in known:
            yield path, f"there is no question {in_quotes(key)} in this bank"


def _subsets(tree: Node) -> Iterator[Finding]:
    """A finding for each subset with the key of another, and for each question that it lacks or names twice."""
    yield from repeated(keys_of(tree, "subsets.*.key"), "a subset")
    known = set(keys_of(tree, QUESTION).values())
    for path, node in matches(tree, "subsets.*"):
        asked = keys_of(node, "questions.*")
        at = {(*path, *inner): key for inner, key in asked.items()}
        yield from repeated(at, "a question")
        for place, key in at.items():
            if key not in known:
                yield place, f"there is no question {in_quotes(key)} in this bank"
        yield from _whole_pillars(tree, (*path, "questions"), set(asked.values()))


def _whole_pillars(tree: Node, at: Path, asked: set[str]) -> Iterator[Finding]:
    """A finding for each pillar of which a subset asks every question: its change would be that of the pillar's score."""
    for _path, pillar in matches(tree, "pillars.*"):
        questions = set(keys_of(pillar, "questions.*.key").values())
        if questions and questions <= asked:
            name = in_quotes(next(iter(keys_of(pillar, "key").values()), ""))
            yield at, f"every question of {name}: leave one out, because a pulse tells no score of a pillar"


def keys_of(tree: Node, pattern: str) -> dict[Path, str]:
    """The well-formed keys that match a pattern, by path."""
    return {path: key for path, node in matches(tree, pattern) if (key := key_of(node))}


def key_of(node: object) -> str:
    """A well-formed key, else ""."""
    return node.value if isinstance(node, Scalar) and KEY.fullmatch(node.value) else ""


def repeated(keys: dict[Path, str], what: str) -> Iterator[Finding]:
    """A finding for each key that stands there a second time."""
    seen: set[str] = set()
    for path, key in keys.items():
        if key in seen:
            yield path, f"{in_quotes(key)} is the key of {what} before this one; every key is used once"
        seen.add(key)


def _weightless(tree: Node) -> Iterator[Finding]:
    for pattern, what in (("pillars.*", "pillar"), ("pillars.*.questions.*", "question")):
        nodes = [node for _path, node in matches(tree, pattern)]
        if nodes and all(map(weighs_nothing, nodes)):
            yield ("pillars",), f"every {what} weighs 0; at least one must weigh more"


def weighs_nothing(node: Node) -> bool:
    """Whether a weight of 0 is written."""
    weight = node.get("weight") if isinstance(node, Fields) else None
    return isinstance(weight, Scalar) and weight.plain and number_of(weight.value) == 0


def _anchors(tree: Node) -> Iterator[Finding]:
    for path, node in matches(tree, "pillars.*.questions.*.anchors"):
        offered = (
            [not (isinstance(anchor, Scalar) and anchor.is_null) for anchor in node] if isinstance(node, Items) else []
        )
        if len(offered) == 5 and not offered[0]:
            yield (*path, 0), "level 1 must be offered; write its anchor"
        elif len(offered) == 5 and sum(offered) < 2:
            yield (*path, 1), "at least two levels must be offered; write a second anchor"


def source_of(tree: Node) -> tuple[str, str] | None:
    """(key, version) of the bank that a translation belongs to; None unless both are well-formed."""
    fields = tree if isinstance(tree, Fields) else {}
    version = fields.get("bank_version")
    number = version.value if isinstance(version, Scalar) and SEMVER.fullmatch(version.value) else ""
    key = key_of(fields.get("bank"))
    return (key, number) if key and number else None


def of_translation(tree: Node, bank: Bank | None) -> Iterator[Finding]:
    """A finding for each rule that a translation breaks; `bank` is None if the bank it names does not exist."""
    source = source_of(tree)
    if bank is None:
        if source is not None:
            yield ("bank",), f"there is no question bank {in_quotes(' '.join(source))} here; load it first"
        return
    for path, node in matches(tree, "language"):
        if isinstance(node, Scalar) and node.value.lower() == bank.language.lower():
            yield path, f"{in_quotes(node.value)} is the bank's own language; a translation has another"
    yield from _places(tree, bank)
    yield from _whole_ladder(tree, bank)
    yield from _steps(tree, bank)
    known, texts = texts_of(bank), {place: path for path, place, _text in texts_in(tree)}
    entries = {place.rpartition("/")[0] for place in known}
    for place, path in texts.items():
        if place not in known and place.rpartition("/")[0] in entries:
            yield path, "the bank has no text here; leave it out"
    for path, node in matches(tree, "source_changed.*"):
        if isinstance(node, Scalar) and node.value not in texts:
            yield path, f"this file has no text for {in_quotes(node.value)}"


def _places(tree: Node, bank: Bank) -> Iterator[Finding]:
    """A finding for each key that the bank lacks, that is repeated, or that belongs to another pillar."""
    pillars, questions = keys_of(tree, PILLAR), keys_of(tree, QUESTION)
    known = {pillar.key for pillar in bank.pillars}
    for keys, there, what in ((pillars, known, "pillar"), (questions, bank.questions, "question")):
        yield from (
            (path, f"there is no {what} {in_quotes(key)} in this bank")
            for path, key in keys.items()
            if key not in there
        )
        yield from repeated({path: key for path, key in keys.items() if key in there}, f"a {what}")
    for path, key in questions.items():
        home, here = bank.pillar_of.get(key), pillars.get((*path[:2], "key"))
        if home is not None and here in known and here != home.key:
            yield path[:-1], f"{in_quotes(key)} stands in the pillar {in_quotes(home.key)} of the bank"


def _whole_ladder(tree: Node, bank: Bank) -> Iterator[Finding]:
    """A finding for each list of levels or anchors that is not as long as the bank's ladder, and for unknown sets."""
    wanted = len(bank.levels)
    for pattern in ("levels", "pillars.*.questions.*.anchors"):
        for path, node in matches(tree, pattern):
            if isinstance(node, Items) and len(node) != wanted and 2 <= len(node) <= 7:
                yield path, f"{in_words(wanted)} {path[-1]} expected, {in_words(len(node))} found"
    sets, groups = {each.key: len(each.choices) for each in bank.choices}, {group.key for group in bank.groups}
    for path, node in matches(tree, "choices.*"):
        key = str(path[-1])
        if key not in sets:
            yield path, f"there is no answer set {in_quotes(key)} in this bank"
        elif isinstance(node, Items) and len(node) != sets[key]:
            yield path, f"the bank has {in_words(sets[key])} answers here, {in_words(len(node))} found"
    for path, key in keys_of(tree, "groups.*.key").items():
        if key not in groups:
            yield path, f"there is no group {in_quotes(key)} in this bank"
    subsets = {subset.key for subset in bank.subsets}
    for path, key in keys_of(tree, "subsets.*.key").items():
        if key not in subsets:
            yield path, f"there is no subset {in_quotes(key)} in this bank"


def _steps(tree: Node, bank: Bank) -> Iterator[Finding]:
    keys = keys_of(tree, QUESTION)
    for path, entries in matches(tree, STEPS):
        question = bank.questions.get(keys.get((*path[:-1], "key"), ""))
        if question is None or not isinstance(entries, Items):
            continue
        if len(entries) != len(question.next_steps):
            wanted, given = in_words(len(question.next_steps)), in_words(len(entries))
            yield path, f"the bank has {wanted} next steps here, {given} found"
            continue
        for number, step in enumerate(question.next_steps, start=1):
            for at, start in matches(entries[number - 1], "from", (*path, number - 1)):
                if isinstance(start, Scalar) and start.value != str(step.from_level):
                    yield at, f"the bank's step {number} here is from level {step.from_level}; keep the bank's order"


def texts_in(tree: Node) -> Iterator[tuple[Path, Place, str]]:
    """Each text of a translation as (its path in the file, its place in the bank, the text)."""
    for name in ("title", "about", "levels", "choices", "groups", "subsets", "pillars"):
        for path, node in matches(tree, name):
            yield from _texts_in(node, path, name)


def _texts_in(node: Node, path: Path, place: Place) -> Iterator[tuple[Path, Place, str]]:
    if isinstance(node, Fields):
        for name, inner in node.items():
            if name not in ("key", "from"):
                yield from _texts_in(inner, (*path, name), name if name == "questions" else f"{place}/{name}")
    elif isinstance(node, Items):
        keyed = place in ("pillars", "questions", "groups", "subsets")
        for index, inner in enumerate(node):
            step = key_of(inner.get("key")) if keyed and isinstance(inner, Fields) else str(index + 1)
            yield from _texts_in(inner, (*path, index), f"{place}/{step}")
    elif isinstance(node, Scalar) and not node.is_null:
        yield path, place, node.value

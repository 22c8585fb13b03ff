"""Build a tree of nodes from a YAML parser's events. Knows YAML, not banks.

Only what people write by hand is accepted: one document, no tags, aliases or repeated keys, little nesting. A scalar
keeps its raw text and whether it was quoted, so the code that reads the tree decides what a bare `No` means.

Import this module in the function that uses it, so that pages do not load 4 MB of parser.
"""

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from .problems import Path, Problems, ProblemsError, in_quotes, one_problem
from .yaml_text import MAX_BYTES, Fields, Items, Node, Refused, Scalar

MAX_DEPTH = 12
# The parser reads about 30,000 nodes a second, so a large file is refused early. The largest bank has 91,000 nodes.
MAX_FIELDS = 50  # per mapping
MAX_ITEMS = 5_000  # per list
MAX_NODES = 100_000
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


type Event = Any  # ruamel has no types: start_mark, anchor, tag, value, style, version, tags


def read_tree(source: str | bytes, problems: Problems) -> Node:
    """The only document of a YAML file. Raises ProblemsError if it cannot be parsed; collects other problems."""
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    text = _decoded(raw, problems.file)
    try:
        return _Builder(text, problems).document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(mark.line + 1 if mark else 1, (), f"this is not YAML: {_plainly(error.problem)}")
    except (YAMLError, ValueError, OverflowError) as error:
        if isinstance(error, ProblemsError):
            raise
        problems.add(1, (), f"this is not YAML: {_plainly(str(error))}")
    raise problems.error()


def _decoded(raw: bytes, file: str) -> str:
    if len(raw) > MAX_BYTES:
        raise one_problem(file, 1, f"a file longer than {MAX_BYTES:,} bytes is not read")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise one_problem(file, line, "the file is not UTF-8; save it as UTF-8") from None
    if text.startswith("\ufeff"):
        raise one_problem(file, 1, "the file starts with a byte order mark; save it as UTF-8 without one")
    if match := UNPRINTABLE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        raise one_problem(file, line, f"the character U+{ord(match[0]):04X} cannot be printed; remove it")
    return text


def _plainly(words: str | None) -> str:
    """The parser's message on one line, cut to 160 characters; the one about tabs is replaced by a clearer one."""
    words = " ".join((words or "it cannot be read").split())
    return "a tab where spaces are expected; indent with spaces" if r"'\t'" in words else words[:160]


class _Builder:
    """Builds the tree from the parser's events one at a time, and stops at the first node that exceeds a limit."""

    def __init__(self, text: str, problems: Problems) -> None:
        parser = YAML(typ="safe", pure=True)
        self.events: Iterator[Event] = iter(parser.parse(text))
        self.problems = problems
        self.nodes = 0

    def document(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, StreamStartEvent | StreamEndEvent | DocumentEndEvent):
                continue
            if isinstance(event, DocumentStartEvent):
                self.start(event, first=root is None)
            else:
                root = self.node(event, ())
        if root is None:
            raise one_problem(self.problems.file, 1, "the file is empty; a bank starts with `format: maturity-bank/1`")
        return root

    def start(self, event: Event, *, first: bool) -> None:
        if not first:
            self.stop(event, (), "a second document starts here; one bank a file")
        if event.version or event.tags:
            self.problems.add(
                event.start_mark.line + 1, (), "directives are not allowed; remove the line that starts with %"
            )

    def node(self, event: Event, path: Path) -> Node:
        line = event.start_mark.line + 1
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stop(event, path, f"no bank has more than {MAX_NODES:,} fields and entries")
        if isinstance(event, AliasEvent):
            return self.refuse(line, path, "aliases are not allowed; write the value out")
        if event.anchor:
            self.problems.add(line, path, f"anchors are not allowed; remove {in_quotes('&' + event.anchor)}")
        if event.tag:
            self.problems.add(line, path, f"tags are not allowed; remove {in_quotes(event.tag)}")
        if len(path) > MAX_DEPTH:
            self.stop(event, path, "nested deeper than any bank is")
        if isinstance(event, ScalarEvent):
            return self.scalar(event, path)
        if isinstance(event, SequenceStartEvent):
            return self.items(path, line)
        if isinstance(event, MappingStartEvent):
            return self.fields(path, line)
        raise AssertionError(f"an event that starts no node: {event}")

    def scalar(self, event: Event, path: Path) -> Scalar | Refused:
        line = event.start_mark.line + 1
        try:
            value = event.value.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            return self.refuse(line, path, "half of a character (a lone surrogate) stands here; write the whole one")
        if match := UNPRINTABLE.search(value):
            return self.refuse(line, path, f"the character U+{ord(match[0]):04X} cannot be printed; remove it")
        return Scalar(value, event.style not in {"'", '"', "|", ">"}, line)

    def items(self, path: Path, line: int) -> Items:
        items = Items()
        items.line = line
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            if len(items) == MAX_ITEMS:
                self.stop(event, path, f"no list in a bank has more than {MAX_ITEMS:,} entries")
            items.append(self.node(event, (*path, len(items))))
        return items

    def fields(self, path: Path, line: int) -> Fields:
        fields = Fields()
        fields.line, fields.lines = line, {}
        for count, event in enumerate(self.events):
            if isinstance(event, MappingEndEvent):
                break
            if isinstance(event, SequenceStartEvent | MappingStartEvent):
                self.stop(event, path, "a field's name must be text")
            key_line = event.start_mark.line + 1
            key = self.node(event, path)
            name = key.value if isinstance(key, Scalar) else None
            at = (*path, "?" if name is None else name)
            if count == MAX_FIELDS:
                self.stop(event, at, f"nothing in a bank has more than {MAX_FIELDS} fields")
            value = self.node(next(self.events), at)
            if name is None:
                continue  # its problem is already reported
            if name in fields:
                self.problems.add(key_line, at, f"this field stands twice, first in line {fields.lines[name]}")
            else:
                fields[name], fields.lines[name] = value, key_line
        return fields

    def refuse(self, line: int, path: Path, sentence: str) -> Refused:
        self.problems.add(line, path, sentence)
        return Refused(line)

    def stop(self, event: Event, path: Path, sentence: str) -> None:
        self.problems.add(event.start_mark.line + 1, path, sentence)
        raise self.problems.error()

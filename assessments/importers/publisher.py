"""What the importers of publishers' files share: reading their YAML, and the top of a bank."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.formats.bank import LoadedBank, bank_from
from assessments.formats.problems import Problems, one_problem
from assessments.formats.yaml_text import Fields, Items, Node, Scalar

from .nodes import STAGES, bare, fields, items, text

type Answers = Sequence[tuple[str, str]]  # (text, value from 0 to 1), lowest first


@dataclass(frozen=True)
class Publication:
    """What an importer says of a model on its publisher's behalf."""

    key: str
    title: str
    source: str
    licence: str
    attribution: str


def top(model: Publication, version: str, line: int = 1) -> dict[str, Node]:
    """The fields that every imported bank begins with. A version such as 2.1 becomes 2.1.0; any other 1.0.0."""
    numbers = [part for part in version.strip().lstrip("v").split(".") if part.isascii() and part.isdigit()]
    number = ".".join(str(int(part)) for part in (*numbers, "0", "0")[:3]) if numbers else "1.0.0"
    return {
        "format": text("maturity-bank/2", line),
        "key": text(model.key, line),
        "version": text(number, line),
        "title": text(model.title, line),
        "language": text("en", line),
        "source": text(model.source, line),
        "licence": text(model.licence, line),
        "attribution": text(model.attribution.format(version=version.strip() or number), line),
    }


def finish(tree: Fields, file: str, notes: tuple[str, ...] = ()) -> LoadedBank:
    """The bank of a tree. Raises ProblemsError."""
    loaded = bank_from(tree, Problems(file))
    return LoadedBank(loaded.bank, file, loaded.line, loaded.cells, notes)


def levels(names: Sequence[str], line: int = 1) -> Items:
    """A ladder of these names."""
    return items(line, [fields(line, name=text(name, line)) for name in names])


def numbered(highest: int, line: int = 1) -> Items:
    """The ladder of a model that counts its levels from 0."""
    return levels([*STAGES, *(f"Stage {n}" for n in range(len(STAGES), highest + 1))][: highest + 1], line)


def answer_sets(sets: dict[str, Answers], line: int = 1) -> Fields:
    """Answer sets by key."""
    made = Fields((key, _answers(answers, line)) for key, answers in sets.items())
    made.line, made.lines = line, dict.fromkeys(sets, line)
    return made


def _answers(answers: Answers, line: int) -> Items:
    return items(line, [fields(line, text=text(said, line), value=bare(value, line)) for said, value in answers])


def scale(low: str, high: str, line: int = 1) -> Fields:
    """The scale of the model's own figures."""
    return fields(line, from_=bare(low, line), to=bare(high, line))


BY_STAGES = fields(0, by=text("stages", 0))


def yaml_of(raw: bytes, file: str) -> Node:
    """The tree of a publisher's YAML. Raises ProblemsError for what no bank may have either: tags, aliases, bombs."""
    from assessments.formats.yaml_tree import read_tree

    problems = Problems(file)
    tree = read_tree(raw, problems)
    if problems.named:
        raise problems.error()
    return tree


def child(node: Node | None, name: str) -> Node | None:
    """A field of a mapping; None where there is none."""
    return node.get(name) if isinstance(node, Fields) else None


def said(node: Node | None, name: str = "") -> str:
    """The text of a scalar, or of a field of a mapping; empty where there is none."""
    found = child(node, name) if name else node
    return found.value.strip() if isinstance(found, Scalar) and not found.is_null else ""


def entries(node: Node | None) -> list[tuple[str, Node]]:
    """The named parts of a mapping; a list counts as parts called 1, 2, …"""
    if isinstance(node, Fields):
        return list(node.items())
    return [(str(place), each) for place, each in enumerate(node, 1)] if isinstance(node, Items) else []


def joined(node: Node | None) -> str:
    """The texts of a list, each on its own line."""
    return "\n".join(f"– {words}" for _name, each in entries(node) if (words := said(each)))


def optional(words: str, line: int) -> Scalar | None:
    """A text that may be missing."""
    return text(words, line) if words.strip() else None


def unreadable(file: str, what: str) -> Exception:
    """The error for a file that looks like a publisher's and lacks what a model needs."""
    return one_problem(file, 1, what)


def whole(words: str) -> int | None:
    """A whole number as people write it, such as 1 or 1.0."""
    try:
        number = float(words.replace(",", "."))
    except ValueError:
        return None
    return int(number) if number.is_integer() else None

"""Every regular expression of the code, read from its source, and texts that make a careless one slow."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

from re import _constants as op  # isort: skip
from re import _parser as sre

ROOT = Path(__file__).resolve().parents[2]
WAYS = ("match", "search", "fullmatch", "sub", "split", "findall")
SAME = {"subn": "sub", "finditer": "findall"}
# Handed to a function by their names, or made when they are used: how, and an example
HANDED_ON = {
    "formats/bank.py:SEMVER": ("fullmatch",),
    "formats/bank.py:LANGUAGE": ("fullmatch",),
    "formats/bank.py:KEY": ("fullmatch",),
    "formats/yaml_text.py:_NUMBER": ("fullmatch",),
    "formats/yaml_text.py:_DATE": ("fullmatch",),
    "formats/yaml_text.py:_BOOLEAN": ("fullmatch",),
    "formats/yaml_text.py:_KINDS": ("fullmatch",),
    "reports/pdf/report.py:SCRIPTS": ("search",),
}
MADE = {
    "actions/threads.py": ((r"@Dana\ Maria\ Lee(?!\w)", re.IGNORECASE, ("search",)),),
    "privacy/redaction.py": (
        (r"(?<![\w.+-])(?:dana\.lee@example\.org|d@example\.org)(?![\w-]|\.\w)", re.IGNORECASE, ("sub",)),
        (r"(?<!\w)(?:Dana\s+Maria\s+Lee|Lee,\s+Dana\s+Maria)(?!\w)", re.IGNORECASE, ("sub",)),
        (r"(?<!\w)(?:a\s+a\s+a\s+a\s+b|b,\s+a\s+a\s+a\s+a)(?!\w)", re.IGNORECASE, ("sub",)),
    ),
}
LETTERS = (
    *"aeZ0 -_.,;:@<>/\\\"'#*=&%()[]{}|~+",
    "\t",
    "\n",
    "\r\n",
    "\x0b",
    "\xa0",
    "ä",
    "א",
    "\u2028",
    "😀",
    "\0",
    "\ud800",
)
PAIRS = (
    "a.",
    "a ",
    "a@",
    "a@a.",
    "<a",
    "< ",
    "> ",
    ">,",
    ">, ",
    "a,",
    ", ",
    "a\n",
    "\n ",
    '\\"',
    '"a',
    "1.",
    "1:",
    "a-",
    "a'",
    "--\n",
    "a\t",
    "&a",
    "</",
    "aA0",
)


@dataclass(frozen=True)
class Found:
    where: str
    pattern: re.Pattern
    ways: tuple[str, ...]

    def __str__(self):
        return f"{self.where}-{'-'.join(self.ways)}"


class NotReadable(Exception):
    """A pattern that is made when it is used, of which no example stands here."""


def of_the_code(folders=("assessments", "maturity")) -> list[Found]:
    files = [
        path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
    ]
    return [found for path in files for found in of_source(path.read_text(), path.relative_to(ROOT))]


def of_source(source: str, path: Path) -> list[Found]:
    """The patterns of one file, each with how it is used. Raises NotReadable."""
    tree = ast.parse(source)
    names = {id(child): name for name, value in _assigned(tree) for child in ast.walk(value)}
    return [
        found
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (called := _called(node))
        for found in _found(node, called, names.get(id(node)), tree, path)
    ]


def _assigned(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            yield getattr(target, "id", ""), node.value


def _called(node) -> str | None:
    if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re":
        return None if node.func.attr in ("escape", "purge") else node.func.attr
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return name if name in ("RegexValidator", "RegexField", "re_path") else None


def _found(node, called, name, tree, path) -> Iterator[Found]:
    short = path.relative_to("assessments") if path.parts[0] == "assessments" else path
    where = f"{short}:{name or node.lineno}"
    read = _read(node, path)
    if read is None:
        if str(short) not in MADE:
            raise NotReadable(f"{path}:{node.lineno}: put an example into MADE.")
        for number, (pattern, flags, ways) in enumerate(MADE[str(short)]):
            yield Found(f"{short}:made {number}", re.compile(pattern, flags), ways)
        return
    if called == "compile":
        ways = HANDED_ON.get(where) or tuple(_uses(name, tree)) or WAYS
    else:
        ways = (SAME.get(called, called),) if called in (*WAYS, *SAME) else ("search",)
    yield Found(where, read, ways)


def _read(node, path) -> re.Pattern | None:
    """The pattern, from a text or from names of its module; None where it depends on what a function was given."""
    named = [arg for arg in node.args if not isinstance(arg, ast.Constant)]  # a text may end in "… are."
    flags = [arg for arg in named if "re." in ast.unparse(arg) and "re.escape" not in ast.unparse(arg)]
    flags += [keyword.value for keyword in node.keywords if keyword.arg == "flags"]
    given = node.args[:1] or [keyword.value for keyword in node.keywords if keyword.arg == "regex"]
    try:
        names = {"re": re} if all(isinstance(arg, ast.Constant) for arg in given) else vars(_module(path))
        values = [
            eval(compile(ast.Expression(each), str(path), "eval"), {**names, "re": re}) for each in (*given, *flags)
        ]
    except NameError:
        return None
    return re.compile(values[0], sum(values[1:2]))


def _module(path):
    return importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))


def _uses(name, tree) -> list[str]:
    used = {
        SAME.get(node.attr, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and name and getattr(node.value, "id", "") == name
    }
    return sorted(used & set(WAYS))


def hostile(pattern: re.Pattern, size: int) -> Iterator[str | bytes]:
    """Texts of that size: repeated letters, and near misses of the pattern: each of its repetitions pumped, then broken."""
    for text in dict.fromkeys(_hostile(pattern, size)):
        yield text.encode("utf-8", "surrogatepass")[:size] if isinstance(pattern.pattern, bytes) else text


def _hostile(pattern, size):
    for piece in (*LETTERS, *PAIRS):
        yield _filled("", piece, "", size)
        yield _filled("a", piece, "!", size)
    text = pattern.pattern.decode() if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = sre.parse(text, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    samples = list(dict.fromkeys(islice(_samples(tree), 12)))
    for sample in samples:
        cuts = {*range(1, min(len(sample), 24) + 1), len(sample) - 1, len(sample)} - {0, -1}
        for cut, end in product(sorted(cuts), ("", "!", "\n")):
            yield _filled("", sample[:cut], end, size)
    for before, piece in dict.fromkeys(islice(_pumps(tree, ""), 60)):
        for end in ("", "!", "\0", " \n", "<"):
            yield _filled(before, piece, end, size)


def _filled(before, piece, after, size):
    if not piece:
        return before + after
    room = max(0, size - len(before) - len(after))
    return before + (piece * (room // len(piece) + 1))[:room] + after


def _samples(tree) -> Iterator[str]:
    """A few texts that a sequence matches, or almost: what is around it is not looked at."""
    parts = [list(islice(_samples_of(*node), 4)) or [""] for node in tree]
    for turn in range(max(map(len, parts), default=1)):
        yield "".join(part[turn % len(part)] for part in parts)


def _samples_of(kind, value) -> Iterator[str]:
    match kind:
        case op.LITERAL:
            yield chr(value)
        case op.NOT_LITERAL:
            yield next(letter for letter in "a1 " if ord(letter) != value)
        case op.ANY:
            yield from "a <"
        case op.IN:
            yield from _letters(value)
        case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
            least, most, inner = value
            for sample in _samples(inner):
                yield sample * max(least, min(1, most))
        case op.SUBPATTERN:
            yield from _samples(value[3])
        case op.ATOMIC_GROUP:
            yield from _samples(value)
        case op.BRANCH:
            for branch in value[1]:
                yield from islice(_samples(branch), 1)


def _letters(members) -> Iterator[str]:
    """Up to four letters of a class, of different kinds."""
    wanted = re.compile(_class(members), re.DOTALL)
    candidates = [
        chr(value) if kind is op.LITERAL else chr(value[0]) for kind, value in members if kind in (op.LITERAL, op.RANGE)
    ]
    found = [letter for letter in (*"a0 -._<@\t\n", *candidates) if wanted.fullmatch(letter)]
    yield from found[:4]


def _class(members) -> str:
    names = {
        op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s",
        op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    text = "["
    for kind, value in members:
        match kind:
            case op.NEGATE:
                text += "^"
            case op.LITERAL:
                text += re.escape(chr(value))
            case op.RANGE:
                text += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
            case op.CATEGORY:
                text += names[value]
    return text + "]"


def _pumps(tree, before: str) -> Iterator[tuple[str, str]]:
    """Each repetition of a pattern: a text that leads to it, and what can be repeated there."""
    for kind, value in tree:
        match kind:
            case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
                if value[1] > 3:
                    letters = list(dict.fromkeys(islice(_samples(value[2]), 4)))
                    yield from ((before, letter) for letter in letters)
                    yield before, "".join(letters)
                yield from _pumps(value[2], before)
            case op.SUBPATTERN:
                yield from _pumps(value[3], before)
            case op.ATOMIC_GROUP:
                yield from _pumps(value, before)
            case op.BRANCH:
                for branch in value[1]:
                    yield from _pumps(branch, before)
            case op.ASSERT | op.ASSERT_NOT:
                yield from _pumps(value[1], before)
        before += next(_samples_of(kind, value), "")

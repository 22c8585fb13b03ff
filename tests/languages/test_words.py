"""Every word that a person reads goes through gettext: here in Python and in the scripts.

That templates mark their words is tested in `templates/test_markup.py`.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
# Speak to whoever installs, restores or writes files: errors by line, help of commands; and the frozen result's reason
IN_ENGLISH = (
    "formats",
    "importers",
    "scoring",
    "management",
    "migrations",
    "backup",
    "health.py",
    "preflight.py",
    "record.py",
)
INTERNAL = {"AssertionError", "TypeError", "ValueError", "RuntimeError", "KeyError", "RegexValidator"}
SENTENCE = re.compile(r"^[A-Z][a-z]+ [a-z]+")
# Read by programs and by whoever installs; Django's two are compared and never shown, Planner's are what it imports
IN_ENGLISH_TOO = (
    "This token may not read",
    "This file is gone",
    "Read-only. Send",
    "The package ",
    "Origin checking",
    "Referer checking",
    "Invented ",
    "Not started",
    "In progress",
)


def called(node):
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


class Unmarked(ast.NodeVisitor):
    """Collects sentences that are neither marked, nor documentation, nor meant for a log."""

    def __init__(self):
        self.found = []

    def visit_Call(self, node):
        name = called(node)
        logs = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "logger"
        if name not in MARKS | INTERNAL and not logs:
            self.generic_visit(node)

    def visit_Expr(self, node):
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Constant(self, node):
        if isinstance(node.value, str) and SENTENCE.search(node.value) and not node.value.startswith(IN_ENGLISH_TOO):
            self.found.append((node.lineno, node.value))


def unmarked(source):
    visitor = Unmarked()
    visitor.visit(ast.parse(source))
    return visitor.found


PYTHON = [
    path for path in sorted((ROOT / "assessments").rglob("*.py")) if not {*path.relative_to(ROOT).parts} & {*IN_ENGLISH}
]
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))


def test_python_marks_what_people_read():
    found = {str(path.relative_to(ROOT)): unmarked(path.read_text(encoding="utf-8")) for path in PYTHON}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "planted",
    ['messages.info(request, "Saved for now.")', 'x = forms.CharField(label="Your name")', 'f"Hello there {x}"'],
)
def test_an_unmarked_sentence_is_found(planted):
    assert unmarked(planted)


@pytest.mark.parametrize("marked", ['_("Saved for now.")', '"""Saves for now."""', 'logger.info("Saved for now.")'])
def test_a_marked_one_is_not(marked):
    assert unmarked(marked) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_take_their_words_from_the_page(path):
    code = re.sub(r"//[^\n]*|/\*.*?\*/|console\.\w+\(.*|new Error\(.*", "", path.read_text(encoding="utf-8"))
    assert [text for text in re.findall(r"[\"'`]([^\"'`\n]*)[\"'`]", code) if SENTENCE.search(text)] == []

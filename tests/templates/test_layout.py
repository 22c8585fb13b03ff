"""Templates and style sheets are written for people: one element, tag or declaration a line."""

import re
from pathlib import Path

import pytest

from maturity.template_loader import compact

TEMPLATES = sorted(Path("templates").rglob("*.html"))
STYLES = sorted(Path("static/css").glob("*.css"))
MAX_WIDTH = 120
STATEMENT = re.compile(r"\{%\s*(\w+)(?:(?!%\}).)*%\}")
COMMENT = re.compile(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
OPENING, BETWEEN, CLOSING = {"if", "for", "with"}, {"elif", "else", "empty"}, {"endif", "endfor", "endwith"}


def too_wide(text):
    return [number for number, line in enumerate(text.split("\n"), 1) if len(line) > MAX_WIDTH]


def closed_otherwise(source):
    """Lines where a statement that opened alone on its line goes on beside something else, or the other way round."""
    open_ones = []
    source = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)
    for number, line in enumerate(source.split("\n"), 1):
        for found in STATEMENT.finditer(line):
            alone = line.strip() == found[0]
            if found[1] in OPENING:
                open_ones.append(alone)
            elif found[1] in BETWEEN | CLOSING:
                if open_ones[-1] != alone:
                    yield number
                if found[1] in CLOSING:
                    open_ones.pop()


def untrimmed(source):
    """Messages over several lines that would be collected with their line ends and indentation."""
    found = re.findall(r"(\{% blocktranslate\b[^\n]*?%\})(.*?)\{% endblocktranslate %\}", source, re.DOTALL)
    return [opening for opening, message in found if "\n" in message and " trimmed" not in opening]


def crowded(css):
    """Lines of a style sheet with more than one declaration, selector or brace."""
    css = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), css, flags=re.DOTALL)
    css = re.sub(r'"[^"\n]*"|\((?:[^()\n]|\([^()\n]*\))*\)', "", css)
    for line in css.split("\n"):
        selectors = line.count(",") if line.endswith(("{", ",")) and ":" not in line.lstrip().split(" ")[0] else 0
        if len(re.findall(r"[{};]", line)) > 1 or (line.endswith("{") and selectors):
            yield line


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES], ids=str)
def test_no_line_is_wider_than_an_editor(path):
    assert too_wide(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_statement_alone_on_its_line_is_closed_alone(path):
    """The loader drops the ends of such lines: see `maturity/template_loader.py`."""
    assert list(closed_otherwise(path.read_text())) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_message_over_several_lines_is_trimmed(path):
    assert untrimmed(path.read_text()) == []


@pytest.mark.parametrize("path", STYLES, ids=str)
def test_one_declaration_and_one_selector_a_line(path):
    assert list(crowded(path.read_text())) == []


def test_templates_have_a_line_for_every_tag():
    sources = [path.read_text() for path in TEMPLATES]
    tags = sum(len(re.findall(r"<[a-zA-Z]|\{%", source)) for source in sources)
    assert sum(source.count("\n") for source in sources) >= tags


def test_planted_faults_are_found():
    assert too_wide("x" * 121) == [1]
    assert list(closed_otherwise("a{% if b %}\nc\n{% endif %}\nd")) == [3]
    assert list(closed_otherwise("{% if a %}\nb\n{% else %}c{% endif %}")) == [3, 3]
    assert untrimmed("{% blocktranslate %}One\ntwo{% endblocktranslate %}")
    for css in ("a { b: c; }", "a {\n  b: c; d: e;\n}", "a, b {\n}"):
        assert list(crowded(css))


@pytest.mark.parametrize(
    ("source", "loaded"),
    [
        ("<p>\n  a\n  <b>c</b>\n</p>\n", "<p>\na\n<b>c</b>\n</p>\n"),
        ("a\n{% if b %}\n  c\n{% else %}\n  d\n{% endif %}\ne\n", "a\n{% if b %}c\n{% else %}d\n{% endif %}e\n"),
        ("{% load i18n %}\n{% url 'home' as home %}\n<p>", "{% load i18n %}{% url 'home' as home %}<p>"),
        ("{% block a %}{% endblock %}\n{{ b }}\nc{% if d %}\n  e{% endif %}\n", None),
    ],
)
def test_what_only_readers_of_templates_need_is_not_served(source, loaded):
    assert compact(source) == (loaded or re.sub(r"\n +", "\n", source))

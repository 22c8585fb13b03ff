"""What no template may contain, whichever page it makes: the policy for scripts and styles admits nothing inline."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted(Path("templates").rglob("*.html"))
STYLES = sorted(Path("static/css").glob("*.css"))


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_no_inline_style_or_handler(path):
    tags = re.findall(r"<[a-z][^>]*>", path.read_text())
    assert not [tag for tag in tags if re.search(r"\s(style|on[a-z]+)=", tag)]


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_script_is_a_file_or_data_or_carries_the_nonce(path):
    scripts = re.findall(r"<script[^>]*>", path.read_text())
    assert not [tag for tag in scripts if not re.search(r"src=|application/json|nonce=", tag)]


@pytest.mark.parametrize("path", [path for path in STYLES if not path.name.startswith("report")], ids=str)
def test_screen_styles_name_no_left_or_right(path):
    """Right-to-left pages mirror by themselves only if sides are logical."""
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    assert not re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right)|text-align:\s*(?:left|right)|[{;]\s*(?:left|right):", css
    )


@pytest.mark.parametrize("path", [path for path in STYLES if path.name not in ("tokens.css", "report.css")], ids=str)
def test_colours_come_from_the_tokens(path):
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", css)) <= {"#FFFFFF", "#1B1F24"}


WORDS = sorted([*Path("templates").rglob("*.html"), *Path("templates").rglob("*.txt")])
# The same in every language: names of a statistic, formats and programs, and an invented code on the page of components
SAME_EVERYWHERE = {"r*wg", "PNG", "SVG", "CSV", "XLSX", "JSON", "XJJB-RKKP", "Jira", "Planner", "Microsoft Project"}
NOT_WORDS = (
    r"\{%\s*comment.*?endcomment\s*%\}",
    r"\{#.*?#\}",
    r"\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}",
    r"\{%\s*block (?:body_?class|direction)\s*%\}.*?endblock\s*%\}",
    r"\{%.*?%\}",
    r"\{\{.*?\}\}",
    r"<script\b.*?</script>",
    r"<style\b.*?</style>",
    r"<!.*?>",
    r'[\w-]+="\s*"',
)
READ_ATTRIBUTES = r'\s(?:alt|title|placeholder|aria-label|aria-description|aria-roledescription|content)="([^"]*)"'
MACHINE_READ = {"width=device-width, initial-scale=1", "light dark", "noindex"}


def unmarked(source):
    """Words between the tags, and in attributes that are read out, which gettext never sees."""
    for pattern in NOT_WORDS:
        source = re.sub(pattern, " ", source, flags=re.S)
    spoken = [value for value in re.findall(READ_ATTRIBUTES, source) if value not in MACHINE_READ]
    text = [part.strip() for part in re.sub(r"<[^>]*>", "\n", source).split("\n")]
    return [part for part in (*text, *spoken) if re.search(r"[^\W\d_]{2}", part) and part not in SAME_EVERYWHERE]


@pytest.mark.parametrize("path", WORDS, ids=str)
def test_every_word_goes_through_gettext(path):
    assert unmarked(path.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    ["<p>Hello</p>", '<img alt="A chart">', "{% if x %}Yes{% endif %}", '<a aria-label="Close {{ name }}"></a>'],
)
def test_an_unmarked_word_is_found(planted):
    assert unmarked(planted)


@pytest.mark.parametrize(
    "marked", ['<p>{% translate "Hello" %}, {{ name }}.</p>', "{% blocktranslate %}Hello{% endblocktranslate %}"]
)
def test_a_marked_word_is_not(marked):
    assert unmarked(marked) == []


INCLUDED = re.compile(r'\{%\s*include "([^"]+)"([^%]*)%\}')


def sends(name, *, read, seen=frozenset()):
    """Whether a template, or one that it includes, has a form that is protected by a token."""
    source = read(name)
    if re.search(r"\{%\s*(?:csrf_token|crispy)\b", source):
        return True
    inner = {other for other, _said in INCLUDED.findall(source)} - seen - {name}
    return any(sends(other, read=read, seen=seen | inner | {name}) for other in inner)


def part(name):
    return (Path("templates") / name).read_text()


def untokened(source, *, read=part):
    """Includes that see only what they are given, and have a form whose token is not among it."""
    return [
        name
        for name, said in INCLUDED.findall(source)
        if said.split()[-1:] == ["only"] and "csrf_token=csrf_token" not in said and sends(name, read=read)
    ]


SENT = [path for path in TEMPLATES if "styleguide" not in path.parts]  # the specimens of forms are never sent


@pytest.mark.parametrize("path", SENT, ids=str)
def test_a_form_that_is_included_alone_gets_its_token(path):
    assert untokened(path.read_text()) == []


@pytest.mark.parametrize(
    ("said", "missing"),
    [("only", True), ("with x=1 only", True), ("with csrf_token=csrf_token only", False), ("", False)],
)
def test_a_token_that_is_not_handed_over_is_found(said, missing):
    parts = {"_form.html": "<form>{% csrf_token %}</form>", "_box.html": '{% include "_form.html" %}'}
    for name in parts:
        assert bool(untokened(f'{{% include "{name}" {said} %}}', read=parts.get)) is missing

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

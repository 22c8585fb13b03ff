"""The documentation as a site: every page has its place, and nothing in it needs a network."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
RESOURCE = re.compile(r"""<(?:link|script|img|iframe)\b[^>]*?\b(?:href|src)=["']?(https?:)?//[^"'\s>]+""")


def rows():
    return re.findall(r"(?m)^\| ([^|]+) \| \[[^\]]+\]\(([^)]+)\) \|", (DOCS / "README.md").read_text())


def test_every_page_is_in_the_table_for_somebody():
    listed = [page for _audience, page in rows()]
    assert len(listed) == len(set(listed))
    pages = {page.name for page in DOCS.glob("*.md")} - {"README.md", "contributing.md"}
    assert pages | {"../CONTRIBUTING.md", "decisions/", "help/de/"} <= set(listed)
    assert {str(page.relative_to(DOCS)) for page in DOCS.glob("help/en/*.md")} <= set(listed)


def test_executives_and_operators_have_pages_of_their_own():
    audiences = {audience for audience, _page in rows()}
    assert {"executives", "consultants", "administrators", "operators", "developers"} <= audiences


@pytest.mark.long
def test_the_site_has_every_page_a_search_and_nothing_from_a_network():
    subprocess.run(["make", "docs"], cwd=ROOT, check=True, capture_output=True)
    site = ROOT / "build" / "docs"
    pages = {str(page.relative_to(site)) for page in site.rglob("*.html")}
    assert {
        page.removesuffix(".md").removeprefix("../").lower() + ".html" for _who, page in rows() if page[-1] != "/"
    } <= {page.lower() for page in pages}
    assert len([page for page in pages if page.startswith("decisions/")]) > 20
    assert "confidential" in (site / "searchindex.js").read_text()
    assert {name: RESOURCE.findall((site / name).read_text()) for name in pages} == {name: [] for name in pages}
    styles = [path.read_text() for path in site.rglob("*.css")]
    assert styles and not [text for text in styles if re.search(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", text)]

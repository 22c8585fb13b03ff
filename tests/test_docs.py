"""The documentation as a site: every page has its place, and nothing in it needs a network."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
RESOURCE = re.compile(r"""<(?:link|script|img|iframe)\b[^>]*?\b(?:href|src)=["']?(https?:)?//[^"'\s>]+""")

LINK = re.compile(r"\]\(([^)\s]+)\)")
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]


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


def prose(page):
    return re.sub(r"(?ms)^```.*?^```|`[^`\n]*`", "", page.read_text())


def anchors(page):
    """The places of a page that a link can lead to, named as GitHub and Sphinx name them."""
    headings = re.findall(r"(?m)^#+ (.*)$", page.read_text())
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def links():
    """(page, link) of every link in the documents; the pictures of the help have names of their own."""
    found = [(page, link) for page in PAGES for link in LINK.findall(prose(page))]
    return [(page, link) for page, link in found if page.parent.parent.name != "help" or not link.isalpha()]


def test_every_link_leads_somewhere():
    inside = [(page, *link.partition("#")[::2]) for page, link in links() if ":" not in link]
    assert len(inside) > 50
    targets = [(page, file, page.parent / file if file else page, place) for page, file, place in inside]
    assert [(page.name, file) for page, file, target, _place in targets if not target.exists()] == []
    lost = [(page.name, place) for page, _file, target, place in targets if place and place not in anchors(target)]
    assert lost == []


def test_links_to_other_sites_are_encrypted_and_whole():
    outside = {link for _page, link in links() if ":" in link and not link.startswith("mailto:")}
    assert [link for link in outside if not re.fullmatch(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w./#-]*)?", link)] == []


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

"""How `make docs` turns these pages into a site: the table of contents is the table in README.md, so no text is doubled."""

import re
from pathlib import Path

from sphinx.application import Sphinx

project = "AI leadership maturity"
html_title = project
root_doc = "README"
extensions = ["myst_parser"]
myst_heading_anchors = 4
myst_links_external_new_tab = False
suppress_warnings = ["myst.header"]  # German pages of the product begin their sections as English ones do
html_theme = "furo"
html_copy_source = False
html_show_copyright = False
html_static_path: list[str] = []
html_theme_options = {"top_of_page_buttons": []}

HERE = Path(__file__).parent
ROW = re.compile(r"^\| ([^|]+) \| \[[^\]]+\]\(([^)]+)\) \|", re.MULTILINE)
REPOSITORY = "../CONTRIBUTING.md"  # the one page that is outside of this folder


def contents(table: str) -> str:
    """Return a table of contents for every audience of README.md, in the order of its rows."""
    groups: dict[str, list[str]] = {}
    for audience, page in ROW.findall(table):
        name = "contributing" if page == REPOSITORY else page.removesuffix(".md")
        groups.setdefault(audience.capitalize(), []).extend(
            [pattern for pattern in (f"{name}*", f"{name}*/*") if any(HERE.glob(f"{pattern}.md"))]
            if name.endswith("/")
            else [name]
        )
    return "".join(
        f"\n```{{toctree}}\n:hidden:\n:glob:\n:maxdepth: 1\n:caption: {audience}\n\n" + "\n".join(pages) + "\n```\n"
        for audience, pages in groups.items()
    )


def read(app: Sphinx, page: str, source: list[str]) -> None:
    """Complete a page as it is read: contents, and pictures of the help, which names them without a path."""
    text = source[0]
    if page == root_doc:
        text = text.replace(REPOSITORY, "contributing.md") + contents(text)
        text = re.sub(r"\[([^\]]+/)\]\([^)]+/\)", r"\1", text)  # a folder is in the table of contents
    if page.startswith("help/"):
        language = Path(page).parent.name
        text = re.sub(r"(!\[[^\]]*\])\((\w+)\)", rf"\1(../../../static/img/help/{language}/\2.webp)", text)
    source[0] = text


def setup(app: Sphinx) -> None:
    app.connect("source-read", read)
